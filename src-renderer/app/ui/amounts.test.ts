import { describe, expect, it } from 'vitest';
import { amountText, formatAmount, parseAmount, parseCount } from './amounts.ts';

describe('amounts', () => {
  it.each([
    ['1.60', 1_600_000],
    ['1,6', 1_600_000],
    ['0.000001', 1],
    ['1 000', 1_000_000_000],
    ['5.', 5_000_000],
    ['', null],
    ['-1', undefined],
    ['1.0000001', undefined],
    ['1.2.3', undefined],
    ['9999999', undefined],
    ['1e3', undefined],
  ])('%s is %s', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  it('come back from the field as they were', () => {
    for (const locale of ['en', 'fr']) {
      for (const amount of [0, 1, 123_456, 1_600_000, 999_999_999_999]) {
        expect(parseAmount(amountText(amount, locale))).toBe(amount);
      }
    }
  });

  it('never read as zero when they are not', () => {
    expect(formatAmount(1, 'en')).toBe('0.000001');
    expect(formatAmount(1_234_567, 'en')).toBe('1.23');
    expect(formatAmount(1_234_567, 'fr')).toBe('1,23');
  });
});

it('counts are whole numbers within bounds', () => {
  const bounds = { min: 1, max: 1_000 };
  expect(['', '1', '1,000', '0', '1001', 'x', '-5'].map((text) => parseCount(text, bounds))).toEqual([
    ...[null, 1, 1_000],
    ...[undefined, undefined, undefined, undefined],
  ]);
});
