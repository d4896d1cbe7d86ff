import { useState } from 'react';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { emailError, type FieldError, newPasswordError } from '../../forms/validation.ts';
import { useI18n, useServices } from '../../services.tsx';
import styles from '../../shell/front.module.css';
import { Front } from '../../shell/front.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { CodeSheet } from '../account/codes/code-sheet.tsx';
import { clock, useCountdown } from './use-countdown.ts';

/**
 * A new password for a sealed account, with its recovery code.
 *
 * @param props.onBack to the sign-in, with what has happened
 */
export function RecoverForm({ onBack }: { onBack: (notice: string | null) => void }) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.signIn;
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<{ email: FieldError; code: FieldError; password: FieldError }>({
    email: null,
    code: null,
    password: null,
  });
  const [given, setGiven] = useState<string | null>(null);
  const request = useRequest();
  const wait = useCountdown();

  const submit = () => {
    if (wait.left > 0) return true;
    const found = {
      email: emailError(email, t),
      code: code.trim() === '' ? t.security.recoveryCode.incomplete : null,
      password: newPasswordError(password, t),
    };
    setErrors(found);
    if (Object.values(found).some((error) => error !== null)) return false;
    void request
      .run(() => api.security.recover({ email, code, new_password: password }))
      .then((result) => {
        if (result?.ok) setGiven(result.value);
        else if (result?.failure.kind === 'refused') wait.start(result.failure.retryAfter ?? 0);
      });
    return true;
  };

  if (given !== null) {
    return (
      <Front
        key="given"
        title={t.security.recoveryCode.newOne}
        lead={t.security.recoveryCode.newOneLead}
        focusHeading
      >
        <CodeSheet
          title={t.security.recoveryCode.title}
          lead={`${t.security.recoveryCode.paper} ${t.security.codes.once}`}
          codes={[given]}
          email={email.trim()}
          fileName="foyer-recovery-code"
        />
        <Button look="primary" block onClick={() => onBack(texts.recovered)}>
          {texts.toSignIn}
        </Button>
      </Front>
    );
  }
  return (
    <Front key="asked" title={texts.recoverTitle} lead={texts.recoverLead}>
      <Form className={styles.form} onSubmit={submit}>
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
        <TextField
          label={t.security.recoveryCode.label}
          hint={t.security.recoveryCode.fieldHint}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={code}
          onValue={setCode}
          error={errors.code}
        />
        <PasswordField
          label={t.fields.newPassword}
          autoComplete="new-password"
          value={password}
          onValue={setPassword}
          hint={t.fields.passwordHint}
          error={errors.password}
        />
        <Button type="submit" look="primary" block busy={request.busy || wait.left > 0}>
          {request.busy
            ? texts.recovering
            : wait.left > 0
              ? t.login.tryAgainIn(clock(wait.left))
              : texts.recoverSubmit}
        </Button>
        <Button look="quiet" onClick={() => onBack(null)}>
          {texts.back}
        </Button>
      </Form>
    </Front>
  );
}
