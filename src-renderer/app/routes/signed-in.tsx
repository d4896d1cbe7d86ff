import { useState } from 'react';
import type { User } from '../../../src-shared/api/index.ts';
import { Downloads } from '../desktop/downloads.tsx';
import { useChatForProposals } from '../desktop/use-proposals.ts';
import { useI18n } from '../services.tsx';
import { Administration, isAdministration } from '../shell/administration.tsx';
import { Shell } from '../shell/shell.tsx';
import type { Page } from './decide.ts';
import {
  AboutPage,
  AccountPage,
  AuditPage,
  ChatPage,
  ConnectionsPage,
  PoliciesPage,
  SessionsPage,
  SettingsPage,
  StoragePage,
  UsagePage,
  UsersPage,
} from './lazy-pages.ts';
import { PageBoundary } from './page-boundary.tsx';
import { SealGate } from './seal-gate.tsx';
import styles from './signed-in.module.css';

/** The pages of a signed-in person. The chat, once opened, stays in the document while other pages are shown. */
export function SignedIn({ user, page }: { user: User; page: Page }) {
  const { t } = useI18n();
  useChatForProposals();
  const [chatOpened, setChatOpened] = useState(page === 'chat');
  if (page === 'chat' && !chatOpened) setChatOpened(true);

  const title = page === 'chat' ? t.chat.brokenTitle : t.common.pageBroken;
  return (
    <SealGate user={user}>
      <Shell user={user} page={page}>
        {chatOpened && (
          <div className={styles.chat} hidden={page !== 'chat'}>
            <PageBoundary title={title}>
              <ChatPage user={user} active={page === 'chat'} />
            </PageBoundary>
          </div>
        )}
        {page === 'account' && (
          <PageBoundary key={page} title={title}>
            <AccountPage user={user} />
          </PageBoundary>
        )}
        {isAdministration(page) && (
          <Administration page={page}>
            <PageBoundary key={page} title={title}>
              {page === 'users' && <UsersPage me={user} />}
              {page === 'sessions' && <SessionsPage me={user} />}
              {page === 'settings' && <SettingsPage />}
              {page === 'connections' && <ConnectionsPage />}
              {page === 'policies' && <PoliciesPage />}
              {page === 'usage' && <UsagePage />}
              {page === 'audit' && <AuditPage />}
              {page === 'storage' && <StoragePage />}
              {page === 'about' && <AboutPage />}
            </PageBoundary>
          </Administration>
        )}
        <Downloads />
      </Shell>
    </SealGate>
  );
}
