/** What was used, added up by the database: never a list of all requests in memory. */
import { and, asc, desc, eq, gte, lte, sql } from 'drizzle-orm';
import type { UsageGroup, UsageReport } from '../../src-shared/api/index.ts';
import type { AccountsDatabase } from '../accounts/database.ts';
import { usageDays, users } from '../database/accounts/schema.ts';

/** People or models in one report; the rest is only counted. Days are never left off. */
const MAX_ROWS = 500;

/** Lines of CSV that are read from the database at a time. */
const CSV_PAGE = 500;

/** Days in UTC, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export function openUsage(database: AccountsDatabase) {
  const sums = {
    calls: sql<number>`coalesce(sum(${usageDays.calls}), 0)`,
    input_tokens: sql<number>`coalesce(sum(${usageDays.inputTokens}), 0)`,
    cached_tokens: sql<number>`coalesce(sum(${usageDays.cachedTokens}), 0)`,
    output_tokens: sql<number>`coalesce(sum(${usageDays.outputTokens}), 0)`,
    amount: sql<number>`coalesce(sum(${usageDays.amount}), 0)`,
  };
  const inside = ({ from, to }: Period) => and(gte(usageDays.day, from), lte(usageDays.day, to));

  return {
    report(period: Period, by: UsageGroup): UsageReport {
      const key = { day: usageDays.day, person: usageDays.userId, model: usageDays.modelId }[by];
      const query = database
        .select({ key, email: users.email, groups: sql<number>`count(*) over ()`, ...sums })
        .from(usageDays)
        .leftJoin(users, eq(users.id, key))
        .where(inside(period))
        .groupBy(key);
      const rows =
        by === 'day'
          ? query.orderBy(asc(key)).all()
          : query.orderBy(desc(sums.amount), desc(sums.calls)).limit(MAX_ROWS).all();
      const total = database.select(sums).from(usageDays).where(inside(period)).get();
      return {
        rows: rows.map(({ groups: _groups, email, ...row }) => ({
          ...row,
          ...(email === null ? {} : { label: email }),
        })),
        total: total ?? { calls: 0, input_tokens: 0, cached_tokens: 0, output_tokens: 0, amount: 0 },
        left_off: Math.max(0, (rows[0]?.groups ?? 0) - rows.length),
      };
    },

    /** The same as lines of CSV, a page at a time: one line for each day, person and model. */
    *csv(period: Period): Generator<string> {
      yield `${HEADINGS.join(',')}\r\n`;
      for (let offset = 0; ; offset += CSV_PAGE) {
        const rows = database
          .select({ usage: usageDays, email: users.email })
          .from(usageDays)
          .leftJoin(users, eq(users.id, usageDays.userId))
          .where(inside(period))
          .orderBy(
            asc(usageDays.day),
            asc(usageDays.userId),
            asc(usageDays.connectionId),
            asc(usageDays.modelId),
          )
          .limit(CSV_PAGE)
          .offset(offset)
          .all();
        yield rows
          .map(({ usage, email }) =>
            [
              usage.day,
              usage.userId,
              email ?? '',
              usage.connectionId,
              usage.modelId,
              usage.calls,
              usage.inputTokens,
              usage.cachedTokens,
              usage.outputTokens,
              decimal(usage.amount),
            ]
              .map(cell)
              .join(','),
          )
          .map((line) => `${line}\r\n`)
          .join('');
        if (rows.length < CSV_PAGE) return;
      }
    },
  };
}

const HEADINGS = [
  'day',
  'person',
  'address',
  'connection',
  'model',
  'requests',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
  'amount',
] as const;

/** Millionths as a decimal number. */
function decimal(amount: number): string {
  return `${Math.floor(amount / 1_000_000)}.${String(amount % 1_000_000).padStart(6, '0')}`;
}

/** Names that a table program would take for a formula are made plain text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
