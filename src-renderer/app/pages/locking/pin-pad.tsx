import { useEffect, useRef } from 'react';
import { PIN_LENGTH } from '../../../../src-shared/api/index.ts';
import { useI18n } from '../../services.tsx';
import { FieldFrame } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './locking.module.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** A PIN, typed or tapped. Only digits get in; what was entered never shows. */
export function PinPad(props: {
  label: string;
  value: string;
  onValue: (value: string) => void;
  error: string | null;
}) {
  const { t } = useI18n();
  const input = useRef<HTMLInputElement>(null);
  // The one field of its page, or of what was just asked for.
  useEffect(() => input.current?.focus(), []);
  const enter = (value: string) => {
    props.onValue(value.replace(/\D/g, '').slice(0, PIN_LENGTH.max));
    input.current?.focus();
  };
  // The field takes the keyboard; the pad is for fingers and pointers, and would only be eleven more stops for Tab.
  const key = (label: string, name: string, value: string) => (
    <button
      key={name}
      type="button"
      tabIndex={-1}
      className={styles.key}
      aria-label={name}
      onClick={() => enter(value)}
    >
      {label === '' ? <Icon name="backspace" /> : label}
    </button>
  );
  return (
    <div className={styles.pad}>
      <FieldFrame label={props.label} error={props.error}>
        {(wiring) => (
          <input
            {...wiring}
            ref={input}
            className={`${wiring.className} ${styles.pin}`}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            data-1p-ignore=""
            data-lpignore="true"
            value={props.value}
            onChange={(event) => enter(event.target.value)}
          />
        )}
      </FieldFrame>
      <fieldset className={styles.keys} aria-label={t.locking.digits}>
        {DIGITS.map((digit) => key(digit, digit, props.value + digit))}
        <span />
        {key('0', '0', `${props.value}0`)}
        {key('', t.locking.deleteDigit, props.value.slice(0, -1))}
      </fieldset>
    </div>
  );
}
