import { type ReactNode, useRef, useState } from 'react';
import { useI18n } from '../services.tsx';
import { Button } from './button.tsx';
import styles from './copy-field.module.css';
import { FieldFrame } from './field.tsx';

export interface CopyFieldProps {
  readonly label: string;
  /** What is copied. */
  readonly value: string;
  /** What is shown, where that is easier to read. Default: `value`. */
  readonly shown?: string;
  readonly hint?: ReactNode;
}

/** A value to hand on: selectable, with a copy button that says whether it worked. */
export function CopyField({ label, value, shown = value, hint }: CopyFieldProps) {
  const { t } = useI18n();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<{ value: string; ok: boolean } | null>(null);
  const current = outcome?.value === value ? outcome : null;

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome({ value, ok: true });
    } catch {
      // No clipboard permission: the person can still copy by hand.
      input.current?.select();
      setOutcome({ value, ok: false });
    }
  };

  return (
    <FieldFrame
      label={label}
      hint={hint}
      note={
        <p role="status" className={current?.ok === false ? styles.failed : 'visually-hidden'}>
          {current !== null && (current.ok ? t.common.copied : t.common.copyFailed)}
        </p>
      }
    >
      {(wiring) => (
        <div className={styles.row}>
          <input
            {...wiring}
            ref={input}
            className={`${wiring.className} ${styles.value}`}
            readOnly
            value={shown}
            onFocus={(event) => event.target.select()}
          />
          <Button icon={current?.ok ? 'check' : 'copy'} onClick={() => void copy()}>
            {current?.ok ? t.common.copied : t.common.copy}
          </Button>
        </div>
      )}
    </FieldFrame>
  );
}
