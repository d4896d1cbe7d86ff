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
import { enter } from './enter.ts';
import { RecoverForm } from './recover-form.tsx';
import { SecondStep } from './second-step.tsx';
import { clock, useCountdown } from './use-countdown.ts';

/**
 * Signing in, with a second factor where one is set up, and the way back in with a recovery code.
 *
 * @param props.ended true when the person was signed out by the server and should be told
 */
export function LoginPage({ ended }: { ended: boolean }) {
  const [step, setStep] = useState<Step>({ kind: 'password', notice: null });
  const toPassword = (notice: string | null) => setStep({ kind: 'password', notice });
  switch (step.kind) {
    case 'password':
      return <PasswordForm ended={ended} notice={step.notice} onStep={setStep} />;
    case 'second-factor':
      return <SecondStep challenge={step.challenge} onBack={() => toPassword(null)} onGone={toPassword} />;
    case 'recovery':
      return <RecoverForm onBack={toPassword} />;
    default:
      return step satisfies never;
  }
}

/** `notice`: what has just happened, and leads on here. */
type Step =
  | { readonly kind: 'password'; readonly notice: string | null }
  | { readonly kind: 'second-factor'; readonly challenge: string }
  | { readonly kind: 'recovery' };

function PasswordForm(props: { ended: boolean; notice: string | null; onStep: (step: Step) => void }) {
  const { ended, notice, onStep } = props;
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
        if (result?.ok) enter(session, api, result.value);
        else if (result?.failure.kind === 'refused') {
          const { challenge, retryAfter } = result.failure;
          if (challenge === undefined) wait.start(retryAfter ?? 0);
          else onStep({ kind: 'second-factor', challenge });
        }
      });
    return true;
  };

  return (
    <Front title={t.login.title} lead={t.login.lead}>
      <Form className={styles.form} onSubmit={submit}>
        {notice !== null && request.failure === null && (
          <Banner tone="info" role="status">
            {notice}
          </Banner>
        )}
        {ended && notice === null && request.failure === null && (
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
        <Button look="quiet" icon="key" onClick={() => onStep({ kind: 'recovery' })}>
          {t.security.signIn.recover}
        </Button>
      </Form>
    </Front>
  );
}
