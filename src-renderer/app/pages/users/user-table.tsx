import type { RefObject } from 'react';
import type { PeoplePage, Person, User } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { datesIn } from '../../i18n/locale.ts';
import { roleName } from '../../i18n/role-name.ts';
import { RowMenu, type UserAction } from './row-menu.tsx';
import styles from './user-table.module.css';

export interface UserTableProps {
  readonly page: PeoplePage;
  readonly me: User;
  /** `opener`: the button of the menu, which gets the focus back. */
  readonly onAction: (action: UserAction, person: Person, opener: RefObject<HTMLElement | null>) => void;
}

/** People with what an administrator decides by: a table, or cards where the window is narrow. */
export function UserTable({ page, me, onAction }: UserTableProps) {
  const { t } = useFullI18n();
  const { columns } = t.users;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t.people.tableLabel}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.email}</th>
          <th scope="col">{columns.role}</th>
          <th scope="col">{t.people.columns.state}</th>
          <th scope="col">{t.people.columns.lastSignIn}</th>
          <th scope="col">
            <span className="visually-hidden">{columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {page.people.map((person) => (
          <tr key={person.id}>
            <th scope="row" className={styles.email}>
              {person.email}
              {person.id === me.id && <span className={styles.you}>{t.users.you}</span>}
            </th>
            <td>
              <span className={styles[person.role]}>{roleName(person.role, t)}</span>
            </td>
            <td>
              <State person={person} />
            </td>
            <td data-label={t.people.columns.lastSignIn}>
              <LastSignIn person={person} />
            </td>
            <td className={styles.actions}>
              <RowMenu
                person={person}
                kept={person.is_admin && person.status === 'active' && page.administrators <= 1}
                onAction={onAction}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ person }: { person: Person }) {
  const { t, locale } = useFullI18n();
  const texts = t.people.state;
  const clock = datesIn(locale, { timeStyle: 'short' });
  const state = person.status === 'active' && person.password_is_temporary ? 'temporary' : person.status;
  return (
    <span className={styles.states}>
      <span className={styles[state]}>{texts[state]}</span>
      {person.protection === 'sealed' && <span className={styles.user}>{t.security.admin.sealed}</span>}
      {person.second_factor === true && <span className={styles.user}>{t.security.admin.factor}</span>}
      {person.locked_until !== null && (
        <span className={styles.locked}>{texts.locked(clock.format(new Date(person.locked_until)))}</span>
      )}
    </span>
  );
}

function LastSignIn({ person }: { person: Person }) {
  const { t, locale } = useFullI18n();
  const dates = datesIn(locale, { dateStyle: 'medium' });
  const moments = datesIn(locale, { dateStyle: 'full', timeStyle: 'short' });
  const { last_sign_in_at: iso, sessions } = person;
  if (iso === null) return t.people.never;
  const date = new Date(iso);
  return (
    <>
      <time dateTime={iso} title={moments.format(date)}>
        {dates.format(date)}
      </time>
      {sessions > 0 && (
        <small className={styles.signedIn}>{t.people.signedIn(sessions.toLocaleString(locale))}</small>
      )}
    </>
  );
}
