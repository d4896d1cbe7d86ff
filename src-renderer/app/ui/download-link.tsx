import type { ReactNode } from 'react';
import styles from './button.module.css';
import { Icon } from './icon.tsx';

/** A link to a file of the own server, looking like the buttons beside it. */
export function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className={`${styles.button} ${styles.secondary} ${styles.link}`} href={href} download>
      <Icon name="save" size={18} />
      {children}
    </a>
  );
}
