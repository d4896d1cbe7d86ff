import { use } from 'react';
import { fullDictionaryOf } from './i18n/full-dictionary.ts';
import type { FullDictionary } from './i18n/full-en.ts';
import type { Locale } from './i18n/locale.ts';
import { useServices } from './services.tsx';
import { useStore } from './ui/store.ts';

/** For the pages that load when somebody goes there: every sentence, in the person's language, and that language. */
export function useFullI18n(): { readonly t: FullDictionary; readonly locale: Locale } {
  const { locale } = useStore(useServices().preferences);
  const words = fullDictionaryOf(locale);
  return { t: words instanceof Promise ? use(words) : words, locale };
}
