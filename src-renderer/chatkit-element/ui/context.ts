import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Diagrams } from '../diagrams/diagrams.ts';
import type { Language, Strings } from '../i18n/strings.ts';
import type { Controller } from '../session/controller.ts';
import type { ReadableStore } from '../state/store.ts';

/** What every part of the page can reach. `language` changes live; the controller never does. */
export interface Page {
  /** Says something once through the polite status element. */
  announce(text: string): void;
  /** Opens the list of keyboard shortcuts. */
  showShortcuts(): void;
  controller: Controller;
  /** Draws the diagrams of this element. */
  diagrams: Diagrams;
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

/**
 * Some facts of a store: the component draws anew only when one of them has changed. For what stands beside streaming
 * text, which changes the store many times a second.
 */
export function useFacts<T, Facts extends object>(
  store: ReadableStore<T>,
  choose: (value: T) => Facts,
): Facts {
  const last = useRef<Facts | null>(null);
  const read = () => {
    const facts = choose(store.getSnapshot());
    if (last.current === null || !sameFields(last.current, facts)) last.current = facts;
    return last.current;
  };
  return useSyncExternalStore(store.subscribe, read);
}

function sameFields<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

export function useStore<T>(store: ReadableStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
