import { z } from 'zod';
import { type Dictionary, en } from './en.ts';
import { fr } from './fr.ts';

/** The languages Foyer speaks. */
export const localeSchema = z.enum(['en', 'fr']);
export type Locale = z.infer<typeof localeSchema>;

/** Each language under its own name, as a person looks for it. */
export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', fr: 'Français' };

const DICTIONARIES: Record<Locale, Dictionary> = { en, fr };

/** The sentences of one language. */
export function dictionaryOf(locale: Locale): Dictionary {
  return DICTIONARIES[locale];
}

/** The first of the wanted languages (BCP 47 tags, best first) that Foyer speaks, else English. */
export function preferredLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = localeSchema.safeParse(tag.toLowerCase().split('-')[0]);
    if (language.success) return language.data;
  }
  return 'en';
}
