import { useState } from 'react';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { emailError, type FieldError, presentPasswordError } from '../../forms/validation.ts';
import { useI18n, useServices } from '../../services.tsx';
import styles from '../../shell/front.module.css';
import { Front } from '../../shell/front.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { clock, useCountdown } from './use-countdown.ts';

/**
 * Signing in.
 *
 * @param props.ended true when the person was signed out by the server and should be told
 */
export function LoginPage({ ended }: { ended: boolean }) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<{ email: FieldError; password: FieldError }>({
    email: null,
    password: null,
  });
  const request = useRequest();
  const wait = useCountdown();

  const submit = () => {
    if (wait.left > 0) return true;
    const found = { email: emailError(email, t), password: presentPasswordError(password, t) };
    setErrors(found);
    if (found.email !== null || found.password !== null) return false;
    void request
      .run(() => api.signIn({ email, password }))
      .then((result) => {
        if (result?.ok) session.signedIn(result.value);
        else if (result?.failure.kind === 'refused') wait.start(result.failure.retryAfter ?? 0);
      });
    return true;
  };

  return (
    <Front title={t.login.title} lead={t.login.lead}>
      <Form className={styles.form} onSubmit={submit}>
        {ended && request.failure === null && (
          <Banner tone="warning" role="status">
            {t.errors.signedOut}
          </Banner>
        )}
        <FailureBanner failure={request.failure} />
        <TextField
          label={t.fields.email}
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={email}
          onValue={setEmail}
          error={errors.email}
        />
        <PasswordField
          label={t.fields.password}
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={errors.password}
        />
        <Button type="submit" look="primary" block busy={request.busy || wait.left > 0}>
          {request.busy
            ? t.login.submitting
            : wait.left > 0
              ? t.login.tryAgainIn(clock(wait.left))
              : t.login.submit}
        </Button>
        <p className={styles.small}>{t.login.forgotten}</p>
      </Form>
    </Front>
  );
}
