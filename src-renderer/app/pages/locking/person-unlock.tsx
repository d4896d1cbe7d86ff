import { useState } from 'react';
import type { PersonTile } from '../../../../src-shared/api/index.ts';
import { refusedWith } from '../../api/failure.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { type FieldError, presentPasswordError } from '../../forms/validation.ts';
import { useI18n, useServices } from '../../services.tsx';
import styles from '../../shell/front.module.css';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { enter } from '../login/enter.ts';
import { SecondStepForm } from '../login/second-step.tsx';
import { clock, useCountdown } from '../login/use-countdown.ts';
import { Avatar } from './avatar.tsx';
import own from './locking.module.css';
import { PinPad } from './pin-pad.tsx';

/** One person comes back: by PIN where there is one, by password always. */
export function PersonUnlock(props: {
  person: PersonTile;
  /** How it stands with the person now; null when nobody can say. */
  refresh: () => Promise<PersonTile | null>;
}) {
  const { person } = props;
  const { t } = useI18n();
  const [tries, setTries] = useState(person.pin_tries);
  const [chosen, setChosen] = useState<'pin' | 'password' | null>(null);
  const by = chosen ?? (tries === null ? 'password' : 'pin');
  const [isGone, setGone] = useState(false);

  const wrong = async () => {
    const current = await props.refresh();
    if (current !== null) setTries(current.pin_tries);
    return current?.pin_tries ?? null;
  };
  const gone = () => {
    setTries(null);
    setGone(true);
    setChosen('password');
  };

  return (
    <div className={own.unlock}>
      <div className={own.owner}>
        <Avatar person={person} large />
        <strong>{person.name}</strong>
      </div>
      {isGone && (
        <Banner tone="warning" role="alert">
          {t.locking.codes.pin_gone}
        </Banner>
      )}
      {by === 'pin' ? (
        <ByPin person={person} onWrong={wrong} onGone={gone} />
      ) : (
        <ByPassword person={person} />
      )}
      {tries !== null && (
        <Button look="quiet" block onClick={() => setChosen(by === 'pin' ? 'password' : 'pin')}>
          {by === 'pin' ? t.locking.usePassword : t.locking.usePin}
        </Button>
      )}
    </div>
  );
}

function ByPin(props: { person: PersonTile; onWrong: () => Promise<number | null>; onGone: () => void }) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const [pin, setPin] = useState('');
  const [error, setError] = useState<FieldError>(null);
  const request = useRequest();
  const known = request.failure !== null && refusedWith(request.failure, 'wrong_pin');

  const submit = () => {
    if (pin === '') {
      setError(t.locking.pinMissing);
      return false;
    }
    setError(null);
    void request
      .run(() => api.signInWithPin(props.person.id, pin))
      .then(async (result) => {
        if (result === null) return;
        if (result.ok) {
          session.signedIn(result.value);
          return;
        }
        setPin('');
        if (refusedWith(result.failure, 'pin_gone')) props.onGone();
        else if (refusedWith(result.failure, 'wrong_pin')) {
          const tries = await props.onWrong();
          setError(tries === null ? t.locking.codes.wrong_pin : t.locking.wrongPin(tries));
        }
      });
    return true;
  };

  return (
    <Form className={styles.form} onSubmit={submit}>
      <FailureBanner failure={known ? null : request.failure} />
      <PinPad label={t.locking.pin} value={pin} onValue={setPin} error={error} />
      <p className="visually-hidden" role="alert">
        {error}
      </p>
      <Button type="submit" look="primary" block busy={request.busy}>
        {request.busy ? t.locking.opening : t.locking.open}
      </Button>
    </Form>
  );
}

function ByPassword({ person }: { person: PersonTile }) {
  const { t } = useI18n();
  const [step, setStep] = useState<UnlockStep>({ kind: 'password', notice: null });
  if (step.kind === 'password') {
    return (
      <PasswordEntry
        person={person}
        notice={step.notice}
        onChallenge={(challenge) => setStep({ kind: 'second-factor', challenge })}
      />
    );
  }
  const toPassword = (notice: string | null) => setStep({ kind: 'password', notice });
  return (
    <>
      <p>{t.security.signIn.secondLead}</p>
      <SecondStepForm
        challenge={step.challenge}
        show={false}
        onBack={() => toPassword(null)}
        onGone={toPassword}
      />
    </>
  );
}

/** `notice`: what has just happened, and leads on here. */
type UnlockStep =
  | { readonly kind: 'password'; readonly notice: string | null }
  | { readonly kind: 'second-factor'; readonly challenge: string };

function PasswordEntry(props: {
  person: PersonTile;
  notice: string | null;
  onChallenge: (challenge: string) => void;
}) {
  const { person, notice, onChallenge } = props;
  const { api, session } = useServices();
  const { t } = useI18n();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<FieldError>(null);
  const request = useRequest();
  const wait = useCountdown();
  const isWrong = request.failure !== null && refusedWith(request.failure, 'invalid_credentials');

  const submit = () => {
    if (wait.left > 0) return true;
    const found = presentPasswordError(password, t);
    setError(found);
    if (found !== null) return false;
    void request
      .run(() => api.signInAs(person.id, password))
      .then((result) => {
        if (result?.ok) enter(session, api, result.value);
        else if (result?.failure.kind === 'refused') {
          const { challenge, retryAfter } = result.failure;
          if (challenge === undefined) wait.start(retryAfter ?? 0);
          else onChallenge(challenge);
        }
      });
    return true;
  };

  return (
    <Form className={styles.form} onSubmit={submit}>
      {notice !== null && request.failure === null && (
        <Banner tone="info" role="status">
          {notice}
        </Banner>
      )}
      {isWrong ? (
        <Banner tone="danger" role="alert">
          {t.locking.wrongPassword}
        </Banner>
      ) : (
        <FailureBanner failure={request.failure} />
      )}
      <PasswordField
        label={t.fields.password}
        autoComplete="current-password"
        autoFocus
        value={password}
        onValue={setPassword}
        error={error}
      />
      <Button type="submit" look="primary" block busy={request.busy || wait.left > 0}>
        {request.busy
          ? t.locking.opening
          : wait.left > 0
            ? t.login.tryAgainIn(clock(wait.left))
            : t.locking.open}
      </Button>
    </Form>
  );
}
