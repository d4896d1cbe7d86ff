import { describe, expect, it } from 'vitest';
import { formatBytes } from './sizes.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0\u00a0B', '0\u00a0o'],
    [999, '999\u00a0B', '999\u00a0o'],
    [1_234, '1.23\u00a0kB', '1,23\u00a0ko'],
    [999_499, '999\u00a0kB', '999\u00a0ko'],
    [999_500, '1\u00a0MB', '1\u00a0Mo'],
    [45_678_901, '45.7\u00a0MB', '45,7\u00a0Mo'],
    [7.2e15, '7,200\u00a0TB', '7\u202f200\u00a0To'],
  ])('%i', (bytes, english, french) => {
    expect([formatBytes(bytes, 'en'), formatBytes(bytes, 'fr')]).toEqual([english, french]);
  });
});
