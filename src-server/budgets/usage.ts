/** What was used, added up day by day, so that a year of two hundred people holds nobody up and fills no memory. */
import { setImmediate as othersFirst } from 'node:timers/promises';
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import type { UsageGroup, UsageReport } from '../../src-shared/api/index.ts';
import type { AccountsDatabase } from '../accounts/database.ts';
import { csvLine } from '../csv.ts';
import { usageDays, users } from '../database/accounts/schema.ts';

/** People or models in one report; the rest is only counted. Days are never left off. */
const MAX_ROWS = 500;

/** Milliseconds of adding up until others have their turn. */
const TURN_MS = 8;

/** Days in UTC, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

type Sums = UsageReport['total'];

export function openUsage(database: AccountsDatabase) {
  const nextDay = database
    .select({ day: usageDays.day })
    .from(usageDays)
    .where(and(gt(usageDays.day, sql.placeholder('after')), lte(usageDays.day, sql.placeholder('to'))))
    .orderBy(asc(usageDays.day))
    .limit(1)
    .prepare();

  /** The days on which anything was used: one look into the index for each. */
  function* daysOf({ from, to }: Period): Generator<string> {
    for (let after = dayBefore(from); ; ) {
      const next = nextDay.get({ after, to });
      if (next === undefined) return;
      yield next.day;
      after = next.day;
    }
  }

  const sumsOfDay = (by: UsageGroup) => {
    const key = { day: usageDays.day, person: usageDays.userId, model: usageDays.modelId }[by];
    return database
      .select({
        key,
        calls: sql<number>`sum(${usageDays.calls})`,
        input_tokens: sql<number>`sum(${usageDays.inputTokens})`,
        cached_tokens: sql<number>`sum(${usageDays.cachedTokens})`,
        output_tokens: sql<number>`sum(${usageDays.outputTokens})`,
        amount: sql<number>`sum(${usageDays.amount})`,
        own_key_calls: sql<number>`sum(${usageDays.ownKeyCalls})`,
        own_key_tokens: sql<number>`sum(${usageDays.ownKeyTokens})`,
      })
      .from(usageDays)
      .where(eq(usageDays.day, sql.placeholder('day')))
      .groupBy(key)
      .prepare();
  };
  const emailOf = database
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, sql.placeholder('id')))
    .prepare();
  const rowsOfDay = database
    .select({ usage: usageDays, email: users.email })
    .from(usageDays)
    .leftJoin(users, eq(users.id, usageDays.userId))
    .where(eq(usageDays.day, sql.placeholder('day')))
    .orderBy(asc(usageDays.userId), asc(usageDays.connectionId), asc(usageDays.modelId))
    .prepare();

  return {
    async report(period: Period, by: UsageGroup): Promise<UsageReport> {
      const statement = sumsOfDay(by);
      const total = nothing();
      const groups = new Map<string, Sums>();
      let began = performance.now();
      for (const day of daysOf(period)) {
        for (const { key, ...sums } of statement.all({ day })) {
          const group = groups.get(key) ?? nothing();
          groups.set(key, group);
          add(group, sums);
          add(total, sums);
        }
        if (performance.now() - began < TURN_MS) continue;
        await othersFirst();
        began = performance.now();
      }
      const rows = [...groups].map(([key, sums]) => ({ key, ...sums }));
      if (by !== 'day') rows.sort((a, b) => b.amount - a.amount || b.calls - a.calls);
      const shown = by === 'day' ? rows : rows.slice(0, MAX_ROWS);
      return {
        rows: shown.map((row) => {
          const email = by === 'person' ? emailOf.get({ id: row.key })?.email : undefined;
          return { ...row, ...(email === undefined ? {} : { label: email }) };
        }),
        total,
        left_off: rows.length - shown.length,
      };
    },

    /** The same as lines of CSV, a day at a time: one line for each day, person and model. */
    *csv(period: Period): Generator<string> {
      yield csvLine(HEADINGS);
      for (const day of daysOf(period)) {
        yield rowsOfDay
          .all({ day })
          .map(({ usage, email }) =>
            csvLine([
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
              usage.ownKeyCalls,
              usage.ownKeyTokens,
            ]),
          )
          .join('');
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
  'own_key_requests',
  'own_key_tokens',
] as const;

function nothing(): Sums {
  return {
    calls: 0,
    input_tokens: 0,
    cached_tokens: 0,
    output_tokens: 0,
    amount: 0,
    own_key_calls: 0,
    own_key_tokens: 0,
  };
}

function add(sums: Sums, more: Sums): void {
  sums.calls += more.calls;
  sums.input_tokens += more.input_tokens;
  sums.cached_tokens += more.cached_tokens;
  sums.output_tokens += more.output_tokens;
  sums.amount += more.amount;
  sums.own_key_calls += more.own_key_calls;
  sums.own_key_tokens += more.own_key_tokens;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Millionths as a decimal number. */
function decimal(amount: number): string {
  return `${Math.floor(amount / 1_000_000)}.${String(amount % 1_000_000).padStart(6, '0')}`;
}
