import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserMessageItem } from '../../src-shared/chatkit/index.ts';
import type { UserMessageWrite } from '../chatkit/index.ts';
import { backgroundCommits, NotFlushedError } from '../database/background-commits.ts';
import { type HistoryDatabase, openHistoryDatabase } from './history-database.ts';
import { openTextIndex } from './text-index.ts';
import { userMessagesOver } from './user-messages.ts';

const migrationsDir = path.join(import.meta.dirname, '..', 'database', 'history', 'migrations');
const created_at = '2026-11-24T08:00:00.000Z';

let folder: string;
let history: HistoryDatabase;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-messages-'));
  history = openHistoryDatabase({
    file: path.join(folder, 'history.db'),
    key: Buffer.alloc(32, 7),
    migrationsDir,
  });
});
afterEach(async () => {
  await history.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The words can be found a moment after the message is on disk. */
const untilIndexed = () => setTimeout(150);

const file = (id: string, threadId: string | null) =>
  ({ type: 'file', id, name: 'a.txt', mime_type: 'text/plain', thread_id: threadId }) as const;
const message = (id: string, threadId: string, text = 'Hello'): UserMessageItem => ({
  type: 'user_message',
  id,
  thread_id: threadId,
  created_at,
  content: [{ type: 'input_text', text }],
  attachments: [file(`atc_${id}`, threadId)],
  quoted_text: '',
  inference_options: {},
});
const first = (threadId: string, id: string): UserMessageWrite => ({
  newThread: { id: threadId, created_at, title: 'Lobby', status: { type: 'active' }, metadata: {} },
  attachments: [file(`atc_${id}`, threadId)],
  message: message(id, threadId),
});
const found = (table: string, word: string) =>
  history.client.prepare(`SELECT count(*) FROM ${table} WHERE ${table} MATCH ?`).pluck().get(word);

describe("a person's message", () => {
  it('is written with its thread, its files and what it is found by', async () => {
    await history.saveUserMessage(first('thr_1', 'msg_1'));
    expect(history.loadThread('thr_1').title).toBe('Lobby');
    expect(history.loadItem('thr_1', 'msg_1')).toEqual(message('msg_1', 'thr_1'));
    expect(history.loadAttachment('atc_msg_1').name).toBe('a.txt');
    await untilIndexed();
    expect([found('title_text', 'lobby'), found('item_text', 'hello')]).toEqual([1, 1]);
  });

  it('leaves nothing when it cannot be written, and says why', async () => {
    const orphan = { newThread: null, attachments: [], message: message('msg_1', 'thr_none') };
    await expect(history.saveUserMessage(orphan)).rejects.toMatchObject({ what: 'thread' });
    await history.saveUserMessage(first('thr_1', 'msg_1'));
    const twice = { ...first('thr_2', 'msg_2'), message: message('msg_1', 'thr_1') };
    await expect(history.saveUserMessage(twice)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect(() => history.loadThread('thr_2')).toThrow();
  });

  it('is taken back when the disk fails: it will be sent again', async () => {
    history.saveAttachment(file('atc_msg_1', null));
    await history.saveUserMessage(first('thr_2', 'msg_2'));
    await untilIndexed();
    const failing = backgroundCommits(history.client, () => Promise.reject(new Error('EIO')));
    const messages = userMessagesOver(history.client, failing, openTextIndex(history.client, failing));
    await expect(messages.save(first('thr_1', 'msg_1'))).rejects.toThrow(NotFlushedError);
    await untilIndexed();
    expect(() => history.loadThread('thr_1')).toThrow();
    expect(history.loadAttachment('atc_msg_1').thread_id).toBeNull();
    expect([found('title_text', 'lobby'), found('item_text', 'hello')]).toEqual([1, 1]);

    const next = { newThread: null, attachments: [], message: message('msg_3', 'thr_2') };
    await expect(messages.save(next)).rejects.toThrow(NotFlushedError);
    expect(history.loadThread('thr_2').title).toBe('Lobby');
    expect(() => history.loadItem('thr_2', 'msg_3')).toThrow();
    await failing.close();
  });
});
