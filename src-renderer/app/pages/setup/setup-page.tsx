import { useEffect, useState } from 'react';
import { useI18n, useServices } from '../../services.tsx';
import { desktopSetupToken, takeSetupToken } from '../../session/setup-token.ts';
import styles from '../../shell/front.module.css';
import { Front } from '../../shell/front.tsx';
import { SetupForm } from './setup-form.tsx';

type Token =
  | { readonly kind: 'asking' }
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly token: string };

/** The first run: creates the administrator, or says where to find the link that allows it. */
export function SetupPage() {
  const { t } = useI18n();
  const token = useSetupToken();
  if (token.kind === 'asking') return null;
  if (token.kind === 'known') {
    return (
      <Front title={t.setup.title} lead={t.setup.lead}>
        <SetupForm token={token.token} />
      </Front>
    );
  }
  return (
    <Front title={t.setup.noTokenTitle} lead={t.setup.noTokenLead} focusHeading>
      <ol className={styles.steps}>
        {t.setup.noTokenSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className={styles.small}>{t.setup.noTokenLost}</p>
    </Front>
  );
}

/** The token from the address the page was opened with, from the desktop shell, or from a link opened later on. */
function useSetupToken(): Token {
  const { setupToken, desktop } = useServices();
  const [token, setToken] = useState<Token>(
    setupToken === null ? { kind: 'asking' } : { kind: 'known', token: setupToken },
  );

  useEffect(() => {
    if (setupToken !== null) return;
    let watching = true;
    void desktopSetupToken(desktop).then((found) => {
      if (!watching) return;
      setToken((before) => {
        if (before.kind === 'known') return before;
        return found === null ? { kind: 'none' } : { kind: 'known', token: found };
      });
    });
    return () => {
      watching = false;
    };
  }, [setupToken, desktop]);

  useEffect(() => {
    // Opening the link in a tab that already shows this page changes only the fragment; nothing is loaded anew.
    const take = () => {
      const found = takeSetupToken(window.location, window.history);
      if (found !== null) setToken({ kind: 'known', token: found });
    };
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);

  return token;
}
