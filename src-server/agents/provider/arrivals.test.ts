import { expect, it } from 'vitest';
import { arrivals } from './arrivals.ts';

it('reads events as they come, and nothing that is none', () => {
  const read: unknown[] = [];
  const arriving = arrivals((event) => void read.push(event));
  for (const data of ['{"type":"a"}', '[DONE]', '{"type":', '{"type":"b"}']) arriving.read(data);
  expect(read).toEqual([
    { type: 'model', event: { type: 'a' } },
    { type: 'model', event: { type: 'b' } },
  ]);
  expect(() => arriving.check()).not.toThrow();
});

it('keeps a failure for whoever drives the turn, and reads no more', () => {
  let read = 0;
  const arriving = arrivals(() => {
    read += 1;
    throw new RangeError('too much');
  });
  expect(() => arriving.read('{}')).not.toThrow();
  arriving.read('{}');
  expect(read).toBe(1);
  expect(() => arriving.check()).toThrow('too much');
});
