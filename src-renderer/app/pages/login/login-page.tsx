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
import { Loading } from '../../ui/page-states.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { CheckField } from '../locking/check-field.tsx';
import { useDevicePeople } from '../locking/use-device-people.ts';
import { WhoIsThere } from '../locking/who-is-there.tsx';
import { clock, useCountdown } from './use-countdown.ts';

/**
 * Signing in: the people whom this browser or window knows, or address and password.
 *
 * @param props.ended true when the person was signed out by the server and should be told
 * @param props.onBack leads back to the session that is locked here, if there is one
 */
export function LoginPage({ ended, onBack }: { ended: boolean; onBack?: () => void }) {
  const { t } = useI18n();
  const device = useDevicePeople();
  const [someoneElse, setSomeoneElse] = useState(false);
  const people = device.people ?? [];

  if (people.length > 0 && !someoneElse) {
    const notice = ended && (
      <Banner tone="warning" role="status">
        {t.errors.signedOut}
      </Banner>
    );
    return (
      <WhoIsThere
        device={device}
        people={people}
        onBack={onBack ?? null}
        notice={notice}
        onSomeoneElse={() => setSomeoneElse(true)}
      />
    );
  }
  if (device.people === null) return <Loading />;
  return (
    <SignInForm
      ended={ended}
      onPeople={people.length > 0 ? () => setSomeoneElse(false) : null}
      onBack={onBack ?? null}
    />
  );
}

function SignInForm(props: { ended: boolean; onPeople: (() => void) | null; onBack: (() => void) | null }) {
  const { ended, onPeople, onBack } = props;
  const { api, session } = useServices();
  const { t } = useI18n();
  const [show, setShow] = useState(false);
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
      .run(() => api.signIn({ email, password }, show))
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
        <CheckField
          label={t.locking.showHere}
          hint={t.locking.showHereHint}
          checked={show}
          onChecked={setShow}
        />
        <Button type="submit" look="primary" block busy={request.busy || wait.left > 0}>
          {request.busy
            ? t.login.submitting
            : wait.left > 0
              ? t.login.tryAgainIn(clock(wait.left))
              : t.login.submit}
        </Button>
        <p className={styles.small}>{t.login.forgotten}</p>
        {onPeople !== null && (
          <Button look="quiet" block icon="people" onClick={onPeople}>
            {t.locking.back}
          </Button>
        )}
        {onBack !== null && (
          <Button look="quiet" block icon="lock" onClick={onBack}>
            {t.locking.backToLocked}
          </Button>
        )}
      </Form>
    </Front>
  );
}
