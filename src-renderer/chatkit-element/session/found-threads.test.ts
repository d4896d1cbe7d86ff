import { describe, expect, it } from 'vitest';
import { readFound, searchError } from './found-threads.ts';

const row = {
  threadId: 'thr_1',
  title: 'Garden',
  createdAt: '2026-11-23T00:00:00Z',
  itemId: 'msg_1',
  itemsAfter: 3,
  excerpt: [{ text: 'a plan', match: true }],
};

describe('what the search of a host answers', () => {
  it('is taken row by row; what cannot be used is left out', () => {
    const wrong = [
      ...[null, 7, 'x', {}, { ...row, threadId: '' }, { ...row, threadId: 'x'.repeat(300) }],
      ...[
        { ...row, itemsAfter: -1 },
        { ...row, itemsAfter: 0.5 },
        { ...row, title: 7 },
        { ...row, createdAt: null },
      ],
    ];
    expect(readFound([...wrong, row, row])).toEqual([row]);
    expect(readFound([{ ...row, excerpt: 'text' }])).toEqual([{ ...row, excerpt: [] }]);
    for (const none of [null, undefined, {}, 'text']) expect(() => readFound(none)).toThrow(/list/);
  });

  it('is never long', () => {
    const many = Array.from({ length: 80 }, (_, n) => ({ ...row, threadId: `thr_${n}` }));
    expect(readFound(many)).toHaveLength(50);
    const piece = { text: 'ab', match: false };
    const [long, pieces] = readFound([
      { ...row, title: ` a\n${'b'.repeat(100_000)}`, excerpt: [{ text: 'é'.repeat(100_000), match: true }] },
      { ...row, threadId: 'thr_2', excerpt: Array.from({ length: 90 }, () => piece) },
    ]);
    expect(long?.title).toHaveLength(200);
    expect(long?.title).toMatch(/^a b/);
    expect(long?.excerpt[0]?.text).toHaveLength(600);
    expect(pieces?.excerpt).toHaveLength(40);
    const halved = readFound([{ ...row, excerpt: [{ text: `a${'🌱'.repeat(400)}`, match: false }] }]);
    expect(halved[0]?.excerpt[0]?.text.isWellFormed()).toBe(true);
  });

  it('may be an error that says what happened', () => {
    const code = (status?: unknown) => searchError(Object.assign(new Error('no'), { status })).code;
    expect([code(401), code(403), code(500), code(), code('500')]).toEqual([
      ...['unauthorized', 'http', 'http'],
      ...['network', 'network'],
    ]);
  });
});
