import { expect, it } from 'vitest';
import type { ThreadMetadata } from '../../src-shared/chatkit/index.ts';
import { copyThread } from './copy-thread.ts';

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
