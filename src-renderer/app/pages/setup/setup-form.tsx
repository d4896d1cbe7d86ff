import { useState } from 'react';
import { refusedWith } from '../../api/failure.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { emailError, type FieldError, newPasswordError } from '../../forms/validation.ts';
import { useI18n, useServices } from '../../services.tsx';
import styles from '../../shell/front.module.css';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';

/** Mail address and password of the administrator. @param props.token the one-time token of this start of Foyer */
export function SetupForm({ token }: { token: string }) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<{ email: FieldError; password: FieldError }>({
    email: null,
    password: null,
  });
  const request = useRequest();
  const setUpMeanwhile = request.failure !== null && refusedWith(request.failure, 'setup_done');

  const submit = () => {
    const found = { email: emailError(email, t), password: newPasswordError(password, t) };
    setErrors(found);
    if (found.email !== null || found.password !== null) return false;
    void request
      .run(() => api.setUp(token, { email, password }))
      .then((result) => {
        if (result?.ok) session.signedIn(result.value);
      });
    return true;
  };

  return (
    <Form className={styles.form} onSubmit={submit}>
      <FailureBanner failure={request.failure} />
      {setUpMeanwhile && (
        <Button block onClick={() => session.signedOut()}>
          {t.login.submit}
        </Button>
      )}
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
        autoComplete="new-password"
        value={password}
        onValue={setPassword}
        hint={t.fields.passwordHint}
        error={errors.password}
      />
      <Button type="submit" look="primary" block busy={request.busy}>
        {request.busy ? t.setup.submitting : t.setup.submit}
      </Button>
      <p className={styles.small}>{t.setup.local}</p>
    </Form>
  );
}
