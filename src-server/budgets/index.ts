/** Budgets: what people may use, what they have used, and the ledger that keeps the two apart. */
import type { Budget } from '../../src-shared/api/index.ts';
import type { AccountsDatabase } from '../accounts/database.ts';
import { openCalendar, renewals } from './calendar.ts';
import { type Limits, openLedger } from './ledger.ts';
import { openUsage } from './usage.ts';

export type { CallEnd, Intent, KeyOwner, Ledger, Limits, Reservation } from './ledger.ts';
export type { Prices, Tokens } from './money.ts';

export type Budgets = ReturnType<typeof openBudgets>;

/** Opens the ledger and settles what a process that died left open. */
export function openBudgets(database: AccountsDatabase, now: () => number = Date.now) {
  const calendar = openCalendar(database, now);
  const ledger = openLedger(database, calendar, now);
  return {
    ...openUsage(database),
    ledger,
    /** How many requests a process that died had left open; they are settled at their worst case. */
    abandoned: ledger.settleAbandoned(),

    /** What is left to a person, and when it renews. */
    left(userId: string, limits: Limits): Pick<Budget, 'tokens_today' | 'money_this_month'> {
      const used = ledger.used(userId);
      const renews = renewals(calendar.look());
      return {
        tokens_today: allowance(limits.tokensPerDay, used.tokensToday, renews.day),
        money_this_month: allowance(limits.moneyPerMonth, used.moneyThisMonth, renews.month),
      };
    },
  };
}

function allowance(limit: number | null, used: number, renews: number): Budget['tokens_today'] {
  if (limit === null) return null;
  return { limit, used, left: Math.max(0, limit - used), renews_at: new Date(renews).toISOString() };
}
