/** Days and months of budgets: in UTC, and never going backwards, whatever is done to the clock. */
import { eq } from 'drizzle-orm';
import type { AccountsDatabase } from '../accounts/database.ts';
import { installation } from '../database/accounts/schema.ts';

const SEEN = 'budget-clock';

export interface Calendar {
  /** The highest time ever seen, in Unix milliseconds. Writes it down when a new day has begun. */
  advance(): number;
  /** The same without writing. */
  look(): number;
}

/** A clock that was set back stands still here until it has caught up, so that no day can be spent twice. */
export function openCalendar(database: AccountsDatabase, now: () => number): Calendar {
  const row = database.select().from(installation).where(eq(installation.name, SEEN)).get();
  let seen = Number(row?.value ?? 0);
  return {
    advance() {
      const time = now();
      if (time <= seen) return seen;
      const isNewDay = dayOf(time) !== dayOf(seen);
      seen = time;
      // Days are all that anybody asks this clock for.
      if (!isNewDay) return seen;
      const value = String(seen);
      database
        .insert(installation)
        .values({ name: SEEN, value })
        .onConflictDoUpdate({ target: installation.name, set: { value } })
        .run();
      return seen;
    },
    look: () => Math.max(seen, now()),
  };
}

/** The day in UTC, `YYYY-MM-DD`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The first day of the month that a day is in. */
export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** When the next day and the next month begin, in Unix milliseconds. */
export function renewals(time: number): { readonly day: number; readonly month: number } {
  const date = new Date(time);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  return { day: Date.UTC(year, month, day + 1), month: Date.UTC(year, month + 1, 1) };
}
