import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { PAGES, type Page } from '../routes/decide.ts';
import { useI18n } from '../services.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import styles from './administration.module.css';

/** The pages for administrators, by what they look after. */
const GROUPS = {
  people: ['users', 'sessions'],
  models: ['settings', 'connections', 'policies', 'usage'],
  installation: ['audit', 'storage', 'about'],
} as const satisfies Record<string, readonly Page[]>;
type AdministrationPage = (typeof GROUPS)[keyof typeof GROUPS][number];

const ICONS: Record<AdministrationPage, IconName> = {
  users: 'people',
  sessions: 'screen',
  settings: 'cube',
  connections: 'key',
  policies: 'shield',
  usage: 'chart',
  audit: 'list',
  storage: 'disk',
  about: 'info',
};

/** Where each page is. */
const PATHS = new Map(Object.entries(PAGES).map(([path, page]) => [page as Page, path]));

export function isAdministration(page: Page): page is AdministrationPage {
  return Object.hasOwn(ICONS, page);
}

/** The frame of the pages for administrators: beside the page what else there is, above it in narrow windows. */
export function Administration({ page, children }: { page: AdministrationPage; children: ReactNode }) {
  const { t } = useI18n();
  const texts = t.administration.nav;
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.frame}>
      <nav className={styles.nav} aria-label={texts.label}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={listId}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={ICONS[page]} />
          <span>
            <small>{texts.title}</small>
            {texts[page]}
          </span>
          <span className={styles.chevron}>
            <Icon name="chevron" />
          </span>
        </button>
        <div className={styles.groups} id={listId} data-open={isOpen ? '' : undefined}>
          {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
            <div key={group} className={styles.group}>
              <p id={`${listId}-${group}`}>{texts.groups[group]}</p>
              <ul aria-labelledby={`${listId}-${group}`}>
                {GROUPS[group].map((entry) => (
                  <li key={entry}>
                    <Link
                      href={PATHS.get(entry) ?? '/admin'}
                      className={styles.link}
                      aria-current={entry === page ? 'page' : undefined}
                      onClick={() => setOpen(false)}
                    >
                      <Icon name={ICONS[entry]} />
                      {texts[entry]}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div className={styles.page}>{children}</div>
    </div>
  );
}
