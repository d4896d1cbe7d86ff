import type { ReactNode } from 'react';
import { useI18n } from '../services.tsx';
import { Logo } from '../ui/logo.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import styles from './front.module.css';
import { LanguageButtons } from './language-buttons.tsx';

/** The frame of the pages before signing in: the mark, one thing to do, and a choice of language. */
export function Front(props: {
  title: string;
  lead: string;
  /** False when a field of the form takes the focus instead of the heading. */
  focusHeading?: boolean;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <div className={styles.front}>
      <main className={styles.main}>
        <div className={styles.brand}>
          <Logo size={44} />
          Foyer
        </div>
        <div className={styles.intro}>
          <PageHeading title={props.title} takeFocus={props.focusHeading ?? false} />
          <p>{props.lead}</p>
        </div>
        {props.children}
        <footer className={styles.foot}>
          <LanguageButtons />
        </footer>
      </main>
      <aside className={styles.art} aria-hidden="true">
        <Hearth />
        <div className={styles.words}>
          <p>{t.brand.tagline}</p>
          <p>{t.brand.line}</p>
        </div>
      </aside>
    </div>
  );
}

/** Arches within arches around a flame: the mark, seen from inside. */
function Hearth() {
  const arch = (inset: number) => {
    const radius = 330 - inset;
    return `M${70 + inset} 900V${380}a${radius} ${radius} 0 0 1 ${2 * radius} 0V900z`;
  };
  return (
    <svg viewBox="0 0 800 900" preserveAspectRatio="xMidYMin slice" focusable="false" aria-hidden="true">
      <path d={arch(-150)} fill="#8d3213" />
      <path d={arch(-50)} fill="#9c3916" />
      <path d={arch(50)} fill="#ac411b" />
      <path d={arch(140)} fill="#5c1d09" />
      <path d="M400 300c58 62 92 112 92 168a92 92 0 0 1-184 0c0-56 34-106 92-168z" fill="#ff9d66" />
      <path d="M400 402c27 29 43 53 43 80a43 43 0 0 1-86 0c0-27 16-51 43-80z" fill="#ffe0c2" />
    </svg>
  );
}
