import { fill, type Strings } from '../../i18n/strings.ts';
import type { Violation } from '../../uploads/limits.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size for people, in steps of 1024, at most one decimal. */
export function sizeText(bytes: number, locale: string): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  const unit = UNITS[step] ?? 'byte';
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    // The short form of this one has no plural.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1024 ** step);
}

/** Why a file was turned away, and what would be taken. */
export function violationText(name: string, violation: Violation, strings: Strings, locale: string): string {
  switch (violation.kind) {
    case 'too_large':
      return fill(strings.fileTooLarge, { name, limit: sizeText(violation.limit, locale) });
    case 'too_many':
      return fill(strings.fileTooMany, { name, limit: violation.limit });
    case 'type':
      return fill(strings.fileType, { name });
    case 'empty':
      return fill(strings.fileEmpty, { name });
  }
}
