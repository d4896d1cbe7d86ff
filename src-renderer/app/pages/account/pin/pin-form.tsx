import { useState } from 'react';
import { type OwnLocking, pinProblem } from '../../../../../src-shared/api/index.ts';
import { Form } from '../../../forms/form.tsx';
import { useRequest } from '../../../forms/use-request.ts';
import { type FieldError, presentPasswordError } from '../../../forms/validation.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { PasswordField } from '../../../ui/password-field.tsx';
import { CheckField } from '../../locking/check-field.tsx';
import styles from '../account.module.css';

/** A new PIN, with the password of whoever sets it. */
export function PinForm(props: {
  shownHere: boolean;
  onDone: (locking: OwnLocking) => void;
  onCancel: () => void;
}) {
  const { api } = useServices();
  const { t } = useI18n();
  const words = t.locking.section;
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [shownHere, setShownHere] = useState(props.shownHere);
  const [errors, setErrors] = useState<{ password: FieldError; pin: FieldError }>({
    password: null,
    pin: null,
  });
  const request = useRequest();

  const submit = () => {
    const problem = pinProblem(pin);
    const found = {
      password: presentPasswordError(password, t),
      pin: problem === null ? null : t.locking.pinProblems[problem],
    };
    setErrors(found);
    if (found.password !== null || found.pin !== null) return false;
    void request
      .run(() => api.setPin({ password, pin, shown_here: shownHere }))
      .then((result) => result?.ok && props.onDone(result.value));
    return true;
  };

  return (
    <Form className={styles.form} onSubmit={submit}>
      <FailureBanner failure={request.failure} />
      <PasswordField
        label={t.fields.currentPassword}
        autoComplete="current-password"
        autoFocus
        value={password}
        onValue={setPassword}
        error={errors.password}
      />
      <PasswordField
        label={words.newPin}
        autoComplete="off"
        inputMode="numeric"
        value={pin}
        onValue={setPin}
        hint={words.pinHint}
        error={errors.pin}
      />
      <CheckField
        label={t.locking.showHere}
        hint={t.locking.showHereHint}
        checked={shownHere}
        onChecked={setShownHere}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" busy={request.busy}>
          {request.busy ? t.common.saving : words.set}
        </Button>
        <Button onClick={props.onCancel}>{t.common.cancel}</Button>
      </div>
    </Form>
  );
}
