import { type RefObject, useRef, useState } from 'react';
import type { Person, User } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import styles from '../page.module.css';
import { PeopleFilters } from './people-filters.tsx';
import type { UserAction } from './row-menu.tsx';
import { EVERYBODY, usePeople } from './use-people.ts';
import { type OpenDialog, UserDialog } from './user-dialog.tsx';
import tableStyles from './user-table.module.css';
import { UserTable } from './user-table.tsx';

/** Looking after people: who can sign in, as what, and with a password that somebody knows. */
export default function UsersPage({ me }: { me: User }) {
  const { api, session } = useServices();
  const { t, locale } = useFullI18n();
  const [filter, setFilter] = useState(EVERYBODY);
  const { state, reload, showMore, more } = usePeople(api.people, filter);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const change = useRequest();
  const addButton = useRef<HTMLButtonElement>(null);
  const focusAfterDialog = useRef<HTMLElement>(null);

  const activate = async (person: Person) => {
    const result = await change.run(() => api.updateUser(person.id, { is_active: true }));
    if (result === null) return;
    if (result.ok) setNotice(t.people.activated(person.email));
    // Also after a refusal: it means that the list shown here is out of date.
    reload();
  };
  const liftLock = async (person: Person) => {
    const result = await change.run(() => api.people.liftLock(person.id));
    if (result?.ok) setNotice(t.people.lockLifted(person.email));
    reload();
  };

  const act = (action: UserAction, person: Person, opener: RefObject<HTMLElement | null>) => {
    setNotice(null);
    focusAfterDialog.current = opener.current;
    if (action === 'activate') void activate(person);
    else if (action === 'lift-lock') void liftLock(person);
    else setDialog({ kind: action, user: person });
  };

  /** A change of one's own account has ended one's own session too. */
  const done = (user: User, text: string) => {
    setDialog(null);
    setNotice(text);
    if (user.id === me.id) session.signedOut();
    else reload();
  };
  const removed = (user: User) => {
    // The button that opened the dialog goes with its row.
    focusAfterDialog.current = addButton.current;
    done(user, t.users.removed(user.email));
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
      <FailureBanner failure={change.failure} />
      <PeopleFilters filter={filter} onFilter={setFilter} />
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed title={t.users.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
      )}
      {state.kind === 'ready' && (
        <>
          <p className={tableStyles.count} role="status">
            {state.value.people.length < state.value.total
              ? t.people.shown(
                  state.value.people.length.toLocaleString(locale),
                  state.value.total.toLocaleString(locale),
                )
              : t.users.count(state.value.total)}
          </p>
          {state.value.total === 0 ? (
            <div className={tableStyles.empty}>
              <Icon name="people" size={28} />
              <h2>{t.people.noneTitle}</h2>
              <p>{t.people.noneLead}</p>
              <Button onClick={() => setFilter(EVERYBODY)}>{t.people.filters.reset}</Button>
            </div>
          ) : (
            <UserTable page={state.value} me={me} onAction={act} />
          )}
          <FailureBanner failure={more.failure} />
          {state.value.next !== null && (
            <div className={tableStyles.more}>
              <Button busy={more.busy} onClick={() => void showMore()}>
                {more.busy ? t.people.loadingMore : t.people.more}
              </Button>
            </div>
          )}
          {state.value.total === 1 && filter === EVERYBODY && (
            <div className={tableStyles.empty}>
              <Icon name="people" size={28} />
              <h2>{t.users.empty}</h2>
              <p>{t.users.emptyLead}</p>
            </div>
          )}
        </>
      )}
      {dialog !== null && (
        <UserDialog
          dialog={dialog}
          me={me}
          returnFocusTo={focusAfterDialog}
          onClose={() => {
            setDialog(null);
            // A dialog can have changed something before it was closed.
            if (dialog.kind === 'reset' || dialog.kind === 'sessions') reload();
          }}
          onCreated={reload}
          onRole={(user) => done(user, t.people.roleChanged(user.email, roleName(user.role, t)))}
          onFactorRemoved={(user) => done(user, t.security.admin.factorRemoved(user.email))}
          onDeactivated={(user) => done(user, t.people.deactivated(user.email))}
          onDeleted={removed}
        />
      )}
    </div>
  );
}
