import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import type { ApiFailure } from '../../api/failure.ts';
import { useRequest } from '../../forms/use-request.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import styles from '../page.module.css';
import { CreateUserDialog } from './create-user-dialog.tsx';
import { DeleteUserDialog } from './delete-user-dialog.tsx';
import { DemoteSelfDialog } from './demote-self-dialog.tsx';
import { RemoveFactorDialog } from './remove-factor-dialog.tsx';
import { ResetPasswordDialog } from './reset-password-dialog.tsx';
import { type UserAction, UserTable } from './user-table.tsx';

type List =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure }
  | { readonly kind: 'ready'; readonly users: readonly User[] };

type OpenDialog =
  | { readonly kind: 'create' }
  | { readonly kind: 'reset' | 'delete' | 'demote-self' | 'remove-factor'; readonly user: User };

/** Looking after people: who can sign in, as what, and with a password that somebody knows. */
export default function UsersPage({ me }: { me: User }) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const [list, setList] = useState<List>({ kind: 'loading' });
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const roleChange = useRequest();
  const addButton = useRef<HTMLButtonElement>(null);
  const focusAfterDialog = useRef<HTMLElement>(null);

  const load = useCallback(async () => {
    const result = await api.listUsers();
    setList(result.ok ? { kind: 'ready', users: result.value } : { kind: 'failed', failure: result.failure });
  }, [api]);
  useEffect(() => void load(), [load]);

  const setRole = async (user: User, isAdmin: boolean) => {
    setNotice(null);
    const result = await roleChange.run(() => api.updateUser(user.id, { is_admin: isAdmin }));
    if (result === null) return;
    if (result.ok) {
      setNotice((isAdmin ? t.users.promoted : t.users.demoted)(user.email));
      if (user.id === me.id) session.changed(result.value);
    }
    // Also after a refusal: it means that the list shown here is out of date.
    if (user.id !== me.id || !result.ok) await load();
  };

  const act = (action: UserAction, user: User, opener: RefObject<HTMLElement | null>) => {
    setNotice(null);
    focusAfterDialog.current = opener.current;
    if (action === 'promote') void setRole(user, true);
    else if (action === 'demote' && user.id !== me.id) void setRole(user, false);
    else if (action === 'demote') setDialog({ kind: 'demote-self', user });
    else setDialog({ kind: action, user });
  };

  const close = () => setDialog(null);
  const removed = (user: User) => {
    // The button that opened the dialog goes with its row.
    focusAfterDialog.current = addButton.current;
    close();
    setNotice(t.users.removed(user.email));
    if (user.id === me.id) session.signedOut();
    else void load();
  };

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div>
          <PageHeading title={t.users.title} />
          <p className={styles.lead}>{t.users.lead}</p>
        </div>
        <Button ref={addButton} look="primary" icon="plus" onClick={() => setDialog({ kind: 'create' })}>
          {t.users.add}
        </Button>
      </header>
      {notice !== null && (
        <Banner tone="success" role="status">
          {notice}
        </Banner>
      )}
      <FailureBanner failure={roleChange.failure} />
      {list.kind === 'loading' && <Loading />}
      {list.kind === 'failed' && (
        <LoadFailed
          title={t.users.loadFailed}
          text={failureText(list.failure, t)}
          onRetry={() => {
            setList({ kind: 'loading' });
            void load();
          }}
        />
      )}
      {list.kind === 'ready' && <UserTable users={list.users} me={me} onAction={act} />}
      {dialog?.kind === 'create' && <CreateUserDialog onClose={close} onCreated={() => void load()} />}
      {dialog?.kind === 'reset' && (
        <ResetPasswordDialog
          user={dialog.user}
          returnFocusTo={focusAfterDialog}
          onClose={() => {
            close();
            void load();
          }}
        />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteUserDialog
          user={dialog.user}
          own={dialog.user.id === me.id}
          returnFocusTo={focusAfterDialog}
          onClose={close}
          onDeleted={() => removed(dialog.user)}
        />
      )}
      {dialog?.kind === 'remove-factor' && (
        <RemoveFactorDialog
          user={dialog.user}
          returnFocusTo={focusAfterDialog}
          onClose={close}
          onRemoved={() => {
            close();
            setNotice(t.security.admin.factorRemoved(dialog.user.email));
            void load();
          }}
        />
      )}
      {dialog?.kind === 'demote-self' && (
        <DemoteSelfDialog
          returnFocusTo={focusAfterDialog}
          onClose={close}
          onConfirm={() => {
            close();
            void setRole(dialog.user, false);
          }}
        />
      )}
    </div>
  );
}
