import { describe, expect, it } from 'vitest';
import { groupBars, MAX_BARS, measureOf, timeBars } from './usage-bars.ts';

const nothing = {
  ...{ calls: 0, input_tokens: 0, cached_tokens: 0, output_tokens: 0 },
  ...{ own_key_calls: 0, own_key_tokens: 0 },
};
const row = (key: string, amount: number) => ({ ...nothing, key, amount });
const rowsFrom = (first: string, days: number) =>
  Array.from({ length: days }, (_, day) =>
    row(new Date(Date.parse(first) + day * 86_400_000).toISOString().slice(0, 10), day + 1),
  );
const sum = (numbers: readonly { value?: number; amount?: number }[]) =>
  numbers.reduce((all, { value, amount }) => all + (value ?? amount ?? 0), 0);

describe('bars over time', () => {
  it('have no holes where nothing was used', () => {
    const period = { from: '2026-01-01', to: '2026-01-31' };
    const { unit, bars } = timeBars([row('2026-01-05', 2), row('2026-01-08', 3)], period, 'amount');
    expect(unit).toBe('day');
    expect(bars).toEqual([
      { key: '2026-01-05', value: 2 },
      { key: '2026-01-06', value: 0 },
      { key: '2026-01-07', value: 0 },
      { key: '2026-01-08', value: 3 },
    ]);
  });

  it.each([
    [1, 'day'],
    [31, 'day'],
    [32, 'week'],
    [211, 'week'],
    [212, 'month'],
    [400, 'month'],
  ] as const)('%i days are bars of a %s, never too many, and lose nothing', (days, unit) => {
    const rows = rowsFrom('2025-03-04', days);
    const found = timeBars(rows, { from: '2025-01-01', to: '2026-12-31' }, 'amount');
    expect(found.unit).toBe(unit);
    expect(found.bars.length).toBeLessThanOrEqual(MAX_BARS);
    expect(sum(found.bars)).toBe(sum(rows));
    if (unit === 'week') expect(new Date(found.bars[1]!.key).getUTCDay()).toBe(1);
  });
});

describe('bars of people and models', () => {
  it('put what is small together, with what the server left off', () => {
    const rows = Array.from({ length: 200 }, (_, index) => row(`usr_${index}`, 1_000 - index));
    const total = { ...nothing, amount: sum(rows) + 77 };
    const { bars, others } = groupBars({ rows, total, left_off: 5 }, 'amount');
    expect(bars).toHaveLength(15);
    expect(sum(bars) + (others ?? 0)).toBe(total.amount);
  });

  it('need no such bar when all are shown', () => {
    const rows = [row('a', 2), row('b', 1)];
    expect(groupBars({ rows, total: { ...nothing, amount: 3 }, left_off: 0 }, 'amount')).toEqual({
      bars: [
        { key: 'a', value: 2 },
        { key: 'b', value: 1 },
      ],
      others: null,
    });
  });
});

describe('what costs nothing', () => {
  it('is shown in tokens', () => {
    const rows = [{ ...row('ollama', 0), input_tokens: 5, output_tokens: 7 }];
    const report = { rows, total: { ...nothing, amount: 0, input_tokens: 6, output_tokens: 9 }, left_off: 1 };
    expect(measureOf(report)).toBe('tokens');
    expect(groupBars(report, measureOf(report))).toEqual({ bars: [{ key: 'ollama', value: 12 }], others: 3 });
    expect(
      timeBars(
        rows.map((one) => ({ ...one, key: '2026-01-05' })),
        { from: '', to: '' },
        'tokens',
      ).bars,
    ).toEqual([{ key: '2026-01-05', value: 12 }]);
  });

  it('is shown in money as soon as anything was paid', () => {
    expect(measureOf({ rows: [], total: { ...nothing, amount: 1, input_tokens: 9 }, left_off: 0 })).toBe(
      'amount',
    );
  });
});
