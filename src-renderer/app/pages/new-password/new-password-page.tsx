import { useState } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { type FieldError, newPasswordError, presentPasswordError } from '../../forms/validation.ts';
import { useI18n, useServices } from '../../services.tsx';
import styles from '../../shell/front.module.css';
import { Front } from '../../shell/front.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { PasswordField } from '../../ui/password-field.tsx';

/** The only page of somebody whose password was given by an administrator: choosing an own one, or going. */
export function NewPasswordPage({ user }: { user: User }) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const texts = t.people.newPassword;
  const [given, setGiven] = useState('');
  const [next, setNext] = useState('');
  const [errors, setErrors] = useState<{ given: FieldError; next: FieldError }>({ given: null, next: null });
  const request = useRequest();

  const submit = () => {
    const sameAgain = next !== '' && next === given ? t.errors.codes.password_unchanged : null;
    const found = { given: presentPasswordError(given, t), next: newPasswordError(next, t) ?? sameAgain };
    setErrors(found);
    if (found.given !== null || found.next !== null) return false;
    void request
      .run(() => api.changeOwnPassword(given, next))
      .then((result) => {
        if (result?.ok) session.changed({ ...user, password_is_temporary: false });
      });
    return true;
  };

  const signOut = async () => {
    const result = await api.signOut();
    // Without an answer the cookie may still be good.
    if (!result.ok && result.failure.kind !== 'refused') await session.open(api);
    else session.signedOut();
  };

  return (
    <Front title={texts.title} lead={texts.lead(user.email)}>
      <Form className={styles.form} onSubmit={submit}>
        <FailureBanner failure={request.failure} />
        {/* Password managers keep the new password under this name. */}
        <input type="text" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordField
          label={texts.given}
          autoComplete="current-password"
          autoFocus
          value={given}
          onValue={setGiven}
          error={errors.given}
        />
        <PasswordField
          label={t.fields.newPassword}
          autoComplete="new-password"
          value={next}
          onValue={setNext}
          hint={t.fields.passwordHint}
          error={errors.next}
        />
        <Button type="submit" look="primary" block busy={request.busy}>
          {request.busy ? texts.submitting : texts.submit}
        </Button>
        <Button look="quiet" icon="sign-out" onClick={() => void signOut()}>
          {texts.signOut}
        </Button>
      </Form>
    </Front>
  );
}
