import { type FullDictionary, fullEn } from './full-en.ts';
import type { Locale } from './locale.ts';

let french: Promise<FullDictionary> | undefined;

/**
 * What {@link import('./locale.ts').dictionaryOf} gives, with the sentences of the pages that few people open. Only such
 * pages import this, so that nobody waits for it before the chat.
 */
export function fullDictionaryOf(locale: Locale): FullDictionary | Promise<FullDictionary> {
  if (locale === 'en') return fullEn;
  french ??= import('./full-fr.ts').then(
    ({ fullFr }) => fullFr,
    () => fullEn,
  );
  return french;
}
