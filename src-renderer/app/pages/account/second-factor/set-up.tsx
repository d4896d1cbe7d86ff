import { useState } from 'react';
import type { NewSecondFactor } from '../../../../../src-shared/api/index.ts';
import { Form } from '../../../forms/form.tsx';
import { useRequest } from '../../../forms/use-request.ts';
import type { FieldError } from '../../../forms/validation.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyField } from '../../../ui/copy-field.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { TextField } from '../../../ui/field.tsx';
import accountStyles from '../account.module.css';
import { PasswordStep } from '../password-step.tsx';
import { QrCode } from './qr-code.tsx';
import styles from './second-factor.module.css';

/** From the password over the secret to a first code, which turns the second factor on. */
export function SetUp({ onCancel, onDone }: { onCancel: () => void; onDone: (codes: string[]) => void }) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.factor;
  const asking = useRequest();
  const [begun, setBegun] = useState<NewSecondFactor | null>(null);
  if (begun !== null) return <FirstCode begun={begun} onCancel={onCancel} onDone={onDone} />;
  return (
    <PasswordStep
      request={asking}
      submit={texts.start}
      submitting={t.common.loading}
      onCancel={onCancel}
      onSubmit={({ password }) =>
        void asking
          .run(() => api.security.beginSecondFactor(password))
          .then((result) => {
            if (result?.ok) setBegun(result.value);
          })
      }
    />
  );
}

function FirstCode(props: {
  begun: NewSecondFactor;
  onCancel: () => void;
  onDone: (codes: string[]) => void;
}) {
  const { begun } = props;
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.factor;
  const request = useRequest();
  const [code, setCode] = useState('');
  const [error, setError] = useState<FieldError>(null);

  const submit = () => {
    const found = code.trim() === '' ? texts.codeMissing : null;
    setError(found);
    if (found !== null) return false;
    void request
      .run(() => api.security.confirmSecondFactor(code))
      .then((result) => {
        if (result?.ok) props.onDone(result.value);
      });
    return true;
  };

  return (
    <div className={styles.setUp}>
      <h3>{texts.scanTitle}</h3>
      <div className={styles.scan}>
        <QrCode text={begun.uri} label={texts.qr} />
        <p>{texts.scan}</p>
      </div>
      <CopyField label={texts.secret} value={begun.secret} shown={inGroups(begun.secret)} />
      <Form className={accountStyles.form} onSubmit={submit}>
        <FailureBanner failure={request.failure} />
        <TextField
          label={texts.code}
          hint={texts.codeHint}
          autoFocus
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          value={code}
          onValue={setCode}
          error={error}
        />
        <div className={accountStyles.buttons}>
          <Button type="submit" look="primary" busy={request.busy}>
            {request.busy ? texts.confirming : texts.confirm}
          </Button>
          {!request.busy && <Button onClick={props.onCancel}>{t.common.cancel}</Button>}
        </div>
      </Form>
    </div>
  );
}

/** As it is read from the screen and typed: four characters at a time. Copied without the spaces. */
function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}
