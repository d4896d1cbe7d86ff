import { expect, it } from 'vitest';
import { MAX_QUERY } from '../../../../src-shared/api/index.ts';
import { threadSearch } from './thread-search.ts';

const found = {
  thread_id: 'thr_1',
  title: null,
  created_at: '2026-11-23T08:00:00.000Z',
  item_id: 'msg_1',
  items_after: 3,
  excerpt: [{ text: 'tulips', match: true }],
};
const { signal } = new AbortController();

it('gives the element what the server found, in the element’s own words', async () => {
  const asked: unknown[] = [];
  const search = threadSearch({
    search: async (...args) => {
      asked.push(args);
      return { ok: true, value: [found] };
    },
  });
  expect(await search.find('tulips', { signal })).toEqual([
    {
      threadId: 'thr_1',
      title: null,
      createdAt: '2026-11-23T08:00:00.000Z',
      itemId: 'msg_1',
      itemsAfter: 3,
      excerpt: [{ text: 'tulips', match: true }],
    },
  ]);
  await search.find('x'.repeat(MAX_QUERY + 1), { signal });
  expect(asked).toEqual([
    ['tulips', signal],
    ['x'.repeat(MAX_QUERY), signal],
  ]);
});

it('fails without the words that were looked for', async () => {
  const search = threadSearch({ search: async () => ({ ok: false, failure: { kind: 'unreachable' } }) });
  const failure = await search.find('secret', { signal }).catch((error: unknown) => error);
  expect(String(failure)).toBe('Error: search failed (unreachable)');
  expect(failure).not.toHaveProperty('status');
  const refusing = threadSearch({
    search: async () => ({
      ok: false,
      failure: { kind: 'refused', status: 503, code: 'search_failed', message: 'Not now.' },
    }),
  });
  await expect(refusing.find('secret', { signal })).rejects.toMatchObject({ status: 503 });
});
