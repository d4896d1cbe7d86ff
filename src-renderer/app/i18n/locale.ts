import { z } from 'zod';
import { type Dictionary, en } from './en.ts';

/** The languages Foyer speaks. */
export const localeSchema = z.enum(['en', 'fr']);
export type Locale = z.infer<typeof localeSchema>;

/** Each language under its own name, as a person looks for it. */
export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', fr: 'Français' };

/**
 * The sentences of one language; French as the same promise each time, since it is loaded when somebody reads it. Where
 * it cannot be loaded, English stands in.
 */
export function dictionaries<T>(
  english: T,
  loadFrench: () => Promise<T>,
): (locale: Locale) => T | Promise<T> {
  let french: Promise<T> | undefined;
  return (locale) => {
    if (locale === 'en') return english;
    french ??= loadFrench().catch(() => english);
    return french;
  };
}

/** What everybody needs; see `full-dictionary.ts` for the rest. */
export const dictionaryOf = dictionaries<Dictionary>(en, async () => (await import('./fr.ts')).fr);

/** The first of the wanted languages (BCP 47 tags, best first) that Foyer speaks, else English. */
export function preferredLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = localeSchema.safeParse(tag.toLowerCase().split('-')[0]);
    if (language.success) return language.data;
  }
  return 'en';
}

/**
 * The language for dates and times, as its own speakers write them where this person lives: `en-GB` where the browser
 * wants that. A language that the browser does not know of stays as it is.
 *
 * @param wanted BCP 47 tags, best first
 */
export function regional(locale: Locale, wanted: readonly string[] = navigator.languages): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === locale) ?? locale;
}

/** How the pages write dates and times: in the person's language, as where they live. */
export function datesIn(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(regional(locale), options);
}
