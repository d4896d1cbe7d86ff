import { useId } from 'react';
import styles from './check-field.module.css';
import { Icon } from './icon.tsx';

export interface CheckFieldProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly error?: string | null;
}

/** One box to tick, with what ticking it means. */
export function CheckField({ label, checked, onChecked, error = null }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label}>
        <input
          type="checkbox"
          checked={checked}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={({ target }) => onChecked(target.checked)}
        />
        <span>{label}</span>
      </label>
      {error !== null && (
        <p className={styles.error} id={`${id}-error`} role="alert">
          <Icon name="alert" size={18} />
          {error}
        </p>
      )}
    </div>
  );
}
