/** Amounts of money for people: the server counts in millionths, as whole numbers. */

const MILLION = 1_000_000;
const LARGEST = 1_000_000_000_000;

/** What was typed, in millionths; null for an empty field, undefined when it is no amount. */
export function parseAmount(text: string): number | null | undefined {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (plain === '') return null;
  const match = /^(\d{1,7})(?:\.(\d{0,6}))?$/.exec(plain);
  if (match === null) return undefined;
  const amount = Number(match[1]) * MILLION + Number((match[2] ?? '').padEnd(6, '0'));
  return amount <= LARGEST ? amount : undefined;
}

/** For a field that can be typed into: no grouping, no needless zeros. */
export function amountText(amount: number | null, locale: string): string {
  if (amount === null) return '';
  return new Intl.NumberFormat(locale, {
    useGrouping: false,
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(amount / MILLION);
}

/** For reading. Small amounts keep enough decimals to be more than zero. */
export function formatAmount(amount: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: amount < 10_000 ? 6 : amount < MILLION ? 4 : 2,
  }).format(amount / MILLION);
}

/** A whole number within bounds; null for an empty field, undefined when it is none. */
export function parseCount(text: string, bounds: { min: number; max: number }): number | null | undefined {
  const plain = text.replaceAll(/[\s\u00a0\u202f.,]/g, '');
  if (plain === '') return null;
  if (!/^\d{1,13}$/.test(plain)) return undefined;
  const count = Number(plain);
  return count >= bounds.min && count <= bounds.max ? count : undefined;
}
