/** Days that are typed, in the order and with the digits of the person's language. */

const format = (locale: string) =>
  new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    timeZone: 'UTC',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  });

/** How a day is typed in a language, shown as an example: without the marks of direction that no keyboard has. */
export function writtenDay(date: Date, locale: string): string {
  return format(locale)
    .format(date)
    .replace(/\p{Bidi_Control}/gu, '');
}

/**
 * The day of what was typed, as `YYYY-MM-DD`: three numbers in the order of the language, or the year first; undefined
 * where that is no day. Years of two digits are those of this century.
 */
export function readDay(text: string, locale: string): string | undefined {
  const digits = new Intl.NumberFormat(locale, { useGrouping: false });
  const latin = Array.from({ length: 10 }, (_, digit) => digit).reduce(
    (written, digit) => written.replaceAll(digits.format(digit), String(digit)),
    text,
  );
  const numbers = latin.match(/\d+/g) ?? [];
  if (numbers.length !== 3) return undefined;
  const own = format(locale)
    .formatToParts(0)
    .flatMap(({ type }) => (type === 'day' || type === 'month' || type === 'year' ? [type] : []));
  const order = numbers[0]?.length === 4 ? ['year', 'month', 'day'] : own;
  const of = (part: string) => numbers[order.indexOf(part)] ?? '';
  const year = of('year').length === 2 ? `20${of('year')}` : of('year').padStart(4, '0');
  const day = `${year}-${of('month').padStart(2, '0')}-${of('day').padStart(2, '0')}`;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && year > '0000'
    ? day
    : undefined;
}
