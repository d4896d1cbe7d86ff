/** Brings drafts and queues to where they outlive the page, and back. */
import { z } from 'zod';
import type { Uploads } from '../uploads/queue.ts';
import { type KeptThread, readKept, writeKept } from './draft-format.ts';
import type { DraftStorage } from './draft-storage.ts';
import { type Draft, type Drafts, EMPTY_DRAFT } from './drafts.ts';
import type { Edit, Editing } from './editing.ts';
import { EMPTY_QUEUE, type FollowUpQueue, type FollowUps, isUnnamed } from './follow-ups.ts';

/** A pause in typing, in milliseconds, after which a draft is saved. */
export const PAUSE_MS = 400;
/** Somebody who types without a pause is saved so often, in milliseconds. */
const LONGEST_MS = 2_000;
/** Waits after saving failed, in milliseconds; the last one is repeated. */
const RETRIES = [5_000, 20_000, 60_000];

/** What the keeper works on. */
export interface DraftKeeperSetup {
  /** The place, looked up for each use; null keeps drafts in memory alone. */
  storage(): DraftStorage | null;
  drafts: Drafts;
  followUps: FollowUps;
  editing: Pick<Editing, 'get' | 'restore' | 'getSnapshot' | 'subscribe'>;
  uploads: Pick<Uploads, 'owns' | 'adopt'>;
  /** A draft could not be loaded or saved; it is tried again where that makes sense. */
  failed(what: 'load' | 'save', error: unknown): void;
}

/** Keeps the drafts of one element. */
export interface DraftKeeper {
  /** Loads what was kept, and saves every change from now on. What was written meanwhile is not overwritten. */
  start(): Promise<void>;
  /** Saves what has changed now. `leaving` when the page may be gone in a moment. */
  flush(leaving: boolean): void;
  /** After a time when nothing could be saved or loaded: does both again, where it did not work. Never fails. */
  catchUp(): Promise<void>;
  /** {@link flush}, and no more after it. */
  dispose(): void;
}

interface Seen {
  drafts: ReadonlyMap<string, Draft>;
  queues: ReadonlyMap<string, FollowUpQueue>;
  edits: ReadonlyMap<string, Edit | null>;
}

/** How far one draft has been saved. */
interface Line {
  /** The newest state has not been handed over yet. */
  dirty: boolean;
  /** The save that is under way. */
  saving: AbortController | null;
  failures: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** When the oldest change that is not saved was made; milliseconds since 1970. */
  since: number;
}

/** A keeper; call `start` when the element works. */
export function createDraftKeeper({
  storage,
  drafts,
  followUps,
  editing,
  uploads,
  failed,
}: DraftKeeperSetup): DraftKeeper {
  const lines = new Map<string, Line>();
  let seen: Seen = { drafts: new Map(), queues: new Map(), edits: new Map() };
  let restoring = false;
  let unsubscribe: (() => void)[] = [];
  let started = false;
  /** What was kept could not be loaded. */
  let missed = false;

  const lineOf = (key: string): Line => {
    const line = lines.get(key) ?? { dirty: false, saving: null, failures: 0, timer: undefined, since: 0 };
    lines.set(key, line);
    return line;
  };

  function present(key: string): unknown | null {
    const draft = drafts.get(key === '' ? null : key);
    const queue = followUps.get(key).messages.map(({ message }) => message);
    const files = [draft, ...queue.map((message) => message.draft)].flatMap(({ attachments }) => attachments);
    const own = files.map(({ id }) => id).filter((id) => uploads.owns(id));
    const edit = editing.get(key);
    return writeKept({ draft, queue, edit: edit?.changed === true ? edit : null, own });
  }

  function changed() {
    const now = {
      drafts: drafts.getSnapshot(),
      queues: followUps.getSnapshot(),
      edits: editing.getSnapshot(),
    };
    const keys = new Set([
      ...differing(seen.drafts, now.drafts, EMPTY_DRAFT),
      ...differing(seen.queues, now.queues, EMPTY_QUEUE),
      ...differing(seen.edits, now.edits, null),
    ]);
    seen = now;
    if (restoring) return;
    for (const key of keys) {
      if (isUnnamed(key)) continue;
      const line = lineOf(key);
      if (!line.dirty) line.since = Date.now();
      line.dirty = true;
      const rest = line.since + LONGEST_MS - Date.now();
      schedule(key, line, Math.max(0, Math.min(PAUSE_MS, rest)));
    }
  }

  function schedule(key: string, line: Line, wait: number) {
    clearTimeout(line.timer);
    line.timer = setTimeout(() => save(key, false), wait);
  }

  function save(key: string, leaving: boolean) {
    const line = lineOf(key);
    clearTimeout(line.timer);
    if (!line.dirty) return;
    // The end of the save that is under way brings us back here, with what is newest then.
    if (line.saving !== null && !leaving) return;
    const place = storage();
    line.dirty = false;
    if (place === null) return;
    line.saving?.abort();
    const saving = new AbortController();
    line.saving = saving;
    handOver(place, key, { leaving, signal: saving.signal }).then(
      () => ended(key, line, saving, null),
      (error: unknown) => ended(key, line, saving, error ?? new Error('not saved')),
    );
  }

  async function handOver(place: DraftStorage, key: string, how: Parameters<DraftStorage['save']>[2]) {
    await place.save(key, present(key), how);
  }

  function ended(key: string, line: Line, saving: AbortController, error: unknown) {
    if (line.saving !== saving) return;
    line.saving = null;
    if (error === null) {
      line.failures = 0;
      if (line.dirty) save(key, false);
      return;
    }
    failed('save', error);
    line.dirty = true;
    const wait = RETRIES[Math.min(line.failures, RETRIES.length - 1)] ?? PAUSE_MS;
    line.failures += 1;
    if (started) schedule(key, line, wait);
  }

  function restore(key: string, kept: KeptThread) {
    const threadId = key === '' ? null : key;
    restoring = true;
    for (const id of kept.own) uploads.adopt(id);
    // Anything but the shared empty draft was touched since the element started.
    if (drafts.get(threadId) === EMPTY_DRAFT) drafts.set(threadId, kept.draft);
    followUps.putBack(key, kept.queue, 'restored');
    if (kept.edit !== null && threadId !== null) editing.restore(threadId, kept.edit);
    restoring = false;
  }

  async function load() {
    const place = storage();
    if (place === null) return;
    try {
      const found = z.record(z.string().max(200), z.unknown()).safeParse(await place.load());
      missed = false;
      for (const [key, value] of Object.entries(found.data ?? {})) {
        const kept = readKept(value);
        if (kept !== null && started) restore(key, kept);
      }
    } catch (error) {
      missed = true;
      failed('load', error);
    }
  }

  const onPageHide = () => flush(true);
  function flush(leaving: boolean) {
    for (const key of lines.keys()) save(key, leaving);
  }

  return {
    async start() {
      if (started) return;
      started = true;
      unsubscribe = [drafts, followUps, editing].map((store) => store.subscribe(changed));
      globalThis.addEventListener('pagehide', onPageHide);
      changed();
      await load();
    },
    flush,
    async catchUp() {
      if (!started) return;
      if (missed) await load();
      flush(false);
    },
    dispose() {
      flush(true);
      started = false;
      for (const stop of unsubscribe) stop();
      for (const line of lines.values()) clearTimeout(line.timer);
      globalThis.removeEventListener('pagehide', onPageHide);
    },
  };
}

/** Keys whose values are not the same object any more; a missing one counts as `empty`. */
function differing<T>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>, empty: T): string[] {
  const keys = new Set([...before.keys(), ...now.keys()]);
  return [...keys].filter((key) => (before.get(key) ?? empty) !== (now.get(key) ?? empty));
}
