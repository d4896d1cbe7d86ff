/** What the chart shows: never so many bars that they cannot be told apart, and never a part for the whole. */
import type { UsageReport } from '../../../../src-shared/api/index.ts';
import type { Period } from '../../api/governance.ts';

/** As many bars as can be told apart. */
export const MAX_BARS = 31;

/** People or models with a bar of their own. */
const MAX_GROUPS = 15;

const DAY_MS = 86_400_000;

/** How long the time of one bar is. */
export type BarUnit = 'day' | 'week' | 'month';

export interface Bar {
  /** The first day of its time, `YYYY-MM-DD`; or the id of a person or a model. */
  readonly key: string;
  readonly value: number;
}

/** What the height of a bar stands for: millionths of the currency, or tokens where nothing cost anything. */
export type BarMeasure = 'amount' | 'tokens';

/** Models of one's own machine cost nothing; what was used of them is in tokens. */
export function measureOf({ total }: UsageReport): BarMeasure {
  return total.amount === 0 ? 'tokens' : 'amount';
}

function measured(row: UsageReport['total'], measure: BarMeasure): number {
  return measure === 'amount' ? row.amount : row.input_tokens + row.output_tokens;
}

/**
 * One bar for each day of the period, also for those on which nothing was used; weeks or months where there would be
 * too many.
 */
export function timeBars(
  rows: UsageReport['rows'],
  period: Period,
  measure: BarMeasure,
): { unit: BarUnit; bars: Bar[] } {
  const first = rows[0]?.key ?? period.from;
  const last = rows.at(-1)?.key ?? period.from;
  // Nobody wants to see the empty years before Foyer was there.
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  const unit = days <= MAX_BARS ? 'day' : days <= MAX_BARS * 7 - 6 ? 'week' : 'month';
  const sums = new Map<string, number>();
  for (let time = Date.parse(first); time <= Date.parse(last); time += DAY_MS) {
    sums.set(beginningOf(dayOf(time), unit), 0);
  }
  for (const row of rows) {
    const beginning = beginningOf(row.key, unit);
    sums.set(beginning, (sums.get(beginning) ?? 0) + measured(row, measure));
  }
  return { unit, bars: [...sums].map(([key, value]) => ({ key, value })) };
}

/** The largest, and the sum of all others, so that the bars together are everything. */
export function groupBars(report: UsageReport, measure: BarMeasure): { bars: Bar[]; others: number | null } {
  const shown = report.rows.slice(0, report.rows.length > MAX_GROUPS + 1 ? MAX_GROUPS : MAX_GROUPS + 1);
  const bars = shown.map((row) => ({ key: row.key, value: measured(row, measure) }));
  const sum = bars.reduce((total, { value }) => total + value, 0);
  const isAll = shown.length === report.rows.length && report.left_off === 0;
  return {
    bars,
    others: isAll ? null : measured(report.total, measure) - sum,
  };
}

/** Weeks begin on Mondays. */
function beginningOf(day: string, unit: BarUnit): string {
  if (unit === 'day') return day;
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  const time = Date.parse(day);
  return dayOf(time - ((new Date(time).getUTCDay() + 6) % 7) * DAY_MS);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
