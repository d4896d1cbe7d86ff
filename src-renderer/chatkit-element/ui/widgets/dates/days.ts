/** Days as `YYYY-MM-DD`, without a time and so without a time zone. Such texts also compare as days do. */

/** The day of an ISO date or time, as it is written there. */
export function dayOf(iso: string | null | undefined): string | undefined {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(iso ?? '') ?? [];
  return day !== undefined && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? day : undefined;
}

/** Midnight of a day in UTC, for `Intl` with `timeZone: 'UTC'`. */
export function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function fromDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The day on the person's own clock. */
export function today(now: Date): string {
  return fromDate(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
}

export function addDays(day: string, count: number): string {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + count);
  return fromDate(date);
}

/** The same day of another month, or the last one where the month is shorter. */
export function addMonths(day: string, count: number): string {
  const date = dateOf(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return fromDate(date);
}

/** Within the years that four digits can write. */
function isWritable(day: string): boolean {
  return /^\d{4}-/.test(day) && day >= '0001-01-01';
}

/** `day`, or the nearest one that is allowed. */
export function clampDay(
  day: string,
  min: string | undefined,
  max: string | undefined,
  before: string,
): string {
  if (!isWritable(day)) return before;
  if (min !== undefined && day < min) return min;
  return max !== undefined && day > max ? max : day;
}

/** The first day of the week in a language, 1 (Monday) to 7 (Sunday). */
export function firstWeekday(locale: string): number {
  const info: unknown = Reflect.get(new Intl.Locale(locale), 'getWeekInfo');
  const week: unknown = typeof info === 'function' ? info.call(new Intl.Locale(locale)) : undefined;
  const first: unknown =
    typeof week === 'object' && week !== null ? Reflect.get(week, 'firstDay') : undefined;
  return typeof first === 'number' ? first : 1;
}

/** How many days a day is after the first one of its week. */
export function placeInWeek(day: string, first: number): number {
  const weekday = dateOf(day).getUTCDay();
  return (weekday - first + 7) % 7;
}

/** The weeks that a month touches, each from its first to its seventh day. */
export function weeksOf(day: string, first: number): string[][] {
  const start = `${day.slice(0, 8)}01`;
  const before = placeInWeek(start, first);
  const length = Number(addDays(addMonths(start, 1), -1).slice(8));
  const weeks = Math.ceil((before + length) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => addDays(start, week * 7 + at - before)),
  );
}
