import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Language, Strings } from '../i18n/strings.ts';
import type { Controller } from '../session/controller.ts';
import type { ReadableStore } from '../state/store.ts';

/** What every part of the page can reach. `language` changes live; the controller never does. */
export interface Page {
  /** Says something once through the polite status element. */
  announce(text: string): void;
  controller: Controller;
  language: Language;
}

export const PageContext = createContext<Page | null>(null);

/** Throws outside of the element's page, which is a mistake in this code. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('usePage needs a PageContext');
  return page;
}

export function useStrings(): Strings {
  return usePage().language.strings;
}

export function useStore<T>(store: ReadableStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
