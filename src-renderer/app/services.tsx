import { createContext, type ReactNode, Suspense, use, useContext } from 'react';
import type { DesktopApi } from '../../src-shared/desktop.ts';
import type { Api } from './api/api.ts';
import type { Dictionary } from './i18n/en.ts';
import { dictionaryOf, type Locale } from './i18n/locale.ts';
import type { LockWatch } from './locking/lock-watch.ts';
import type { Switching } from './locking/switching.ts';
import type { PreferencesStore } from './preferences/preferences-store.ts';
import type { SessionStore } from './session/session.ts';
import { useStore } from './ui/store.ts';

/** Everything the pages work with, put together once in `main.tsx`. */
export interface Services {
  readonly api: Api;
  readonly session: SessionStore;
  readonly locking: Pick<LockWatch, 'lock'>;
  readonly switching: Switching;
  readonly preferences: PreferencesStore;
  /** The desktop shell; undefined in an ordinary browser. */
  readonly desktop: DesktopApi | undefined;
  /** The one-time token that the address held when the page was opened. */
  readonly setupToken: string | null;
}

const ServicesContext = createContext<Services | null>(null);

/** Gives the services to the pages below. */
export function ServicesProvider(props: { services: Services; children: ReactNode }) {
  return (
    <ServicesContext value={props.services}>
      {/* Only while a language is loaded: then there are no words to show. */}
      <Suspense fallback={null}>{props.children}</Suspense>
    </ServicesContext>
  );
}

/** The services of the app. @throws {Error} outside of a {@link ServicesProvider} */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices needs a ServicesProvider above it');
  return services;
}

/** The sentences of the person's language, and the language itself. */
export function useI18n(): { readonly t: Dictionary; readonly locale: Locale } {
  const { locale } = useStore(useServices().preferences);
  const words = dictionaryOf(locale);
  return { t: words instanceof Promise ? use(words) : words, locale };
}
