import { type ComponentProps, type KeyboardEvent, type ReactNode, useState } from 'react';
import { useI18n } from '../services.tsx';
import { IconButton } from './button.tsx';
import styles from './field.module.css';
import { FieldFrame } from './field.tsx';
import { Icon } from './icon.tsx';

export interface PasswordFieldProps
  extends Pick<ComponentProps<'input'>, 'autoFocus' | 'inputMode' | 'placeholder'> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Tells password managers whether to fill in or to offer a new one. */
  readonly autoComplete: 'current-password' | 'new-password' | 'off';
  readonly hint?: ReactNode;
  readonly error?: string | null;
}

/** A password: hidden, can be shown, and says when Caps Lock is on. */
export function PasswordField({ label, value, onValue, hint, error, ...input }: PasswordFieldProps) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <FieldFrame
      label={label}
      hint={hint}
      error={error ?? null}
      note={
        <p className={styles.note} role="status">
          {capsLock && (
            <>
              <Icon name="info" size={18} />
              {t.fields.capsLock}
            </>
          )}
        </p>
      }
    >
      {(wiring) => (
        <div className={styles.box}>
          <input
            {...input}
            {...wiring}
            className={`${wiring.className} ${styles.withButton}`}
            type={shown ? 'text' : 'password'}
            value={value}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => onValue(event.target.value)}
            onKeyDown={watchCapsLock}
            onKeyUp={watchCapsLock}
            onBlur={() => setCapsLock(false)}
          />
          <span className={styles.inside}>
            <IconButton
              icon={shown ? 'eye-off' : 'eye'}
              label={shown ? t.fields.hidePassword : t.fields.showPassword}
              onClick={() => setShown(!shown)}
            />
          </span>
        </div>
      )}
    </FieldFrame>
  );
}
