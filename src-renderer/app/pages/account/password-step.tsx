import { type ReactNode, useState } from 'react';
import { Form } from '../../forms/form.tsx';
import type { RequestState } from '../../forms/use-request.ts';
import { type FieldError, presentPasswordError } from '../../forms/validation.ts';
import { useI18n } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import styles from './account.module.css';

export interface PasswordStepProps {
  readonly request: RequestState;
  readonly submit: string;
  readonly submitting: string;
  /** What this leads to. */
  readonly children?: ReactNode;
  /** Asks for a code beside the password. */
  readonly code?: { readonly label: string; readonly hint: string };
  /** On a page of its own: the button fills the width. */
  readonly block?: boolean;
  /** Without it there is no way back. */
  readonly onCancel?: (() => void) | undefined;
  readonly onSubmit: (typed: { readonly password: string; readonly code: string }) => void;
}

/** Asks for the password once more, and for a code where that is needed, before what could do harm. */
export function PasswordStep(props: PasswordStepProps) {
  const { request, code: codeField } = props;
  const { t } = useI18n();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [errors, setErrors] = useState<{ password: FieldError; code: FieldError }>({
    password: null,
    code: null,
  });

  const submit = () => {
    const found = {
      password: presentPasswordError(password, t),
      code: codeField !== undefined && code.trim() === '' ? t.security.factor.codeMissing : null,
    };
    setErrors(found);
    if (found.password !== null || found.code !== null) return false;
    props.onSubmit({ password, code });
    return true;
  };

  return (
    <Form className={styles.form} onSubmit={submit}>
      {props.children}
      <FailureBanner failure={request.failure} />
      <PasswordField
        label={t.fields.currentPassword}
        autoComplete="current-password"
        autoFocus
        value={password}
        onValue={setPassword}
        error={errors.password}
      />
      {codeField !== undefined && (
        <TextField
          label={codeField.label}
          hint={codeField.hint}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          value={code}
          onValue={setCode}
          error={errors.code}
        />
      )}
      <div className={styles.buttons}>
        <Button type="submit" look="primary" block={props.block === true} busy={request.busy}>
          {request.busy ? props.submitting : props.submit}
        </Button>
        {props.onCancel !== undefined && !request.busy && (
          <Button onClick={props.onCancel}>{t.common.cancel}</Button>
        )}
      </div>
    </Form>
  );
}
