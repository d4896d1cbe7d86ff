import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStorage } from './index.ts';
import { checkIntegrity } from './integrity.ts';
import { measureStorage } from './measure.ts';

const worker = path.join(import.meta.dirname, 'storage-worker.ts');
let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-storage-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

function put(name: string, bytes: number, minutesAgo = 0): void {
  const file = path.join(dataDir, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, Buffer.alloc(bytes));
  const time = Date.now() / 1000 - minutesAgo * 60;
  fs.utimesSync(file, time, time);
}

const measure = () => measureStorage({ dataDir, accounts: new Set(['usr_a', 'usr_b']), now: Date.now() });

describe('what takes space', () => {
  it('is told by person and kind, with what is left over', () => {
    put('foyer.db', 1_000);
    put('foyer.db-wal', 200);
    put('settings.json', 30);
    put('keys/a', 7);
    put('people/usr_a/history.db', 400);
    put('people/usr_a/history.db-wal', 50);
    put('people/usr_a/files/aaaa', 1_000);
    put('people/usr_a/files/.1234.part', 11, 90);
    put('people/usr_a/files/.5678.part', 12, 5);
    put('people/usr_b/history.db', 3_000);
    put('people/usr_gone/history.db', 90);
    put('people/usr_gone/files/bbbb', 9);
    expect(measure()).toMatchObject({
      database: { bytes: 1_200, files: 2 },
      histories: { bytes: 3_450, files: 3 },
      attachments: { bytes: 1_023, files: 3 },
      other: { bytes: 37, files: 2 },
      orphans: { bytes: 99, files: 2, folders: 1 },
      leftovers: { bytes: 11, files: 1 },
      people: [
        { id: 'usr_b', history: { bytes: 3_000 }, attachments: { bytes: 0 } },
        { id: 'usr_a', history: { bytes: 450, files: 2 }, attachments: { bytes: 1_023, files: 3 } },
      ],
    });
    expect(measure().free_bytes).toBeGreaterThan(0);
  });

  it.skipIf(process.platform === 'win32')('is not what links lead to', () => {
    put('people/usr_a/history.db', 10);
    fs.symlinkSync(os.tmpdir(), path.join(dataDir, 'people', 'usr_a', 'files'));
    fs.symlinkSync(os.tmpdir(), path.join(dataDir, 'people', 'usr_b'));
    expect(measure().people).toHaveLength(1);
  });

  it('opens nothing: files that nobody may read are counted too', () => {
    put('people/usr_a/history.db', 10);
    const read = vi.spyOn(fs, 'openSync');
    expect(measure().histories.bytes).toBe(10);
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });

  it('is measured in a thread', async () => {
    put('people/usr_a/history.db', 10);
    const people = [{ id: 'usr_a', email: 'ada@example.org' }];
    const storage = openStorage({ dataDir, worker, people: () => people, log: () => undefined });
    storage.measure();
    await vi.waitFor(() => expect(storage.state().measurement.state).toBe('done'), { timeout: 10_000 });
    expect(storage.state()).toMatchObject({
      measurement: { result: { people: [{ id: 'usr_a' }] } },
      emails: { usr_a: 'ada@example.org' },
      data_dir: dataDir,
    });
    await storage.close();
  });
});

describe('the integrity of foyer.db', () => {
  const file = () => path.join(dataDir, 'foyer.db');
  function makeDatabase(): void {
    const database = new Database(file());
    database.exec(
      'CREATE TABLE words (word TEXT); CREATE INDEX by_word ON words (word); CREATE TABLE others (id)',
    );
    const insert = database.prepare('INSERT INTO words VALUES (?)');
    database.transaction(() => {
      for (let row = 0; row < 20_000; row += 1) insert.run(`word ${row} ${'x'.repeat(40)}`);
    })();
    database.close();
  }
  async function check() {
    const storage = openStorage({ dataDir, worker, people: () => [], log: () => undefined });
    storage.check();
    await vi.waitFor(() => expect(storage.state().integrity.state).not.toBe('running'), { timeout: 10_000 });
    const { integrity } = storage.state();
    await storage.close();
    if (integrity.state !== 'done') throw new Error(`the check ended as ${integrity.state}`);
    return integrity.result;
  }

  it('is found sound, table by table', async () => {
    makeDatabase();
    expect(await check()).toEqual({ problems: [], tables: 2 });
    const database = new Database(file(), { readonly: true });
    const seen: [number, number][] = [];
    checkIntegrity(database, (done, total) => seen.push([done, total]));
    expect(seen).toEqual([
      [0, 2],
      [1, 2],
    ]);
    database.close();
  });

  it('tells damage in the middle, and a file that is no database', async () => {
    makeDatabase();
    const bytes = fs.readFileSync(file());
    bytes.fill(0xff, 40 * 4_096, 60 * 4_096);
    fs.writeFileSync(file(), bytes);
    const damaged = await check();
    expect(damaged.problems.length).toBeGreaterThan(0);
    expect(damaged.problems.length).toBeLessThanOrEqual(20);
    fs.writeFileSync(file(), 'not a database at all'.repeat(400));
    expect((await check()).problems).toEqual(['file is not a database']);
  });
});
