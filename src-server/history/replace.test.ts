import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attachment, ThreadItem, UserMessageItem } from '../../src-shared/chatkit/index.ts';
import { NotFoundError } from '../chatkit/index.ts';
import { type HistoryDatabase, openHistoryDatabase } from './history-database.ts';

const migrationsDir = path.resolve(import.meta.dirname, '..', 'database', 'history', 'migrations');
const at = '2026-11-23T08:00:00.000Z';
const all = { limit: 100, after: null, order: 'asc' as const };

const question = (id: string, text: string, attachments: Attachment[] = []): UserMessageItem => ({
  type: 'user_message',
  id,
  thread_id: 'thr_1',
  created_at: at,
  content: [{ type: 'input_text', text }],
  attachments,
  inference_options: {},
});
const answer = (id: string, text: string): ThreadItem => ({
  type: 'assistant_message',
  id,
  thread_id: 'thr_1',
  created_at: at,
  content: [{ type: 'output_text', text, annotations: [] }],
});
const file = (id: string, thread_id: string | null = 'thr_1'): Attachment => ({
  type: 'file',
  id,
  name: `${id}.txt`,
  mime_type: 'text/plain',
  thread_id,
});

let folder: string;
let history: HistoryDatabase;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-replace-'));
  history = openHistoryDatabase({
    file: path.join(folder, 'history.db'),
    key: Buffer.alloc(32, 1),
    migrationsDir,
  });
  for (const id of ['thr_1', 'thr_2']) {
    history.saveThread({ id, created_at: at, status: { type: 'active' }, metadata: {} });
  }
  history.saveItem('thr_1', question('msg_1', 'aardvark'));
  history.saveItem('thr_1', answer('ans_1', 'badger'));
  history.saveItem('thr_1', question('msg_2', 'civet'));
  history.saveItem('thr_1', answer('ans_2', 'dormouse'));
  history.saveItem('thr_2', { ...question('msg_2', 'elsewhere'), thread_id: 'thr_2' });
});
afterEach(async () => {
  await history.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const ids = (threadId = 'thr_1') => history.loadItems(threadId, all).data.map(({ id }) => id);
const found = (word: string) =>
  history.client
    .prepare<[string], { n: number }>('SELECT count(*) AS n FROM item_text WHERE item_text MATCH ?')
    .get(word)?.n;
const replace = (replacedId: string, message: UserMessageItem) =>
  history.replaceUserMessage({ replacedId, attachments: message.attachments, message });

describe('a message in the place of another', () => {
  it('takes out what came after, in this thread only, and the search follows', () => {
    const removed = replace('msg_2', question('msg_3', 'echidna'));
    expect(removed).toEqual([
      { id: 'msg_2', type: 'user_message' },
      { id: 'ans_2', type: 'assistant_message' },
    ]);
    expect(ids()).toEqual(['msg_1', 'ans_1', 'msg_3']);
    expect(ids('thr_2')).toEqual(['msg_2']);
    expect(['aardvark', 'badger', 'civet', 'dormouse', 'echidna', 'elsewhere'].map(found)).toEqual([
      1, 1, 0, 0, 1, 1,
    ]);
  });

  it('changes nothing where there is no such message', () => {
    for (const id of ['msg_x', 'ans_1']) {
      expect(() => replace(id, question('msg_3', 'echidna'))).toThrow(NotFoundError);
    }
    expect(ids()).toEqual(['msg_1', 'ans_1', 'msg_2', 'ans_2']);
  });

  it('changes nothing when the new message cannot be written', () => {
    history.client.exec(
      "CREATE TRIGGER full BEFORE INSERT ON items BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    const first = { ...question('msg_3', 'echidna'), attachments: [file('atc_1')] };
    expect(() => replace('msg_1', first)).toThrow('disk full');
    expect(ids()).toEqual(['msg_1', 'ans_1', 'msg_2', 'ans_2']);
    expect(() => history.loadAttachment('atc_1')).toThrow(NotFoundError);
    expect(found('aardvark')).toBe(1);
  });

  it('unties the attachments that no message has any more, and only those', () => {
    const files = ['kept', 'gone', 'early', 'elsewhere'].map((id) => file(id));
    for (const record of files) history.saveAttachment(record);
    history.saveItem('thr_1', question('msg_1', 'aardvark', [file('early')]));
    history.saveItem('thr_1', question('msg_2', 'civet', files));
    history.saveAttachment(file('elsewhere', 'thr_2'));
    replace('msg_2', question('msg_3', 'echidna', [file('kept')]));
    const threadOf = (id: string) => history.loadAttachment(id).thread_id;
    expect(files.map(({ id }) => threadOf(id))).toEqual(['thr_1', null, 'thr_1', 'thr_2']);
  });
});
