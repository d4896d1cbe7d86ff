import type { AdminSession } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { datesIn } from '../../i18n/locale.ts';
import { Button } from '../../ui/button.tsx';
import tableStyles from '../../ui/table.module.css';
import { placeName } from '../account/sessions/session-list.tsx';
import styles from './sessions.module.css';

interface Person {
  readonly id: string;
  readonly email: string;
}

/** One row for each place where somebody is signed in. */
export function SessionTable(props: {
  rows: readonly AdminSession[];
  onPerson: (person: Person) => void;
  onEnd: (session: AdminSession) => void;
  onEndAll: (person: Person) => void;
}) {
  const { t, locale } = useFullI18n();
  const texts = t.administration.sessions;
  const { columns } = texts;
  const moments = datesIn(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const moment = (iso: string) => <time dateTime={iso}>{moments.format(new Date(iso))}</time>;
  return (
    <table className={tableStyles.table}>
      <caption className="visually-hidden">{texts.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.person}</th>
          <th scope="col">{columns.place}</th>
          <th scope="col">{columns.since}</th>
          <th scope="col">{columns.used}</th>
          <th scope="col">
            <span className="visually-hidden">{columns.action}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => {
          const place = row.place === null ? texts.unknownPlace : placeName(row.place, t);
          const person = { id: row.user_id, email: row.email };
          return (
            <tr key={row.id}>
              <th scope="row">
                <button type="button" className={tableStyles.name} onClick={() => props.onPerson(person)}>
                  {row.email}
                </button>
              </th>
              <td>
                {place}{' '}
                {row.current && (
                  <span className={`${tableStyles.tag} ${tableStyles.accent}`}>{texts.current}</span>
                )}
                {row.locked && <span className={tableStyles.tag}>{texts.locked}</span>}
              </td>
              <td className={tableStyles.time} data-label={columns.since}>
                {moment(row.created_at)}
              </td>
              <td className={tableStyles.time} data-label={columns.used}>
                {moment(row.last_used_at)}
              </td>
              <td className={tableStyles.action}>
                <div className={styles.actions}>
                  <Button aria-label={texts.endOf(row.email, place)} onClick={() => props.onEnd(row)}>
                    {texts.end}
                  </Button>
                  <Button
                    look="quiet"
                    aria-label={texts.endAllOf(row.email)}
                    onClick={() => props.onEndAll(person)}
                  >
                    {texts.endAll}
                  </Button>
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
