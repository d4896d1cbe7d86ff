import type { ReactNode } from 'react';
import styles from './empty.module.css';
import { Icon, type IconName } from './icon.tsx';

/** Shown where there is nothing to list: what is missing, and what to do about it. */
export function Empty(props: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <div className={styles.empty}>
      <Icon name={props.icon} size={28} />
      <h2>{props.title}</h2>
      <p>{props.children}</p>
    </div>
  );
}
