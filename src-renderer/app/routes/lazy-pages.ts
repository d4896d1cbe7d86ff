import { lazy } from 'react';

/** Everything for those who are signed in, and each page of theirs: loaded only when somebody goes there, so that signing in needs little. */
export const ChatPage = lazy(async () => {
  const [{ defineChatKitElement }, page] = await Promise.all([
    import('../../chatkit-element/index.ts'),
    import('../pages/chat/chat-page.tsx'),
  ]);
  // The tag must exist before React first renders it (chatkit-element.md §1).
  defineChatKitElement();
  return page;
});

/** What few people see, and seldom. Not the lock screen: while it were loaded, what it replaces would only be hidden. */
export const SetupPage = lazy(async () => ({
  default: (await import('../pages/setup/setup-page.tsx')).SetupPage,
}));
export const NewPasswordPage = lazy(async () => ({
  default: (await import('../pages/new-password/new-password-page.tsx')).NewPasswordPage,
}));
export const OpenHistoryPage = lazy(async () => ({
  default: (await import('../pages/open-history/open-history-page.tsx')).OpenHistoryPage,
}));

export const SealPage = lazy(async () => ({
  default: (await import('../pages/sealing/seal-page.tsx')).SealPage,
}));

export const SignedIn = lazy(async () => ({ default: (await import('./signed-in.tsx')).SignedIn }));
export const AccountPage = lazy(() => import('../pages/account/account-page.tsx'));
export const UsersPage = lazy(() => import('../pages/users/users-page.tsx'));
export const ConnectionsPage = lazy(() => import('../pages/connections/connections-page.tsx'));
export const PoliciesPage = lazy(() => import('../pages/policies/policies-page.tsx'));
export const UsagePage = lazy(() => import('../pages/usage/usage-page.tsx'));
export const SettingsPage = lazy(() => import('../pages/settings/settings-page.tsx'));
export const SessionsPage = lazy(() => import('../pages/sessions/sessions-page.tsx'));
export const AuditPage = lazy(() => import('../pages/audit/audit-page.tsx'));
export const StoragePage = lazy(() => import('../pages/storage/storage-page.tsx'));
export const AboutPage = lazy(() => import('../pages/about/about-page.tsx'));
