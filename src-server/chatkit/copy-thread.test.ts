import { expect, it } from 'vitest';
import type { ThreadMetadata } from '../../src-shared/chatkit/index.ts';
import { copyThread, isSameThread } from './copy-thread.ts';

it('a copy of a thread is equal to it, and changes to the one do not reach the other', () => {
  const make = (): ThreadMetadata => ({
    id: 'thr_1',
    created_at: '2026-01-01T00:00:00Z',
    title: 'Title',
    status: { type: 'locked', reason: 'why' },
    allowed_image_domains: ['example.org'],
    metadata: { nested: { list: [1] } },
  });
  const thread = make();
  const copy = copyThread(thread);
  expect(copy).toStrictEqual(thread);
  thread.title = 'Other';
  thread.status.type = 'active';
  thread.allowed_image_domains?.push('evil.example');
  Object.assign(thread.metadata.nested as object, { list: [] });
  expect(copy).toStrictEqual(make());
  const plain: ThreadMetadata = { id: 'thr_2', created_at: '', status: { type: 'active' }, metadata: {} };
  expect(copyThread(plain)).toStrictEqual(plain);
  expect(copyThread(plain).metadata).not.toBe(plain.metadata);
});

it('tells threads apart by anything that they hold', () => {
  const base: ThreadMetadata = {
    id: 'thr_1',
    created_at: '2026-01-01T00:00:00Z',
    title: 'Title',
    status: { type: 'locked', reason: 'why' },
    allowed_image_domains: ['example.org'],
    metadata: { flat: 1, nested: { list: [1] } },
  };
  expect(isSameThread(base, copyThread(base))).toBe(true);
  const changes: Partial<ThreadMetadata>[] = [
    { id: 'thr_2' },
    { created_at: '2026-01-02T00:00:00Z' },
    { title: null },
    { status: { type: 'locked' } },
    { status: { type: 'locked', reason: undefined } },
    { status: { type: 'active' } },
    { allowed_image_domains: [] },
    { allowed_image_domains: null },
    { metadata: {} },
    { metadata: { flat: 1 } },
    { metadata: { flat: 1, nested: { list: [2] } } },
    { metadata: { flat: 1, other: { list: [1] } } },
  ];
  for (const change of changes) {
    const changed = { ...copyThread(base), ...change };
    expect([isSameThread(base, changed), isSameThread(changed, base)], JSON.stringify(change)).toEqual([
      false,
      false,
    ]);
  }
  const empty: ThreadMetadata = { ...base, metadata: {}, status: { type: 'active' } };
  expect(isSameThread(empty, copyThread(empty))).toBe(true);
  expect(isSameThread({ ...empty, metadata: { a: undefined } }, { ...empty, metadata: { b: 1 } })).toBe(
    false,
  );
});
