import { type FieldError, newPasswordError } from '../../forms/validation.ts';
import { useFullI18n } from '../../full-i18n.ts';
import type { FullDictionary } from '../../i18n/full-en.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { generatePassword } from './generate-password.ts';

/** A password for somebody else: a random one, or one that the administrator thought of. */
export interface TemporaryPassword {
  readonly kind: 'generated' | 'typed';
  readonly value: string;
}

/** Starts with a random one. */
export function newTemporaryPassword(): TemporaryPassword {
  return { kind: 'generated', value: generatePassword() };
}

/** Generated ones are always good. */
export function temporaryPasswordError(password: TemporaryPassword, t: FullDictionary): FieldError {
  return password.kind === 'generated' ? null : newPasswordError(password.value, t);
}

/** The choice between both kinds, and the password itself. */
export function TemporaryPasswordFields(props: {
  password: TemporaryPassword;
  onPassword: (password: TemporaryPassword) => void;
  error: FieldError;
}) {
  const { password, onPassword } = props;
  const { t } = useFullI18n();
  return (
    <>
      <Choice
        legend={t.users.password.legend}
        value={password.kind}
        onValue={(kind) =>
          onPassword(kind === 'generated' ? newTemporaryPassword() : { kind: 'typed', value: '' })
        }
        options={[
          { value: 'generated', label: t.users.password.generate },
          { value: 'typed', label: t.users.password.type },
        ]}
      />
      {password.kind === 'generated' ? (
        <CopyField
          label={t.users.password.generated}
          value={password.value}
          hint={
            <Button look="quiet" icon="reload" onClick={() => onPassword(newTemporaryPassword())}>
              {t.users.password.another}
            </Button>
          }
        />
      ) : (
        <PasswordField
          label={t.fields.password}
          autoComplete="new-password"
          value={password.value}
          onValue={(value) => onPassword({ kind: 'typed', value })}
          hint={t.fields.passwordHint}
          error={props.error}
        />
      )}
    </>
  );
}
