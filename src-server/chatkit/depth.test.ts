import { describe, expect, it } from 'vitest';
import { isTooDeep, MAX_DEPTH } from './depth.ts';

describe('isTooDeep', () => {
  it.each([
    ['lists', (inner: unknown) => [0, inner]],
    ['objects', (inner: unknown) => ({ text: '', inner })],
  ])('allows exactly so many levels of %s', (_name, around) => {
    let value: unknown = 'at the bottom';
    for (let level = 0; level < MAX_DEPTH; level += 1) value = around(value);
    expect(isTooDeep(value)).toBe(false);
    expect(isTooDeep(around(value))).toBe(true);
  });

  it('never goes deeper itself than it allows', () => {
    expect(isTooDeep(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).toBe(true);
  });
});
