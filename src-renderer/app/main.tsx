import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { createApi } from './api/api.ts';
import { App } from './app.tsx';
import { createLockWatch, pagesOfThisBrowser } from './locking/lock-watch.ts';
import { listenForLock } from './locking/lock-wishes.ts';
import { switchingIn } from './locking/switching.ts';
import { createPreferencesStore } from './preferences/preferences-store.ts';
import { type Services, ServicesProvider } from './services.tsx';
import { createSessionStore, ownerOf, refusalsHeardBy } from './session/session.ts';
import { takeSetupToken } from './session/setup-token.ts';

const setupToken = takeSetupToken(window.location, window.history);
const preferences = createPreferencesStore(document, navigator.languages);
const session = createSessionStore(
  () => window.location.pathname,
  () => window.location.replace('/'),
);
const api = createApi({
  fetch: (input, init) => window.fetch(input, init),
  language: () => preferences.get().locale,
  person: () => ownerOf(session.get()),
  refusals: refusalsHeardBy(session),
});
const locking = createLockWatch({
  api,
  session,
  otherPages: pagesOfThisBrowser(),
  document,
  reload: () => window.location.reload(),
});
locking.start();
listenForLock({ document, desktop: window.foyer, lock: () => void locking.lock() });
const services: Services = {
  preferences,
  session,
  setupToken,
  desktop: window.foyer,
  locking,
  switching: switchingIn(window.sessionStorage),
  api,
};

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ServicesProvider services={services}>
      <App />
    </ServicesProvider>
  </StrictMode>,
);
