import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { createApi } from './api/api.ts';
import { App } from './app.tsx';
import { createPreferencesStore } from './preferences/preferences-store.ts';
import { type Services, ServicesProvider } from './services.tsx';
import { createSessionStore } from './session/session.ts';
import { takeSetupToken } from './session/setup-token.ts';

const setupToken = takeSetupToken(window.location, window.history);
const preferences = createPreferencesStore(document, navigator.languages);
const session = createSessionStore(() => window.location.pathname);
const services: Services = {
  preferences,
  session,
  setupToken,
  desktop: window.foyer,
  api: createApi({
    fetch: (input, init) => window.fetch(input, init),
    language: () => preferences.get().locale,
    onSessionEnded: () => session.ended(),
    onHistoryClosed: () => session.closed(),
  }),
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
