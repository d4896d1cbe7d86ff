import type { Request } from 'express';
import type { Locale } from '../context.ts';

/** One language and nothing else, as Foyer's own pages name it. */
const ONE_LANGUAGE = /^(en|fr)(?:-[\w-]+)?$/i;

/** The language to answer in: the first of the caller's that Foyer speaks, else English. */
export function localeOf(request: Request): Locale {
  const asked = request.headers['accept-language'] ?? '*';
  if (asked === '*') return 'en';
  const language = ONE_LANGUAGE.exec(asked)?.[1]?.toLowerCase() ?? request.acceptsLanguages(['en', 'fr']);
  return language === 'fr' ? 'fr' : 'en';
}
