import type { PersonTile } from '../../../../src-shared/api/index.ts';
import styles from './locking.module.css';

/** `ada.lovelace` is AL, `bob` is B. */
export function initialsOf(name: string): string {
  const [first = '', ...others] = (name.split('@')[0] ?? '').split(/[._+-]+/).filter((part) => part !== '');
  const letters = [first, others.at(-1) ?? ''].map((part) => [...part][0] ?? '');
  return letters.join('').toUpperCase();
}

/** A person as a coloured disc; the name stands beside it. */
export function Avatar({ person, large = false }: { person: PersonTile; large?: boolean }) {
  return (
    <span
      className={`${styles.avatar} ${large ? styles.large : ''}`}
      style={{ background: `var(--tile-${person.color})` }}
      aria-hidden="true"
    >
      {initialsOf(person.name)}
    </span>
  );
}
