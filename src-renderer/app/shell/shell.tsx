import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { User } from '../../../src-shared/api/index.ts';
import { PreferencesDialog } from '../pages/account/preferences-dialog.tsx';
import type { Page } from '../routes/decide.ts';
import { useI18n, useServices } from '../services.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Logo } from '../ui/logo.tsx';
import { AccountMenu } from './account-menu.tsx';
import { isAdministration } from './administration.tsx';
import styles from './shell.module.css';

/** The frame of every page of a signed-in person: a slim rail (a bar in narrow windows) and the page. */
export function Shell({ user, page, children }: { user: User; page: Page; children: ReactNode }) {
  const { t } = useI18n();
  const { switching } = useServices();
  useEffect(() => switching.done(), [switching]);
  const accountButton = useRef<HTMLButtonElement>(null);
  const [preferencesOpen, setPreferencesOpen] = useState(false);
  const entries: { href: string; current: 'page' | 'true' | undefined; icon: IconName; label: string }[] = [
    { href: '/', current: page === 'chat' ? 'page' : undefined, icon: 'chat', label: t.nav.chat },
  ];
  if (user.is_admin) {
    entries.push({
      href: '/admin',
      current: isAdministration(page) ? 'true' : undefined,
      icon: 'house',
      label: t.administration.nav.short,
    });
  }

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t.common.skipToContent}
      </a>
      <header className={styles.rail}>
        <span className={styles.mark}>
          <Logo size={36} />
          <span className="visually-hidden">Foyer</span>
        </span>
        <nav className={styles.nav} aria-label={t.nav.label}>
          {entries.map((entry) => (
            <Link key={entry.href} href={entry.href} className={styles.link} aria-current={entry.current}>
              <span className={styles.glyph}>
                <Icon name={entry.icon} size={22} />
              </span>
              {entry.label}
            </Link>
          ))}
        </nav>
        <AccountMenu user={user} button={accountButton} onPreferences={() => setPreferencesOpen(true)} />
      </header>
      <main className={styles.content} id="content" tabIndex={-1}>
        {children}
      </main>
      {preferencesOpen && (
        <PreferencesDialog returnFocusTo={accountButton} onClose={() => setPreferencesOpen(false)} />
      )}
    </div>
  );
}
