import { expect, it } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

it('takes a minute’s worth at once, then as many as come back', () => {
  let now = 0;
  const buckets = new TokenBuckets({ perMinute: 3, now: () => now });
  expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0]);
  expect(buckets.take('a')).toBe(20_000);
  expect(buckets.take('b'), 'others have their own').toBe(0);
  now = 19_999;
  expect(buckets.take('a'), 'a refusal costs nothing').toBe(1);
  now = 20_000;
  expect(buckets.take('a')).toBe(0);
  expect(buckets.take('a')).toBe(20_000);
  now = 10_000_000;
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 20_000]);
});

it('keeps so many and no more, and forgets the one that was used longest ago', () => {
  const buckets = new TokenBuckets({ perMinute: 1, remembered: 2, now: () => 0 });
  buckets.take('a');
  buckets.take('b');
  expect(buckets.take('a')).toBeGreaterThan(0);
  buckets.take('c');
  expect(buckets.size).toBe(2);
  expect(buckets.take('a'), 'used a moment ago').toBeGreaterThan(0);
  expect(buckets.take('b'), 'forgotten').toBe(0);
  for (let i = 0; i < 100_000; i += 1) buckets.take(`x${i}`);
  expect(buckets.size).toBe(2);
});
