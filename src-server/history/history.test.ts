import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ThreadItem, ThreadMetadata } from '../../src-shared/chatkit/index.ts';
import { NotFoundError } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import { DatabaseFromFutureError, DatabaseKeyError, openDatabase } from '../database/open.ts';
import { openHistoryDatabase } from './history-database.ts';
import { type Histories, openHistories } from './index.ts';

const migrationsDir = path.resolve(import.meta.dirname, '..', 'database', 'history', 'migrations');
const keys = new Map<string, Buffer>();
const contextOf = (name: string): RequestContext => ({
  userId: `usr_${name.padEnd(24, '0')}`,
  role: 'user',
  locale: 'en',
  signal: new AbortController().signal,
});
const ada = contextOf('ada');
const bob = contextOf('bob');

let dataDir: string;
let histories: Histories;
const open = () =>
  openHistories({
    dataDir,
    migrationsDir,
    dataKey: ({ userId }) => {
      const key = keys.get(userId) ?? Buffer.alloc(32, userId);
      keys.set(userId, key);
      return key;
    },
  });
beforeEach(() => {
  keys.clear();
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-history-'));
  histories = open();
});
afterEach(async () => {
  await histories.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

const thread = (id: string, at = '2026-11-23T08:00:00.000Z'): ThreadMetadata => ({
  id,
  created_at: at,
  status: { type: 'active' },
  metadata: {},
});
const item = (id: string, threadId: string, text: string): ThreadItem => ({
  type: 'assistant_message',
  id,
  thread_id: threadId,
  created_at: '2026-11-23T08:00:00.000Z',
  content: [{ type: 'output_text', text, annotations: [] }],
});
const page = (overrides = {}) => ({ limit: 20, after: null, order: 'asc' as const, ...overrides });
const fileOf = (context: RequestContext) => path.join(dataDir, 'people', context.userId, 'history.db');

describe('threads and items', () => {
  it('come back as they were written', async () => {
    const { store } = histories;
    const written: ThreadMetadata = {
      ...thread('thr_1'),
      title: 'Élan vital 💡',
      status: { type: 'locked', reason: 'r' },
      allowed_image_domains: ['example.org'],
      metadata: { nested: { a: null } },
    };
    await store.saveThread(written, ada);
    await store.addThreadItem('thr_1', item('msg_1', 'thr_1', 'Hello'), ada);
    await histories.close();
    histories = open();
    expect(await histories.store.loadThread('thr_1', ada)).toEqual(written);
    expect(await histories.store.loadItem('thr_1', 'msg_1', ada)).toEqual(item('msg_1', 'thr_1', 'Hello'));
  });

  it('keep their order of insertion through updates, and page both ways', async () => {
    const { store } = histories;
    await store.saveThread(thread('thr_1'), ada);
    for (let n = 0; n < 45; n += 1)
      await store.addThreadItem('thr_1', item(`msg_${n}`, 'thr_1', `${n}`), ada);
    await store.saveItem('thr_1', item('msg_3', 'thr_1', 'changed'), ada);
    await store.addThreadItem('thr_1', item('msg_4', 'thr_1', 'again'), ada);

    for (const order of ['asc', 'desc'] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const got = await store.loadThreadItems('thr_1', page({ after, order }), ada);
        seen.push(...got.data.map(({ id }) => id));
        after = got.has_more ? (got.after ?? null) : null;
        // What is written meanwhile neither repeats nor hides anything that was there.
        if (order === 'asc') await store.addThreadItem('thr_1', item(`new_${seen.length}`, 'thr_1', ''), ada);
      } while (after !== null);
      const old = seen.filter((id) => id.startsWith('msg_'));
      const expected = Array.from({ length: 45 }, (_, n) => `msg_${n}`);
      expect(old).toEqual(order === 'asc' ? expected : expected.toReversed());
    }
  });

  it('threads of one millisecond keep their order and page without loss', async () => {
    const { store } = histories;
    for (let n = 0; n < 30; n += 1) await store.saveThread(thread(`thr_${n}`), ada);
    await store.saveThread(thread('thr_old', '2020-01-01T00:00:00.000Z'), ada);
    const first = await store.loadThreads(page({ order: 'desc', limit: 20 }), ada);
    const second = await store.loadThreads(page({ order: 'desc', limit: 20, after: first.after ?? '' }), ada);
    const ids = [...first.data, ...second.data].map(({ id }) => id);
    expect(ids).toEqual([...Array.from({ length: 30 }, (_, n) => `thr_${29 - n}`), 'thr_old']);
    expect(second.has_more).toBe(false);
  });

  it('a cursor whose row is gone is an error, not page one', async () => {
    const { store } = histories;
    await store.saveThread(thread('thr_1'), ada);
    await expect(store.loadThreads(page({ after: 'thr_gone' }), ada)).rejects.toBeInstanceOf(NotFoundError);
    await expect(store.loadThreadItems('thr_1', page({ after: 'x' }), ada)).rejects.toBeInstanceOf(
      NotFoundError,
    );
  });

  it('deleting a thread deletes its items and their words', async () => {
    const { store } = histories;
    await store.saveThread({ ...thread('thr_1'), title: 'quokka' }, ada);
    await store.addThreadItem('thr_1', item('msg_1', 'thr_1', 'numbat'), ada);
    await store.deleteThread('thr_1', ada);
    await store.deleteThread('thr_1', ada);
    await expect(store.loadThread('thr_1', ada)).rejects.toBeInstanceOf(NotFoundError);
    await expect(store.addThreadItem('thr_1', item('msg_2', 'thr_1', ''), ada)).rejects.toBeInstanceOf(
      NotFoundError,
    );
    await histories.close();
    const raw = openDatabase({ file: fileOf(ada), key: keys.get(ada.userId)!, migrationsDir });
    expect(raw.prepare('SELECT count(*) AS n FROM items').get()).toEqual({ n: 0 });
    expect(raw.prepare("SELECT count(*) AS n FROM item_text WHERE item_text MATCH 'numbat'").get()).toEqual({
      n: 0,
    });
    expect(raw.prepare("SELECT count(*) AS n FROM title_text WHERE title_text MATCH 'quokka'").get()).toEqual(
      { n: 0 },
    );
    raw.close();
  });

  it('words are found without accents, and follow changes', async () => {
    const { store } = histories;
    await store.saveThread(thread('thr_1'), ada);
    await store.addThreadItem('thr_1', item('msg_1', 'thr_1', 'Un élève modèle'), ada);
    await store.saveItem('thr_1', item('msg_1', 'thr_1', 'Une élève'), ada);
    await histories.close();
    const raw = openDatabase({ file: fileOf(ada), key: keys.get(ada.userId)!, migrationsDir });
    const matches = (word: string) =>
      raw
        .prepare<[string], { n: number }>('SELECT count(*) AS n FROM item_text WHERE item_text MATCH ?')
        .get(word)?.n;
    expect([matches('eleve'), matches('modele')]).toEqual([1, 0]);
    raw.close();
  });
});

describe('separation', () => {
  it('one person’s ids open nothing for another', async () => {
    const { store } = histories;
    await store.saveThread(thread('thr_1'), ada);
    await store.addThreadItem('thr_1', item('msg_1', 'thr_1', 'private'), ada);
    await expect(store.loadThread('thr_1', bob)).rejects.toBeInstanceOf(NotFoundError);
    await expect(store.loadItem('thr_1', 'msg_1', bob)).rejects.toBeInstanceOf(NotFoundError);
    expect((await store.loadThreads(page(), bob)).data).toEqual([]);
    await store.deleteThread('thr_1', bob);
    await store.deleteThreadItem('thr_1', 'msg_1', bob);
    expect(await store.loadItem('thr_1', 'msg_1', ada)).toBeDefined();
  });

  it.each(['../ada', 'usr_', 'usr_ADA', `usr_${'a'.repeat(24)}/..`, ''])(
    '%j never becomes a path',
    async (userId) => {
      await expect(histories.store.loadThreads(page(), { ...ada, userId })).rejects.toThrow('not a user id');
      expect(fs.existsSync(path.join(dataDir, 'people'))).toBe(false);
    },
  );

  it('no file holds the words, and folders are for their owner only', async () => {
    await histories.store.saveThread({ ...thread('thr_1'), title: 'CANARY-title' }, ada);
    await histories.store.addThreadItem('thr_1', item('msg_1', 'thr_1', 'CANARY-text'), ada);
    const check = () => {
      for (const entry of fs.readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
        const file = path.join(entry.parentPath, entry.name);
        if (entry.isFile()) expect(fs.readFileSync(file).includes('CANARY')).toBe(false);
        else if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o077).toBe(0);
      }
    };
    check();
    await histories.close();
    check();
  });

  it('the wrong key opens nothing and harms nothing', async () => {
    await histories.store.saveThread(thread('thr_1'), ada);
    await histories.close();
    const right = keys.get(ada.userId)!;
    const before = fs.readFileSync(fileOf(ada));
    keys.set(ada.userId, Buffer.alloc(32, 9));
    histories = open();
    await expect(histories.store.loadThreads(page(), ada)).rejects.toBeInstanceOf(DatabaseKeyError);
    expect(fs.readFileSync(fileOf(ada))).toEqual(before);
    keys.set(ada.userId, right);
    expect((await histories.store.loadThreads(page(), ada)).data).toHaveLength(1);
  });

  it('removing a person removes the folder', async () => {
    await histories.store.saveThread(thread('thr_1'), ada);
    await histories.remove(ada.userId);
    expect(fs.readdirSync(path.join(dataDir, 'people'))).toEqual([]);
  });
});

describe('the database', () => {
  it('of a newer Foyer is left alone', () => {
    const file = path.join(dataDir, 'future.db');
    const key = Buffer.alloc(32, 1);
    openDatabase({ file, key, migrationsDir }).close();
    const raw = openDatabase({ file, key, migrationsDir });
    raw
      .prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('future', 99999999999999)")
      .run();
    raw.close();
    expect(() => openDatabase({ file, key, migrationsDir })).toThrow(DatabaseFromFutureError);
  });

  it('no page is read with a full scan or a sort', async () => {
    const file = path.join(dataDir, 'plans.db');
    const history = openHistoryDatabase({ file, key: Buffer.alloc(32, 1), migrationsDir });
    const plans = (statement: string) =>
      (history.client.prepare(`EXPLAIN QUERY PLAN ${statement}`).all() as { detail: string }[])
        .map(({ detail }) => detail)
        .join('; ');
    for (const [direction, sign] of [
      ['ASC', '>'],
      ['DESC', '<'],
    ]) {
      const threads = plans(
        `SELECT body FROM threads WHERE (created_at, sequence) ${sign} ('', 0) ORDER BY created_at ${direction}, sequence ${direction} LIMIT 21`,
      );
      const items = plans(
        `SELECT body FROM items WHERE thread_id = 't' AND sequence ${sign} 0 ORDER BY sequence ${direction} LIMIT 21`,
      );
      for (const plan of [threads, items]) {
        expect(plan).toMatch(/SEARCH .* USING INDEX/);
        expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
      }
    }
    await history.close();
  });

  it('more people than stay open at once still find their history', async () => {
    const people = Array.from({ length: 40 }, (_, n) => contextOf(`p${n}`));
    for (const person of people) await histories.store.saveThread(thread(`thr_${person.userId}`), person);
    for (const person of people) {
      expect((await histories.store.loadThreads(page(), person)).data.map(({ id }) => id)).toEqual([
        `thr_${person.userId}`,
      ]);
    }
  });

  it('is a sound database that SQLite without the key cannot read', async () => {
    await histories.store.saveThread(thread('thr_1'), ada);
    await histories.close();
    const raw = openDatabase({ file: fileOf(ada), key: keys.get(ada.userId)!, migrationsDir });
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(raw.pragma('synchronous', { simple: true })).toBe(2);
    expect(raw.pragma('foreign_keys', { simple: true })).toBe(1);
    raw.close();
    expect(() => new Database(fileOf(ada)).prepare('SELECT * FROM threads').all()).toThrow();
  });
});

it('tells which attachments belong to a thread that is still there', async () => {
  const { store } = histories;
  const attachment = { type: 'file', name: 'a.txt', mime_type: 'text/plain' } as const;
  await store.saveThread(thread('thr_1'), ada);
  await store.saveThread(thread('thr_2'), ada);
  await store.saveAttachment({ ...attachment, id: 'atc_unsent' }, ada);
  await store.saveAttachment({ ...attachment, id: 'atc_1', thread_id: 'thr_1' }, ada);
  await store.saveAttachment({ ...attachment, id: 'atc_2', thread_id: 'thr_2' }, ada);
  await store.deleteThread('thr_2', ada);
  const found = histories.attachmentRecords(ada).map((record) => [record.attachment.id, record.threadExists]);
  expect(Object.fromEntries(found)).toEqual({ atc_unsent: false, atc_1: true, atc_2: false });
  expect(histories.attachmentRecords(bob)).toEqual([]);
});
