import { useState } from 'react';
import { useRequest } from '../../forms/use-request.ts';
import type { FieldError } from '../../forms/validation.ts';
import { useI18n, useServices } from '../../services.tsx';
import styles from '../../shell/front.module.css';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { PasswordStep } from '../account/password-step.tsx';

/** Going on without the old conversations: only on purpose, and with a word that they are kept. */
export function StartOver({ onBack, onDone }: { onBack: () => void; onDone: (code: string) => void }) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.openHistory;
  const [isAccepted, setAccepted] = useState(false);
  const [error, setError] = useState<FieldError>(null);
  const request = useRequest();
  return (
    <div className={styles.form}>
      <PasswordStep
        block
        request={request}
        submit={texts.startOver}
        submitting={texts.startingOver}
        onSubmit={({ password }) => {
          setError(isAccepted ? null : texts.acceptMissing);
          if (!isAccepted) return;
          void request
            .run(() => api.security.startOver(password))
            .then((result) => {
              if (result?.ok) onDone(result.value);
            });
        }}
      >
        <CheckField label={texts.accept} checked={isAccepted} onChecked={setAccepted} error={error} />
      </PasswordStep>
      <Button look="quiet" onClick={onBack}>
        {texts.backToCode}
      </Button>
    </div>
  );
}
