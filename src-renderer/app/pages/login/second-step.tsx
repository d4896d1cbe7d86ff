import { useState } from 'react';
import { refusedWith } from '../../api/failure.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import type { FieldError } from '../../forms/validation.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useI18n, useServices } from '../../services.tsx';
import styles from '../../shell/front.module.css';
import { Front } from '../../shell/front.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { enter } from './enter.ts';
import { clock, useCountdown } from './use-countdown.ts';

export interface SecondStepProps {
  /** What the first step has given. */
  readonly challenge: string;
  /** Whether the person is shown in this browser or window from now on; false leaves that as it is. */
  readonly show: boolean;
  readonly onBack: () => void;
  /** The first step does not count any more; with the reason, for the person. */
  readonly onGone: (reason: string) => void;
}

/** The second step of signing in, as a page of its own. */
export function SecondStep(props: SecondStepProps) {
  const { t } = useI18n();
  const texts = t.security.signIn;
  return (
    <Front title={texts.secondTitle} lead={texts.secondLead}>
      <SecondStepForm {...props} />
    </Front>
  );
}

/** The second step of signing in, for pages that say themselves what it is about. */
export function SecondStepForm(props: SecondStepProps) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const texts = t.security.signIn;
  const [code, setCode] = useState('');
  const [error, setError] = useState<FieldError>(null);
  const request = useRequest();
  const wait = useCountdown();

  const submit = () => {
    if (wait.left > 0) return true;
    const found = code.trim() === '' ? t.security.factor.codeMissing : null;
    setError(found);
    if (found !== null) return false;
    void request
      .run(() => api.security.answerChallenge(props.challenge, code, props.show))
      .then((result) => {
        if (result?.ok) enter(session, api, result.value);
        else if (result?.failure.kind === 'refused') {
          wait.start(result.failure.retryAfter ?? 0);
          if (refusedWith(result.failure, 'challenge_expired')) props.onGone(failureText(result.failure, t));
        }
      });
    return true;
  };

  return (
    <Form className={styles.form} onSubmit={submit}>
      <FailureBanner failure={request.failure} />
      <TextField
        label={t.security.factor.anyCode}
        hint={t.security.factor.codeHint}
        autoFocus
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        value={code}
        onValue={setCode}
        error={error}
      />
      <Button type="submit" look="primary" block busy={request.busy || wait.left > 0}>
        {request.busy
          ? t.login.submitting
          : wait.left > 0
            ? t.login.tryAgainIn(clock(wait.left))
            : texts.secondSubmit}
      </Button>
      <Button look="quiet" onClick={props.onBack}>
        {texts.back}
      </Button>
    </Form>
  );
}
