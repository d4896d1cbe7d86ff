import type { ThreadMetadata } from '../../../../src-shared/chatkit/index.ts';
import type { Language } from '../../i18n/strings.ts';

export interface ThreadGroup {
  label: string;
  threads: readonly ThreadMetadata[];
}

const DAY_MS = 86_400_000;

/** Threads under "Today", "Yesterday", … and then by month, in the order given. Days are those of the reader's clock. */
export function groupThreads(
  threads: readonly ThreadMetadata[],
  now: Date,
  { strings, locale }: Language,
): ThreadGroup[] {
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });
  const today = startOfDay(now);
  const groups: { label: string; threads: ThreadMetadata[] }[] = [];
  for (const thread of threads) {
    const created = new Date(thread.created_at);
    const label = labelFor(created);
    const last = groups.at(-1);
    if (last?.label === label) last.threads.push(thread);
    else groups.push({ label, threads: [thread] });
  }
  return groups;

  function labelFor(created: Date): string {
    if (Number.isNaN(created.getTime())) return strings.untitled;
    // Rounded: days around a clock change have 23 or 25 hours.
    const age = Math.round((today.getTime() - startOfDay(created).getTime()) / DAY_MS);
    if (age <= 0) return strings.today;
    if (age === 1) return strings.yesterday;
    if (age < 7) return strings.previous7;
    if (age < 30) return strings.previous30;
    return month.format(created);
  }
}

/** The time of today's threads, the day of others. */
export function shortDate(iso: string, now: Date, locale: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const sameDay = startOfDay(date).getTime() === startOfDay(now).getTime();
  const format: Intl.DateTimeFormatOptions = sameDay
    ? { hour: 'numeric', minute: '2-digit' }
    : {
        day: 'numeric',
        month: 'short',
        ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
      };
  return new Intl.DateTimeFormat(locale, format).format(date);
}

function startOfDay(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}
