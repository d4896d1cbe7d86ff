/** Sizes on the disk for people, in the units of their language. */
const UNITS = {
  en: ['B', 'kB', 'MB', 'GB', 'TB'],
  fr: ['o', 'ko', 'Mo', 'Go', 'To'],
} as const;

/** A size in decimal units, with three digits where there is anything to tell. */
export function formatBytes(bytes: number, locale: keyof typeof UNITS): string {
  const units = UNITS[locale];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return `${number}\u00a0${units[unit]}`;
}
