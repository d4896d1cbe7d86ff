import { type ReactNode, useEffect, useState } from 'react';
import type { User } from '../../../src-shared/api/index.ts';
import { RecoveryCodeWizard } from '../pages/account/recovery/recovery-code-wizard.tsx';
import { useI18n, useServices } from '../services.tsx';
import { Front } from '../shell/front.tsx';
import { Button } from '../ui/button.tsx';

/**
 * Leads people whose account has to be sealed there first, when they come in. What they had open is shown when it is
 * done, or when the server does not say: it is asked again the next time.
 */
export function SealGate({ user, children }: { user: User; children: ReactNode }) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const texts = t.security.sealing;
  const [mustSeal, setMustSeal] = useState(false);

  useEffect(() => {
    let isWanted = true;
    void api.security.state().then((result) => {
      if (!isWanted || !result.ok) return;
      setMustSeal(result.value.sealing === 'required' && result.value.protection === 'managed');
    });
    return () => {
      isWanted = false;
    };
  }, [api]);

  if (!mustSeal) return children;
  const signOut = async () => {
    const result = await api.signOut();
    if (result.ok || result.failure.kind === 'refused') session.signedOut();
  };
  return (
    <Front title={texts.requiredTitle} lead={texts.requiredLead} focusHeading>
      <p>{texts.lead}</p>
      <RecoveryCodeWizard
        email={user.email}
        purpose="seal"
        onDone={(security) => setMustSeal(security.protection === 'managed')}
      />
      <Button look="quiet" icon="sign-out" onClick={() => void signOut()}>
        {t.nav.signOut}
      </Button>
    </Front>
  );
}
