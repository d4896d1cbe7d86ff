import { useState } from 'react';
import type { Security } from '../../../../../src-shared/api/index.ts';
import { useRequest } from '../../../forms/use-request.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { AccountSection } from '../account-section.tsx';
import { PasswordStep } from '../password-step.tsx';
import { RecoveryCodeWizard } from '../recovery/recovery-code-wizard.tsx';

export interface OwnSecurityProps {
  readonly email: string;
  readonly security: Security;
  readonly onSecurity: (security: Security) => void;
}

/** Whether the own conversations are sealed, and the way there and back. */
export function SealingSection({ email, security, onSecurity }: OwnSecurityProps) {
  const { t } = useI18n();
  const texts = t.security.sealing;
  const [stage, setStage] = useState<'still' | 'sealing' | 'unsealing'>('still');
  const [notice, setNotice] = useState<string | null>(null);
  const isSealed = security.protection === 'sealed';
  const finish = (next: Security, text: string) => {
    setStage('still');
    setNotice(text);
    onSecurity(next);
  };

  return (
    <AccountSection
      title={texts.title}
      icon="lock"
      lead={texts.lead}
      badge={isSealed ? { tone: 'on', text: texts.sealed } : { tone: 'off', text: texts.open }}
    >
      {notice !== null && (
        <Banner tone="success" role="status">
          {notice}
        </Banner>
      )}
      {stage === 'sealing' && (
        <RecoveryCodeWizard
          email={email}
          purpose="seal"
          onCancel={() => setStage('still')}
          onDone={(next) => finish(next, texts.done)}
        />
      )}
      {stage === 'unsealing' && (
        <Unseal onCancel={() => setStage('still')} onDone={(next) => finish(next, texts.undone)} />
      )}
      {stage === 'still' && !isSealed && security.sealing === 'off' && <p>{texts.off}</p>}
      {stage === 'still' && !isSealed && security.sealing !== 'off' && (
        <Button
          icon="lock"
          onClick={() => {
            setNotice(null);
            setStage('sealing');
          }}
        >
          {texts.start}
        </Button>
      )}
      {stage === 'still' && isSealed && security.sealing === 'required' && <p>{texts.requiredBadge}</p>}
      {stage === 'still' && isSealed && security.sealing !== 'required' && (
        <Button
          onClick={() => {
            setNotice(null);
            setStage('unsealing');
          }}
        >
          {texts.undo}
        </Button>
      )}
    </AccountSection>
  );
}

function Unseal(props: { onCancel: () => void; onDone: (security: Security) => void }) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.sealing;
  const request = useRequest();
  return (
    <PasswordStep
      request={request}
      submit={texts.undo}
      submitting={texts.undoing}
      onCancel={props.onCancel}
      onSubmit={({ password }) =>
        void request
          .run(() => api.security.unseal(password))
          .then((result) => {
            if (result?.ok) props.onDone(result.value);
          })
      }
    >
      <p>{texts.undoLead}</p>
    </PasswordStep>
  );
}
