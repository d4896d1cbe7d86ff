import { type FullDictionary, fullEn } from './full-en.ts';
import { dictionaries } from './locale.ts';

/** All sentences, with those of pages that few people open. Only such pages import this: the chat does not wait for it. */
export const fullDictionaryOf = dictionaries<FullDictionary>(
  fullEn,
  async () => (await import('./full-fr.ts')).fullFr,
);
