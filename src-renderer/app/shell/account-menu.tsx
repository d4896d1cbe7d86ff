import type { RefObject } from 'react';
import { useLocation } from 'wouter';
import type { User } from '../../../src-shared/api/index.ts';
import { roleName } from '../i18n/role-name.ts';
import { BudgetMeter } from '../pages/account/budget-meter.tsx';
import { forgetOpenThread } from '../pages/chat/open-thread.ts';
import { useI18n, useServices } from '../services.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import styles from './shell.module.css';

/** Who is signed in, the way to the own settings, and the way out. */
export function AccountMenu(props: {
  user: User;
  button: RefObject<HTMLButtonElement | null>;
  onPreferences: () => void;
}) {
  const { user, onPreferences } = props;
  const { api, session } = useServices();
  const { t } = useI18n();
  const [, navigate] = useLocation();

  const signOut = async () => {
    const result = await api.signOut();
    // Without an answer the cookie may still be good: pretending to be signed out would be dangerous on a shared machine.
    if (!result.ok && result.failure.kind !== 'refused') {
      await session.open(api);
      return;
    }
    forgetOpenThread(window.sessionStorage, user.id);
    session.signedOut();
  };

  return (
    <Menu
      triggerRef={props.button}
      side="right"
      align="end"
      trigger={
        <button
          type="button"
          className={styles.account}
          aria-label={t.nav.accountOf(user.email)}
          title={user.email}
        >
          <span aria-hidden="true">{user.email.charAt(0).toUpperCase()}</span>
        </button>
      }
      header={
        <>
          <strong>{user.email}</strong>
          <div className={styles.role}>{roleName(user.role, t)}</div>
          <BudgetMeter />
        </>
      }
    >
      <MenuItem icon="shield" label={t.security.account.menu} onSelect={() => navigate('/account')} />
      <MenuItem icon="sliders" label={t.nav.preferences} onSelect={onPreferences} />
      <MenuItem icon="sign-out" label={t.nav.signOut} onSelect={() => void signOut()} />
    </Menu>
  );
}
