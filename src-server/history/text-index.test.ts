import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserMessageWrite } from '../chatkit/index.ts';
import { backgroundCommits } from '../database/background-commits.ts';
import { type HistoryDatabase, openHistoryDatabase } from './history-database.ts';
import { openTextIndex } from './text-index.ts';
import { userMessagesOver } from './user-messages.ts';

const migrationsDir = path.join(import.meta.dirname, '..', 'database', 'history', 'migrations');
const created_at = '2026-11-24T08:00:00.000Z';

/** By then the index has caught up, with time to spare. */
const INDEXED_MS = 150;

let folder: string;
let history: HistoryDatabase;
const open = () =>
  openHistoryDatabase({ file: path.join(folder, 'history.db'), key: Buffer.alloc(32, 7), migrationsDir });
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-index-'));
  history = open();
});
afterEach(async () => {
  await history.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const first = (n: number, text: string, title: string | null = null): UserMessageWrite => ({
  newThread: { id: `thr_${n}`, title, created_at, status: { type: 'active' }, metadata: {} },
  attachments: [],
  message: {
    type: 'user_message',
    id: `msg_${n}`,
    thread_id: `thr_${n}`,
    created_at,
    content: text === '' ? [] : [{ type: 'input_text', text }],
    attachments: [],
    inference_options: {},
  },
});

const found = (table: 'item_text' | 'title_text', words: string) =>
  history.client.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).pluck().all(words);

/** Messages whose process dies before it has got round to their index: later() is never carried out. */
async function writeWithoutIndex(...written: UserMessageWrite[]): Promise<void> {
  const commits = backgroundCommits(history.client);
  const messages = userMessagesOver(history.client, commits, { later: () => undefined });
  for (const one of written) await messages.save(one);
  await commits.close();
}

describe('the full text', () => {
  it('of a message is there a moment after it was written, and that of an answer with it', async () => {
    const saving = history.saveUserMessage(first(1, 'where is the lobby', 'Lobby'));
    await Promise.all([saving, setTimeout(INDEXED_MS)]);
    expect([found('item_text', 'lobby'), found('title_text', 'lobby')]).toEqual([[1], [1]]);
    const text = 'behind the staircase';
    await history.commitItem('thr_1', {
      type: 'assistant_message',
      id: 'msg_answer',
      thread_id: 'thr_1',
      created_at,
      content: [{ type: 'output_text', text, annotations: [] }],
    });
    expect(found('item_text', 'staircase')).toEqual([2]);
  });

  it('is written before the database is closed', async () => {
    const saving = history.saveUserMessage(first(1, 'where is the lobby', 'Lobby'));
    await Promise.all([saving, history.close()]);
    history = open();
    expect([found('item_text', 'lobby'), found('title_text', 'lobby')]).toEqual([[1], [1]]);
  });

  it('that a crash left out is added by the next opening, whatever was written after it', async () => {
    await writeWithoutIndex(first(1, 'one word', 'One'), first(2, '', null));
    await history.saveUserMessage(first(3, 'three words', 'Three'));
    await setTimeout(INDEXED_MS);
    expect([found('item_text', 'word'), found('title_text', 'one')]).toEqual([[], []]);
    await history.close();
    history = open();
    expect([found('item_text', 'word'), found('title_text', 'one')]).toEqual([[1], [1]]);
    expect([found('item_text', 'words'), found('title_text', 'three')]).toEqual([[3], [3]]);
  });

  it('is not written where nothing is missing', async () => {
    await history.saveUserMessage(first(1, '', null));
    await setTimeout(INDEXED_MS);
    let written = 0;
    const index = openTextIndex(history.client, {
      commitUnflushed: (work) => {
        written += 1;
        return work();
      },
    });
    index.close();
    expect(written).toBe(0);
  });

  it('of what was deleted before it could be written stays away', async () => {
    const saving = history.saveUserMessage(first(1, 'a secret', 'Secret'));
    history.deleteThread('thr_1');
    await Promise.all([saving, setTimeout(INDEXED_MS)]);
    expect([found('item_text', 'secret'), found('title_text', 'secret')]).toEqual([[], []]);
  });
});
