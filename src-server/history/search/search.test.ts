/** Finding conversations through the real thread, over encrypted histories. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ThreadItem } from '../../../src-shared/chatkit/index.ts';
import type { RequestContext } from '../../context.ts';
import { type Histories, openHistories, SearchFailedError } from '../index.ts';
import { searchThread } from './search-thread.ts';

const worker = path.join(import.meta.dirname, 'search-worker.ts');
const contextOf = (name: string): RequestContext => ({
  userId: `usr_${name.padEnd(24, '0')}`,
  role: 'user',
  locale: 'en',
  signal: new AbortController().signal,
});
const { signal } = new AbortController();
const [ada, bob] = [contextOf('ada'), contextOf('bob')];

let dataDir: string;
let histories: Histories;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-search-'));
  histories = openHistories({
    dataDir,
    migrationsDir: path.resolve(import.meta.dirname, '..', '..', 'database', 'history', 'migrations'),
    searchWorker: worker,
    dataKey: ({ userId }) => Buffer.alloc(32, userId),
  });
});
afterEach(async () => {
  await histories.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

/** A conversation of Ada with these answers. */
async function converse(id: string, title: string, ...texts: string[]): Promise<void> {
  const created_at = '2026-11-23T08:00:00.000Z';
  const thread = { id, title, created_at, status: { type: 'active' as const }, metadata: {} };
  await histories.store.saveThread(thread, ada);
  for (const [at, text] of texts.entries()) {
    const content = [{ type: 'output_text' as const, text, annotations: [] }];
    const item: ThreadItem = {
      type: 'assistant_message',
      id: `${id}_${at}`,
      thread_id: id,
      created_at,
      content,
    };
    await histories.store.addThreadItem(id, item, ada);
  }
}
const find = async (query: string, who = ada) =>
  (await histories.search(who, query, signal)).map(({ thread_id }) => thread_id);

describe('a search', () => {
  it('finds each conversation once, with its newest message that fits, and the words around it', async () => {
    await converse('thr_a', 'Gardens', 'Tulips in spring', 'Tulips in autumn, planted deep', 'Roses');
    await converse('thr_b', 'Tulips', 'Nothing of the kind');
    await converse('thr_c', 'Boats', 'A tulip on deck');
    const found = await histories.search(ada, 'tulip', signal);
    expect(found).toEqual([
      {
        thread_id: 'thr_c',
        title: 'Boats',
        created_at: '2026-11-23T08:00:00.000Z',
        item_id: 'thr_c_0',
        items_after: 0,
        excerpt: [
          { text: 'A ', match: false },
          { text: 'tulip', match: true },
          { text: ' on deck', match: false },
        ],
      },
      expect.objectContaining({ thread_id: 'thr_a', item_id: 'thr_a_1', items_after: 1 }),
      expect.objectContaining({ thread_id: 'thr_b', item_id: null, items_after: 0, excerpt: [] }),
    ]);
  });

  it('wants all words, in any order, whatever their case and accents; the last may be a beginning', async () => {
    await converse('thr_a', '', 'Le Café du Marché est fermé');
    await converse('thr_b', '', 'Le café');
    expect(await find('marche CAFE')).toEqual(['thr_a']);
    expect(await find('café ferm')).toEqual(['thr_a']);
    expect(await find('ferm café')).toEqual([]);
    expect(await find('caf')).toEqual(['thr_b', 'thr_a']);
  });

  it('finds words with endings, and texts without spaces from where they begin', async () => {
    await converse('thr_ko', '', '도서관에서 책을 읽었다');
    await converse('thr_ja', '', '東京都に行く。大阪は後で');
    expect(await find('책 도서관')).toEqual(['thr_ko']);
    expect(await find('大阪')).toEqual(['thr_ja']);
  });

  it.each([
    '"',
    'tulips"',
    '*',
    'NEAR(tulips)',
    'tulips -roses',
    'text : tulips',
    "tulips'; DROP TABLE items",
    '^tulips',
  ])('takes %j for words', async (query) => {
    await converse('thr_a', '', 'tulips near roses, text, drop table items');
    const found = await find(query);
    expect(found).toEqual(/\w/.test(query) ? ['thr_a'] : []);
  });

  it('marks nothing that a text marks itself', async () => {
    await converse('thr_a', '', 'one \u0002fake\u0003 tulip \u0003 end');
    const [found] = await histories.search(ada, 'tulip', signal);
    const text = found?.excerpt.map((piece) => piece.text).join('');
    expect(text).toBe('one fake tulip  end');
    expect(found?.excerpt).toContainEqual({ text: 'tulip', match: true });
  });

  it('finds nothing that is gone, and nothing of others', async () => {
    await converse('thr_a', 'Tulips', 'tulips');
    expect(await find('tulips', bob)).toEqual([]);
    await histories.store.deleteThread('thr_a', ada);
    expect(await find('tulips')).toEqual([]);
    expect(await find('')).toEqual([]);
  });

  it('is over before the history that it reads is given back', async () => {
    await converse('thr_a', '', 'tulips');
    const searches = [histories.search(ada, 'tulips', signal), histories.search(ada, 'tu', signal)];
    await histories.release(ada);
    expect((await Promise.all(searches)).map((found) => found.length)).toEqual([1, 1]);
    expect(await find('tulips')).toEqual(['thr_a']);
  });
});

describe('the thread', () => {
  const key = Buffer.alloc(32, 'k');
  const job = { file: '/nowhere/history.db', key, query: 'secret word', limit: 5 };

  it('says that a search has failed and nothing of it, and goes on', async () => {
    const thread = searchThread(worker);
    const failure = await thread.find(job, signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SearchFailedError);
    expect(String(failure)).not.toMatch(/secret|nowhere/);
    await expect(thread.find(job, signal)).rejects.toBeInstanceOf(SearchFailedError);
    expect(key, 'only copies are wiped').toEqual(Buffer.alloc(32, 'k'));
    await thread.close();
  });

  it('fails what waits when it is ended, and begins again', async () => {
    const thread = searchThread(worker, 1);
    const waiting = thread.find(job, signal).catch((error: unknown) => error);
    await thread.close();
    expect(await waiting).toBeInstanceOf(SearchFailedError);
    await expect(thread.find(job, signal)).rejects.toThrow('the search failed');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(thread.find(job, signal)).rejects.toThrow('the search failed');
    await thread.close();
  });

  it('leaves out what nobody waits for, and keeps a place for others', async () => {
    const thread = searchThread(worker);
    const gone = new AbortController();
    const failureOf = (search: Promise<unknown>) => search.catch(String);
    const first = failureOf(thread.find(job, signal));
    const given = [1, 2, 3, 4].map(() => failureOf(thread.find(job, gone.signal)));
    expect(await failureOf(thread.find(job, signal))).toMatch('too many searches');
    const other = failureOf(thread.find({ ...job, file: '/nowhere/else.db' }, signal));
    gone.abort();
    expect(await Promise.all(given)).toEqual(Array(4).fill('SearchFailedError: nobody waits for it'));
    expect(await Promise.all([first, other])).toEqual(
      Array(2).fill(expect.stringMatching('the search failed')),
    );
    await thread.close();
  });

  it('fails where there is no thread', async () => {
    const thread = searchThread(path.join(dataDir, 'no-worker.js'));
    await expect(thread.find(job, signal)).rejects.toBeInstanceOf(SearchFailedError);
  });
});
