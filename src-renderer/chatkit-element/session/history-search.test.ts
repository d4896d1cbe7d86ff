import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatKitError } from '../errors.ts';
import { HistorySearch, isEnough, PAUSE_MS } from './history-search.ts';

const row = (threadId: string) => ({
  threadId,
  title: threadId,
  createdAt: '2026-11-23T00:00:00Z',
  itemId: null,
  itemsAfter: 0,
  excerpt: [],
});

/** A search whose host answers when the test says so. */
function setup() {
  const asked: {
    query: string;
    signal: AbortSignal;
    answer(value: unknown): void;
    fail(error: unknown): void;
  }[] = [];
  const errors: ChatKitError[] = [];
  const search = new HistorySearch({
    finder: () => ({
      find(query, { signal }) {
        const { promise, resolve, reject } = Promise.withResolvers<unknown>();
        asked.push({ query, signal, answer: resolve, fail: reject });
        return promise;
      },
    }),
    failed: (error) => errors.push(error),
  });
  const progress = () => search.state.getSnapshot().progress;
  const type = (query: string) => {
    search.type(query);
    vi.advanceTimersByTime(PAUSE_MS);
  };
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { search, asked, errors, progress, type, settle };
}

describe('the search of the history', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks once after a pause, and not for too little', () => {
    const { search, asked, progress } = setup();
    for (const query of ['', ' ', 'g ']) search.type(query);
    expect(progress()).toEqual({ kind: 'off' });
    search.type('ga');
    vi.advanceTimersByTime(PAUSE_MS - 1);
    search.type(' gard ');
    vi.advanceTimersByTime(PAUSE_MS - 1);
    expect(asked).toHaveLength(0);
    expect(progress()).toEqual({ kind: 'searching', before: null });
    vi.advanceTimersByTime(1);
    expect(asked.map(({ query }) => query)).toEqual(['gard']);
    search.type('gard');
    vi.advanceTimersByTime(PAUSE_MS);
    expect(asked).toHaveLength(1);
  });

  it('knows scripts in which one character is a word', () => {
    for (const query of ['庭', 'の', '집', 'ga', '🌱🌱']) expect(isEnough(query), query).toBe(true);
    for (const query of ['', 'g', 'é', '🌱']) expect(isEnough(query), query).toBe(false);
  });

  it('aborts the question before, and drops its answer', async () => {
    const { asked, progress, type, settle } = setup();
    type('first');
    type('second');
    expect(asked[0]!.signal.aborted).toBe(true);
    asked[1]!.answer([row('b')]);
    await settle();
    asked[0]!.answer([row('a')]);
    await settle();
    expect(progress()).toMatchObject({
      kind: 'found',
      found: { query: 'second', threads: [{ threadId: 'b' }] },
    });
    type('');
    expect(progress()).toEqual({ kind: 'off' });
  });

  it('shows what was found before while it searches again', async () => {
    const { asked, progress, type, settle } = setup();
    type('first');
    asked[0]!.answer([row('a')]);
    await settle();
    type('second');
    expect(progress()).toMatchObject({ kind: 'searching', before: { query: 'first' } });
    asked[1]!.answer([]);
    await settle();
    expect(progress()).toEqual({ kind: 'found', found: { query: 'second', threads: [] } });
  });

  it('says what went wrong, and asks again', async () => {
    const { search, asked, errors, progress, type, settle } = setup();
    type('one');
    asked[0]!.fail(Object.assign(new Error('no'), { status: 503 }));
    await settle();
    expect(progress()).toMatchObject({ kind: 'failed', error: { code: 'http' } });
    search.refresh();
    expect(progress()).toEqual({ kind: 'searching', before: null });
    asked[1]!.answer({ not: 'a list' });
    await settle();
    expect(progress()).toMatchObject({ kind: 'failed', error: { code: 'protocol' } });
    search.refresh();
    asked[2]!.fail(new TypeError('Failed to fetch'));
    await settle();
    expect(errors.map(({ code }) => code)).toEqual(['http', 'protocol', 'network']);
  });

  it('keeps what it shows when the same question fails later', async () => {
    const { search, asked, errors, progress, type, settle } = setup();
    type('one');
    asked[0]!.answer([row('a')]);
    await settle();
    search.refresh();
    asked[1]!.fail(Object.assign(new Error('no'), { status: 401 }));
    await settle();
    expect(progress()).toMatchObject({ kind: 'found', found: { threads: [{ threadId: 'a' }] } });
    expect(errors.map(({ code }) => code)).toEqual(['unauthorized']);
  });

  it('does not find threads that were deleted, before or while it asks', async () => {
    const { search, asked, progress, type, settle } = setup();
    const ids = () => {
      const now = progress();
      return now.kind === 'found' ? now.found.threads.map(({ threadId }) => threadId) : now.kind;
    };
    type('one');
    asked[0]!.answer([row('a'), row('b'), row('c')]);
    await settle();
    search.forget('a');
    expect(ids()).toEqual(['b', 'c']);
    search.refresh();
    search.forget('b');
    expect(progress()).toMatchObject({ before: { threads: [{ threadId: 'c' }] } });
    asked[1]!.answer([row('a'), row('b'), row('c')]);
    await settle();
    expect(ids()).toEqual(['c']);
  });
});
