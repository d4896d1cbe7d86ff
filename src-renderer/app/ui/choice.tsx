import { useId } from 'react';
import styles from './choice.module.css';

export interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint?: string }[];
  readonly value: T;
  readonly onValue: (value: T) => void;
  /** `segments`: short words side by side; `cards`: one below the other, with hints. */
  readonly look?: 'segments' | 'cards';
}

/** One of a few: native radio buttons in a group with a legend. */
export function Choice<T extends string>({
  legend,
  options,
  value,
  onValue,
  look = 'segments',
}: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles[look]}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            <span>
              {option.label}
              {option.hint !== undefined && <small>{option.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
