/** What takes space in a data folder, from sizes and names alone. Nothing is opened: what is inside is none of our business. */
import fs from 'node:fs';
import path from 'node:path';
import type { StorageReport } from '../../src-shared/api/index.ts';

/** An upload that was not finished for so long is not under way any more. */
const BROKEN_OFF_MS = 3_600_000;

interface Size {
  bytes: number;
  files: number;
}

const nothing = (): Size => ({ bytes: 0, files: 0 });

export interface MeasureOptions {
  readonly dataDir: string;
  /** Ids of everybody who has an account. */
  readonly accounts: ReadonlySet<string>;
  readonly now: number;
  readonly onProgress?: (done: number, total: number) => void;
}

export function measureStorage(options: MeasureOptions): StorageReport {
  const { dataDir, accounts, onProgress } = options;
  const report = {
    database: nothing(),
    histories: nothing(),
    attachments: nothing(),
    other: nothing(),
    orphans: { ...nothing(), folders: 0 },
    leftovers: nothing(),
  };
  const people: StorageReport['people'] = [];

  for (const entry of list(dataDir)) {
    if (entry.isFile()) {
      const isDatabase = /^foyer\.db(-wal|-shm)?$/.test(entry.name);
      count(isDatabase ? report.database : report.other, sizeOf(path.join(dataDir, entry.name)));
    } else if (entry.isDirectory() && entry.name !== 'people') {
      add(report.other, sizeBelow(path.join(dataDir, entry.name)));
    }
  }

  const folders = list(path.join(dataDir, 'people')).filter((entry) => entry.isDirectory());
  folders.forEach(({ name }, index) => {
    const folder = path.join(dataDir, 'people', name);
    const { history, attachments, leftovers } = measurePerson(folder, options.now);
    add(report.leftovers, leftovers);
    if (accounts.has(name)) {
      add(report.histories, history);
      add(report.attachments, attachments);
      people.push({ id: name, history, attachments });
    } else {
      report.orphans.folders += 1;
      add(report.orphans, history);
      add(report.orphans, attachments);
    }
    onProgress?.(index + 1, folders.length);
  });

  const space = (person: StorageReport['people'][number]) => person.history.bytes + person.attachments.bytes;
  people.sort((a, b) => space(b) - space(a));
  return { ...report, free_bytes: freeBytes(dataDir), people };
}

function measurePerson(folder: string, now: number) {
  const [history, attachments, leftovers] = [nothing(), nothing(), nothing()];
  for (const entry of list(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) count(history, sizeOf(file));
    else if (entry.isDirectory() && entry.name !== 'files') add(history, sizeBelow(file));
  }
  for (const entry of list(path.join(folder, 'files'))) {
    const file = path.join(folder, 'files', entry.name);
    if (!entry.isFile()) continue;
    const found = sizeOf(file);
    count(attachments, found);
    const isPart = entry.name.startsWith('.') && entry.name.endsWith('.part');
    if (isPart && found !== null && now - found.mtimeMs > BROKEN_OFF_MS) count(leftovers, found);
  }
  return { history, attachments, leftovers };
}

function sizeBelow(folder: string): Size {
  const size = nothing();
  for (const entry of list(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) add(size, sizeBelow(file));
    else if (entry.isFile()) count(size, sizeOf(file));
  }
  return size;
}

/** What is in a folder; nothing when it is gone. Links are not followed, here and below. */
function list(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Null for a file that was removed meanwhile. */
function sizeOf(file: string): fs.Stats | null {
  return fs.lstatSync(file, { throwIfNoEntry: false }) ?? null;
}

function count(size: Size, found: fs.Stats | null): void {
  if (found === null) return;
  size.bytes += found.size;
  size.files += 1;
}

function add(size: Size, more: Size): void {
  size.bytes += more.bytes;
  size.files += more.files;
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
