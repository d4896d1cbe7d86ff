import { useId } from 'react';
import styles from './locking.module.css';

/** One thing that is so or not, with a sentence about what it means. */
export function CheckField(props: {
  label: string;
  hint: string;
  checked: boolean;
  disabled?: boolean;
  onChecked: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        aria-describedby={`${id}-hint`}
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChecked(event.target.checked)}
      />
      <label htmlFor={id}>{props.label}</label>
      <small id={`${id}-hint`}>{props.hint}</small>
    </div>
  );
}
