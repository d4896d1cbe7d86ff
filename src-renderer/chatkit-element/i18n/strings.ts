import { en } from './en.ts';
import { fr } from './fr.ts';

/** Every string of the element's own interface. */
export type Strings = Readonly<Record<keyof typeof en, string>>;

/** A translation may be partial: English fills the gaps. */
const TRANSLATIONS: Readonly<Record<string, Partial<Strings>>> = { en, fr };

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** What follows from a locale. */
export interface Language {
  /** As asked for: sent as `Accept-Language` and used for dates and numbers. Always a valid BCP 47 tag. */
  locale: string;
  /** Language of the strings, for the `lang` attribute. */
  stringsLocale: string;
  dir: 'ltr' | 'rtl';
  strings: Strings;
}

/** Accepts any locale; what is not a BCP 47 tag counts as English. */
export function languageFor(requested: string | undefined): Language {
  const locale = canonical(requested) ?? 'en';
  const [base = 'en'] = locale.toLowerCase().split('-');
  const own = TRANSLATIONS[base];
  return {
    locale,
    stringsLocale: own === undefined ? 'en' : base,
    dir: RIGHT_TO_LEFT.has(base) ? 'rtl' : 'ltr',
    strings: { ...en, ...own },
  };
}

function canonical(tag: string | undefined): string | undefined {
  try {
    return tag === undefined ? undefined : Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** Puts values into the `{holes}` of a string. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
