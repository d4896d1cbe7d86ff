import type { Locale } from '../i18n/locale.ts';
import { createStore, type Store } from '../ui/store.ts';
import { type Preferences, preferenceCookie, readPreferences, type Theme } from './preferences.ts';

export interface PreferencesStore extends Store<Preferences> {
  setTheme(theme: Theme): void;
  setLocale(locale: Locale): void;
}

/** Preferences of this browser: read once, applied to the document, and kept whenever a person changes them. */
export function createPreferencesStore(document: Document, languages: readonly string[]): PreferencesStore {
  const store = createStore(readPreferences(document.cookie, languages));
  const apply = () => {
    const { theme, locale } = store.get();
    const root = document.documentElement;
    root.lang = locale;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  store.subscribe(apply);
  apply();

  return {
    ...store,
    setTheme(theme) {
      document.cookie = preferenceCookie('theme', theme);
      store.set({ ...store.get(), theme });
    },
    setLocale(locale) {
      document.cookie = preferenceCookie('locale', locale);
      store.set({ ...store.get(), locale });
    },
  };
}
