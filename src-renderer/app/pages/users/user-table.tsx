import { type RefObject, useRef } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { useI18n } from '../../services.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import styles from './user-table.module.css';

export type UserAction = 'promote' | 'demote' | 'reset' | 'remove-factor' | 'delete';

export interface UserTableProps {
  readonly users: readonly User[];
  readonly me: User;
  /** `opener`: the button of the menu, which gets the focus back. */
  readonly onAction: (action: UserAction, user: User, opener: RefObject<HTMLElement | null>) => void;
}

/** Everybody with an account: a table, or cards where the window is narrow. */
export function UserTable({ users, me, onAction }: UserTableProps) {
  const { t, locale } = useI18n();
  const { columns } = t.users;
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  const day = (iso: string) => {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return '–';
    return (
      <time dateTime={iso} title={moments.format(date)}>
        {dates.format(date)}
      </time>
    );
  };
  const lastAdministrator = users.filter((user) => user.is_admin).length <= 1;

  return (
    <>
      <p className={styles.count}>{t.users.count(users.length)}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{columns.email}</th>
            <th scope="col">{columns.role}</th>
            <th scope="col">{columns.created}</th>
            <th scope="col">{columns.updated}</th>
            <th scope="col">
              <span className="visually-hidden">{columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id}>
              <th scope="row" className={styles.email}>
                {user.email}
                {user.id === me.id && <span className={styles.you}>{t.users.you}</span>}
              </th>
              <td>
                <span className={user.is_admin ? styles.administrator : styles.member}>
                  {user.is_admin ? t.users.administrator : t.users.member}
                </span>
                {user.protection === 'sealed' && (
                  <span className={styles.member}>{t.security.admin.sealed}</span>
                )}
                {user.second_factor === true && (
                  <span className={styles.member}>{t.security.admin.factor}</span>
                )}
              </td>
              <td data-label={columns.created}>{day(user.created_at)}</td>
              <td data-label={columns.updated}>{day(user.updated_at)}</td>
              <td className={styles.actions}>
                <RowMenu user={user} kept={user.is_admin && lastAdministrator} onAction={onAction} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {users.length === 1 && (
        <div className={styles.empty}>
          <Icon name="people" size={28} />
          <h2>{t.users.empty}</h2>
          <p>{t.users.emptyLead}</p>
        </div>
      )}
    </>
  );
}

/** @param props.kept true for the last administrator, who can be neither demoted nor deleted */
function RowMenu(props: { user: User; kept: boolean; onAction: UserTableProps['onAction'] }) {
  const { user, onAction } = props;
  const { t } = useI18n();
  const opener = useRef<HTMLButtonElement>(null);
  const reason = props.kept ? t.users.lastAdministrator : undefined;
  return (
    <Menu
      triggerRef={opener}
      side="bottom"
      align="end"
      trigger={<IconButton icon="more" label={t.users.actionsFor(user.email)} />}
    >
      {user.is_admin ? (
        <MenuItem
          icon="shield-off"
          label={t.users.demote}
          unavailable={reason}
          onSelect={() => onAction('demote', user, opener)}
        />
      ) : (
        <MenuItem icon="shield" label={t.users.promote} onSelect={() => onAction('promote', user, opener)} />
      )}
      <MenuItem icon="key" label={t.users.reset} onSelect={() => onAction('reset', user, opener)} />
      {user.second_factor === true && (
        <MenuItem
          icon="phone"
          label={t.security.admin.removeFactor}
          onSelect={() => onAction('remove-factor', user, opener)}
        />
      )}
      <MenuItem
        icon="trash"
        danger
        label={t.users.remove}
        unavailable={reason}
        onSelect={() => onAction('delete', user, opener)}
      />
    </Menu>
  );
}
