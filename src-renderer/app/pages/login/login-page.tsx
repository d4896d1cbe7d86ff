import { useRef, useState } from 'react';
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
import { enter } from './enter.ts';
import { RecoverForm } from './recover-form.tsx';
import { SecondStep } from './second-step.tsx';
import { clock, useCountdown } from './use-countdown.ts';
import { useQuietFocus } from './use-quiet-focus.ts';

/**
 * Signing in: the people whom this browser or window knows, or address and password, with a second factor where one is
 * set up, and the way back in with a recovery code.
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
    <SignInSteps
      ended={ended}
      onPeople={people.length > 0 ? () => setSomeoneElse(false) : null}
      onBack={onBack ?? null}
    />
  );
}

/** `notice`: what has just happened, and leads on here. `show`: as with {@link SecondStep}. */
type Step =
  | { readonly kind: 'password'; readonly notice: string | null }
  | { readonly kind: 'second-factor'; readonly challenge: string; readonly show: boolean }
  | { readonly kind: 'recovery' };

/** Ways from here to where else one can come in; null where there is none. */
interface OtherWays {
  readonly onPeople: (() => void) | null;
  readonly onBack: (() => void) | null;
}

function SignInSteps({ ended, ...ways }: OtherWays & { ended: boolean }) {
  const [step, setStep] = useState<Step>({ kind: 'password', notice: null });
  const toPassword = (notice: string | null) => setStep({ kind: 'password', notice });
  switch (step.kind) {
    case 'password':
      return <PasswordForm {...ways} ended={ended} notice={step.notice} onStep={setStep} />;
    case 'second-factor': {
      const { challenge, show } = step;
      return (
        <SecondStep challenge={challenge} show={show} onBack={() => toPassword(null)} onGone={toPassword} />
      );
    }
    case 'recovery':
      return <RecoverForm onBack={toPassword} />;
    default:
      return step satisfies never;
  }
}

function PasswordForm(
  props: OtherWays & { ended: boolean; notice: string | null; onStep: (step: Step) => void },
) {
  const { ended, notice, onStep, onPeople, onBack } = props;
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
  const address = useRef<HTMLInputElement>(null);
  useQuietFocus(address, ended);

  const submit = () => {
    if (wait.left > 0) return true;
    const found = { email: emailError(email, t), password: presentPasswordError(password, t) };
    setErrors(found);
    if (found.email !== null || found.password !== null) return false;
    void request
      .run(() => api.signIn({ email, password }, show))
      .then((result) => {
        if (result?.ok) enter(session, api, result.value);
        else if (result?.failure.kind === 'refused') {
          const { challenge, retryAfter } = result.failure;
          if (challenge === undefined) wait.start(retryAfter ?? 0);
          else onStep({ kind: 'second-factor', challenge, show });
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
          ref={address}
          autoFocus={!ended}
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
        <Button look="quiet" icon="key" onClick={() => onStep({ kind: 'recovery' })}>
          {t.security.signIn.recover}
        </Button>
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
