import { useState } from 'react';
import type { Security, ShownRecoveryCode } from '../../../../../src-shared/api/index.ts';
import { refusedWith } from '../../../api/failure.ts';
import { Form } from '../../../forms/form.tsx';
import { useRequest } from '../../../forms/use-request.ts';
import type { FieldError } from '../../../forms/validation.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { TextField } from '../../../ui/field.tsx';
import styles from '../account.module.css';
import { CodeSheet } from '../codes/code-sheet.tsx';
import { PasswordStep } from '../password-step.tsx';

export interface RecoveryCodeWizardProps {
  readonly email: string;
  /** `seal`: the account becomes sealed with it. `replace`: it takes the place of another code. */
  readonly purpose: 'seal' | 'replace';
  /** Without it there is no way back. */
  readonly onCancel?: () => void;
  readonly onDone: (security: Security) => void;
}

/**
 * From the password to a recovery code that counts: it is shown once, and nothing changes before a part of it was typed
 * back.
 */
export function RecoveryCodeWizard({ email, purpose, onCancel, onDone }: RecoveryCodeWizardProps) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security;
  const asking = useRequest();
  const [shown, setShown] = useState<ShownRecoveryCode | null>(null);

  if (shown !== null) {
    return (
      <Confirm
        email={email}
        purpose={purpose}
        shown={shown}
        onExpired={() => setShown(null)}
        onCancel={onCancel}
        onDone={onDone}
      />
    );
  }
  return (
    <PasswordStep
      request={asking}
      submit={texts.recoveryCode.show}
      submitting={t.common.loading}
      onCancel={onCancel}
      onSubmit={({ password }) =>
        void asking
          .run(() => api.security.showRecoveryCode(password))
          .then((result) => {
            if (result?.ok) setShown(result.value);
          })
      }
    >
      {purpose === 'seal' ? (
        <Banner tone="warning">
          <strong>{texts.sealing.beforeTitle}</strong>
          <ul className={styles.points}>
            {texts.sealing.before.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </Banner>
      ) : (
        <p>{texts.recoveryCode.replaceLead}</p>
      )}
    </PasswordStep>
  );
}

function Confirm(props: {
  email: string;
  purpose: RecoveryCodeWizardProps['purpose'];
  shown: ShownRecoveryCode;
  onExpired: () => void;
  onCancel: RecoveryCodeWizardProps['onCancel'];
  onDone: (security: Security) => void;
}) {
  const { shown } = props;
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.recoveryCode;
  const request = useRequest();
  const [group, setGroup] = useState('');
  const [error, setError] = useState<FieldError>(null);
  const isExpired = request.failure !== null && refusedWith(request.failure, 'recovery_code_expired');
  const submitText = props.purpose === 'seal' ? t.security.sealing.confirm : t.common.save;

  const submit = () => {
    const found = group.trim() === '' ? texts.missing : null;
    setError(found);
    if (found !== null) return false;
    void request
      .run(() => api.security.seal(group))
      .then((result) => {
        if (result?.ok) props.onDone(result.value);
      });
    return true;
  };

  return (
    <>
      <CodeSheet
        title={texts.title}
        lead={`${texts.paper} ${t.security.codes.once}`}
        codes={[shown.code]}
        email={props.email}
        fileName="foyer-recovery-code"
      />
      <Form className={styles.form} onSubmit={submit}>
        <FailureBanner failure={request.failure} />
        <TextField
          label={texts.checkTitle(String(shown.group))}
          hint={texts.checkHint(texts.ordinal[shown.group - 1] ?? String(shown.group))}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={12}
          value={group}
          onValue={setGroup}
          error={error}
        />
        <div className={styles.buttons}>
          {isExpired ? (
            <Button look="primary" onClick={props.onExpired}>
              {t.common.tryAgain}
            </Button>
          ) : (
            <Button type="submit" look="primary" icon="lock" busy={request.busy}>
              {request.busy ? t.security.sealing.confirming : submitText}
            </Button>
          )}
          {props.onCancel !== undefined && !request.busy && (
            <Button onClick={props.onCancel}>{t.common.cancel}</Button>
          )}
        </div>
      </Form>
    </>
  );
}
