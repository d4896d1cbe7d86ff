import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserMessageItem } from '../../src-shared/chatkit/index.ts';
import { openHistoryDatabase } from './history-database.ts';
import { toRows } from './message-rows.ts';
import { type MessageWriter, messageWriter } from './message-writer.ts';

const migrationsDir = path.join(import.meta.dirname, '..', 'database', 'history', 'migrations');
const workerFile = path.join(import.meta.dirname, 'message-worker.ts');
const key = Buffer.alloc(32, 7);
const created_at = '2026-11-24T08:00:00.000Z';

let folder: string;
let writer: MessageWriter;
const opened: (() => void)[] = [];

/** A file as the server leaves it before the thread writes to it. */
function history(name: string) {
  const file = path.join(folder, name);
  const database = openHistoryDatabase({ file, key, migrationsDir });
  opened.push(() => database.close());
  return { file, database };
}
const message = (id: string, threadId: string, text = 'Hello'): UserMessageItem => ({
  type: 'user_message',
  id,
  thread_id: threadId,
  created_at,
  content: [{ type: 'input_text', text }],
  attachments: [],
  quoted_text: '',
  inference_options: {},
});
const begins = (threadId: string, id: string) =>
  toRows({
    newThread: { id: threadId, created_at, title: 'Lobby', status: { type: 'active' }, metadata: {} },
    attachments: [{ type: 'file', id: `atc_${id}`, name: 'a.txt', mime_type: 'text/plain' }],
    message: message(id, threadId),
  });

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-writer-'));
  writer = messageWriter(workerFile);
});
afterEach(() => {
  for (const close of opened.splice(0)) close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('message writer', () => {
  it('writes thread, files, message and their text at once', async () => {
    const { file, database } = history('ada.db');
    writer.open(file, key);
    await writer.write(file, begins('thr_1', 'msg_1'));
    expect(database.loadThread('thr_1').title).toBe('Lobby');
    expect(database.loadItem('thr_1', 'msg_1')).toEqual(message('msg_1', 'thr_1'));
    expect(database.loadAttachment('atc_msg_1').name).toBe('a.txt');
    const found = (table: string, word: string) =>
      database.client.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${table} MATCH ?`).pluck().get(word);
    expect([found('title_text', 'lobby'), found('item_text', 'hello')]).toEqual([1, 1]);
    await writer.close(file);
  });

  it('leaves nothing of a message that cannot be written, and says why', async () => {
    const { file, database } = history('ada.db');
    writer.open(file, key);
    const orphan = toRows({ newThread: null, attachments: [], message: message('msg_1', 'thr_none') });
    await expect(writer.write(file, orphan)).rejects.toMatchObject({ what: 'thread' });
    await writer.write(file, begins('thr_1', 'msg_1'));
    const twice = { ...begins('thr_2', 'msg_2'), item: begins('thr_1', 'msg_1').item };
    await expect(writer.write(file, twice)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect(() => database.loadThread('thr_2')).toThrow();
    await writer.close(file);
  });

  it('refuses a file that was not opened, or with another key', async () => {
    const { file } = history('ada.db');
    await expect(writer.write(file, begins('thr_1', 'msg_1'))).rejects.toThrow('not open');
    writer.open(file, Buffer.alloc(32, 8));
    await expect(writer.write(file, begins('thr_1', 'msg_1'))).rejects.toMatchObject({
      code: 'SQLITE_NOTADB',
    });
    await writer.close(file);
  });

  it('finishes what was asked before it closes, and opens again', async () => {
    const files = ['ada.db', 'bob.db', 'cid.db'].map((name) => history(name));
    for (const { file } of files) writer.open(file, key);
    const written = files.map(({ file }) => writer.write(file, begins('thr_1', 'msg_1')));
    await Promise.all(files.map(({ file }) => writer.close(file)));
    await Promise.all(written);
    for (const { database } of files) expect(database.loadThread('thr_1').id).toBe('thr_1');
    const [first] = files;
    if (first === undefined) throw new Error('no file');
    writer.open(first.file, key);
    await writer.write(first.file, begins('thr_2', 'msg_2'));
    expect(first.database.loadThread('thr_2').id).toBe('thr_2');
    await writer.close(first.file);
  });

  it('waits for a write of the server, and the server for its own', async () => {
    const { file, database } = history('ada.db');
    writer.open(file, key);
    for (let round = 0; round < 20; round += 1) {
      const written = writer.write(file, begins(`thr_${round}`, `msg_${round}`));
      database.saveThread({
        id: `thr_own_${round}`,
        created_at,
        status: { type: 'active' },
        metadata: {},
      });
      await written;
    }
    expect(database.loadThreads({ limit: 100, after: null, order: 'asc' }).data).toHaveLength(40);
    await writer.close(file);
  });
});
