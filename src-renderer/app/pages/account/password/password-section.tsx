import { useState } from 'react';
import { Form } from '../../../forms/form.tsx';
import { useRequest } from '../../../forms/use-request.ts';
import { type FieldError, newPasswordError, presentPasswordError } from '../../../forms/validation.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { PasswordField } from '../../../ui/password-field.tsx';
import styles from '../account.module.css';
import { AccountSection } from '../account-section.tsx';

/** Changing the own password: a button, the form once asked for, and a confirmation afterwards. */
export function PasswordSection() {
  const { t } = useI18n();
  const { title, lead } = t.security.password;
  const [stage, setStage] = useState<'closed' | 'open' | 'done'>('closed');
  return (
    <AccountSection title={title} icon="key" lead={lead}>
      {stage === 'done' && (
        <Banner tone="success" role="status">
          {t.preferences.changed}
        </Banner>
      )}
      {stage === 'open' ? (
        <ChangePasswordForm onDone={() => setStage('done')} onCancel={() => setStage('closed')} />
      ) : (
        <Button icon="key" onClick={() => setStage('open')}>
          {t.preferences.changePassword}
        </Button>
      )}
    </AccountSection>
  );
}

function ChangePasswordForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { api } = useServices();
  const { t } = useI18n();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [errors, setErrors] = useState<{ current: FieldError; next: FieldError }>({
    current: null,
    next: null,
  });
  const request = useRequest();

  const submit = () => {
    const found = { current: presentPasswordError(current, t), next: newPasswordError(next, t) };
    setErrors(found);
    if (found.current !== null || found.next !== null) return false;
    void request
      .run(() => api.changeOwnPassword(current, next))
      .then((result) => {
        if (result?.ok) onDone();
      });
    return true;
  };

  return (
    <Form className={styles.form} onSubmit={submit}>
      <FailureBanner failure={request.failure} />
      <PasswordField
        label={t.fields.currentPassword}
        autoComplete="current-password"
        autoFocus
        value={current}
        onValue={setCurrent}
        error={errors.current}
      />
      <PasswordField
        label={t.fields.newPassword}
        autoComplete="new-password"
        value={next}
        onValue={setNext}
        hint={t.fields.passwordHint}
        error={errors.next}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" busy={request.busy}>
          {request.busy ? t.preferences.changing : t.preferences.changePassword}
        </Button>
        <Button onClick={onCancel}>{t.common.cancel}</Button>
      </div>
    </Form>
  );
}
