import { z } from 'zod';
import { type Locale, localeSchema, preferredLocale } from '../i18n/locale.ts';

/** What a person prefers to see: fixed light or dark, or whatever the system shows. */
export const themeSchema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof themeSchema>;

export interface Preferences {
  readonly theme: Theme;
  readonly locale: Locale;
}

/**
 * Preferences live in cookies, not in localStorage: the desktop app gets a new port, hence a new origin, at every
 * start, and only cookies are shared between the ports of one host. They hold nothing personal.
 */
const COOKIES = { theme: 'foyer_theme', locale: 'foyer_locale' } as const;
const ONE_YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

/**
 * Reads the stored choices; what is missing or damaged falls back to the system's.
 *
 * @param cookies the text of `document.cookie`
 * @param languages the browser's languages, best first
 */
export function readPreferences(cookies: string, languages: readonly string[]): Preferences {
  const stored = new Map(
    cookies.split(';').map((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return [name, value] as const;
    }),
  );
  const theme = themeSchema.safeParse(stored.get(COOKIES.theme));
  const locale = localeSchema.safeParse(stored.get(COOKIES.locale));
  return {
    theme: theme.success ? theme.data : 'system',
    locale: locale.success ? locale.data : preferredLocale(languages),
  };
}

/** The text to assign to `document.cookie` to keep one choice. */
export function preferenceCookie(name: keyof Preferences, value: Theme | Locale): string {
  return `${COOKIES[name]}=${value}; Path=/; Max-Age=${ONE_YEAR_IN_SECONDS}; SameSite=Strict`;
}
