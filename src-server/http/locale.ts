import type { Request } from 'express';
import type { Locale } from '../context.ts';

/** The language to answer in: the first of the caller's that Foyer speaks, else English. */
export function localeOf(request: Request): Locale {
  const language = request.acceptsLanguages(['en', 'fr']);
  return language === 'fr' ? 'fr' : 'en';
}
