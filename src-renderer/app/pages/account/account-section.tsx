import { type ReactNode, useId } from 'react';
import { Icon, type IconName } from '../../ui/icon.tsx';
import styles from './account.module.css';

export interface AccountSectionProps {
  readonly title: string;
  readonly icon: IconName;
  /** What this is for, in a sentence or two. */
  readonly lead: string;
  /** How it stands, beside the title. */
  readonly badge?: { readonly tone: 'on' | 'off'; readonly text: string };
  readonly children: ReactNode;
}

/** One part of the page "Account": a titled frame that says what it is for and how it stands. */
export function AccountSection({ title, icon, lead, badge, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.head}>
        <span className={styles.glyph}>
          <Icon name={icon} size={22} />
        </span>
        <h2 id={id}>{title}</h2>
        {badge !== undefined && <span className={styles[badge.tone]}>{badge.text}</span>}
      </header>
      <p className={styles.lead}>{lead}</p>
      {children}
    </section>
  );
}
