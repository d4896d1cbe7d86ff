import { type RefObject, useState } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import type { FieldError } from '../../forms/validation.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { HandOver } from './hand-over.tsx';
import {
  newTemporaryPassword,
  TemporaryPasswordFields,
  temporaryPasswordError,
} from './temporary-password.tsx';

/** Sets a new password for a person, then shows what to hand over. */
export function ResetPasswordDialog(props: {
  user: User;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const { user, onClose } = props;
  const { api } = useServices();
  const { t } = useFullI18n();
  const [password, setPassword] = useState(newTemporaryPassword);
  const [error, setError] = useState<FieldError>(null);
  const [isAccepted, setAccepted] = useState(false);
  const [acceptError, setAcceptError] = useState<FieldError>(null);
  const isSealed = user.protection === 'sealed';
  // What was sent, not what the form shows by then: a new one may be generated while the answer is awaited.
  const [set, setSet] = useState<string | null>(null);
  const request = useRequest();

  const submit = () => {
    const found = temporaryPasswordError(password, t);
    const missing = isSealed && !isAccepted ? t.security.admin.resetMissing : null;
    setError(found);
    setAcceptError(missing);
    if (found !== null || missing !== null) return false;
    void request
      .run(() =>
        api.updateUser(user.id, { password: password.value, ...(isSealed && { accept_loss: true }) }),
      )
      .then((result) => {
        if (result?.ok) setSet(password.value);
      });
    return true;
  };

  if (set !== null) {
    return (
      <Dialog
        key="done"
        title={t.users.resetDialog.doneTitle}
        onClose={onClose}
        returnFocusTo={props.returnFocusTo}
      >
        <HandOver email={user.email} password={set} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      key="form"
      title={t.users.resetDialog.title}
      onClose={onClose}
      locked={request.busy}
      returnFocusTo={props.returnFocusTo}
    >
      <Form onSubmit={submit}>
        <DialogBody>
          {isSealed ? (
            <Banner tone="warning">{t.security.admin.resetWarning(user.email)}</Banner>
          ) : (
            <p>
              {user.role === 'guest'
                ? t.people.resetOfGuest(user.email)
                : t.users.resetDialog.lead(user.email)}
            </p>
          )}
          <FailureBanner failure={request.failure} />
          <TemporaryPasswordFields password={password} onPassword={setPassword} error={error} />
          {isSealed && (
            <CheckField
              label={t.security.admin.resetAccept}
              checked={isAccepted}
              onChecked={setAccepted}
              error={acceptError}
            />
          )}
        </DialogBody>
        <DialogActions>
          {!request.busy && <Button onClick={onClose}>{t.common.cancel}</Button>}
          <Button type="submit" look="primary" busy={request.busy}>
            {request.busy ? t.users.resetDialog.submitting : t.users.resetDialog.submit}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
