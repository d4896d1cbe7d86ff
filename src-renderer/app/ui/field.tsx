import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';
import { Icon } from './icon.tsx';

interface Texts {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  /** Shown at the end of the line of the label. */
  readonly aside?: ReactNode;
}

interface FrameProps extends Texts {
  readonly children: (wiring: {
    id: string;
    className: string | undefined;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
  /** Between the box and the hint, such as a warning about Caps Lock. */
  readonly note?: ReactNode;
}

/** Label, box, hint and error of one field, tied together for assistive technology. */
export function FieldFrame({ label, hint, error = null, aside, note, children }: FrameProps) {
  const id = useId();
  const described = [error !== null && `${id}-error`, hint !== undefined && `${id}-hint`].filter(Boolean);
  return (
    <div className={styles.field}>
      <div className={styles.label}>
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      {children({
        id,
        className: styles.input,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': error === null ? undefined : true,
      })}
      {note}
      {error !== null && (
        <p className={styles.error} id={`${id}-error`}>
          <Icon name="alert" size={18} />
          {error}
        </p>
      )}
      {hint !== undefined && (
        <div className={styles.hint} id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}

type Native<Tag extends 'input' | 'textarea'> = Omit<
  ComponentProps<Tag>,
  'value' | 'onChange' | 'className' | 'id'
>;

interface Value {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** One line of text. */
export function TextField({
  label,
  hint,
  error,
  aside,
  value,
  onValue,
  ...input
}: Native<'input'> & Texts & Value) {
  return (
    <FieldFrame label={label} hint={hint} error={error ?? null} aside={aside}>
      {(wiring) => (
        <input {...input} {...wiring} value={value} onChange={(event) => onValue(event.target.value)} />
      )}
    </FieldFrame>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  error,
  aside,
  value,
  onValue,
  ...area
}: Native<'textarea'> & Texts & Value) {
  return (
    <FieldFrame label={label} hint={hint} error={error ?? null} aside={aside}>
      {(wiring) => (
        <textarea {...area} {...wiring} value={value} onChange={(event) => onValue(event.target.value)} />
      )}
    </FieldFrame>
  );
}
