import { useState } from 'react';
import type { Role } from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { emailError, type FieldError } from '../../forms/validation.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { HandOver } from './hand-over.tsx';
import { RoleChoice } from './role-choice.tsx';
import {
  newTemporaryPassword,
  TemporaryPasswordFields,
  temporaryPasswordError,
} from './temporary-password.tsx';

/** Adds a person, then shows what to hand over. @param props.onCreated the list should be loaded anew */
export function CreateUserDialog({ onClose, onCreated }: { onClose: () => void; onCreated: () => void }) {
  const { api } = useServices();
  const { t } = useFullI18n();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState(newTemporaryPassword);
  const [role, setRole] = useState<Role>('user');
  const [errors, setErrors] = useState<{ email: FieldError; password: FieldError }>({
    email: null,
    password: null,
  });
  const [created, setCreated] = useState<{ email: string; password: string } | null>(null);
  const request = useRequest();

  const submit = () => {
    const found = { email: emailError(email, t), password: temporaryPasswordError(password, t) };
    setErrors(found);
    if (found.email !== null || found.password !== null) return false;
    void request
      .run(() => api.createUser({ email, password: password.value }, role))
      .then((result) => {
        if (!result?.ok) return;
        setCreated({ email: result.value.email, password: password.value });
        onCreated();
      });
    return true;
  };

  if (created !== null) {
    return (
      <Dialog key="done" title={t.users.create.doneTitle} onClose={onClose}>
        <HandOver email={created.email} password={created.password} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog key="form" title={t.users.create.title} onClose={onClose} locked={request.busy}>
      <Form onSubmit={submit}>
        <DialogBody>
          <FailureBanner failure={request.failure} />
          <TextField
            label={t.fields.email}
            type="email"
            name="new-email"
            autoComplete="off"
            data-autofocus
            value={email}
            onValue={setEmail}
            error={errors.email}
          />
          <RoleChoice legend={t.users.create.role} role={role} onRole={setRole} />
          <TemporaryPasswordFields password={password} onPassword={setPassword} error={errors.password} />
        </DialogBody>
        <DialogActions>
          {!request.busy && <Button onClick={onClose}>{t.common.cancel}</Button>}
          <Button type="submit" look="primary" busy={request.busy}>
            {request.busy ? t.users.create.submitting : t.users.create.submit}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
