import type { AuditParty, AuditRowInfo } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import type { FullDictionary } from '../../i18n/full-en.ts';
import { datesIn } from '../../i18n/locale.ts';
import tableStyles from '../../ui/table.module.css';
import type { NamedPerson } from './filter-form.ts';

/** Actions that somebody should look at. */
const REFUSALS = /\.(refused|refusals_omitted|exhausted)$|^audit\.(newest_lost|rolled_back)$/;

/** The rows; people in them can be pressed to see only what concerns them. */
export function AuditTable(props: {
  rows: readonly AuditRowInfo[];
  onPerson: (person: NamedPerson) => void;
}) {
  const { t, locale } = useFullI18n();
  const texts = t.audit;
  const { columns } = texts;
  const moments = datesIn(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const when = (at: string) => {
    const time = new Date(at);
    return Number.isNaN(time.getTime()) ? at : moments.format(time);
  };
  const party = (shown: AuditParty) => <Party party={shown} onPerson={props.onPerson} />;
  return (
    <table className={tableStyles.table}>
      <caption className="visually-hidden">{texts.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.when}</th>
          <th scope="col">{columns.what}</th>
          <th scope="col">{columns.who}</th>
          <th scope="col">{columns.whom}</th>
          <th scope="col" className={tableStyles.number}>
            {columns.number}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.sequence}>
            <td className={tableStyles.time}>
              <time dateTime={row.at}>{when(row.at)}</time>
            </td>
            <th scope="row">
              {texts.actions[row.action] ?? row.action}{' '}
              {REFUSALS.test(row.action) && (
                <span className={`${tableStyles.tag} ${tableStyles.warning}`}>{texts.refused}</span>
              )}
              {!row.chained && <span className={tableStyles.tag}>{texts.unchained}</span>}
            </th>
            <td data-label={columns.who}>{row.actor === null ? nobody(row.action, t) : party(row.actor)}</td>
            <td data-label={row.subject === null ? undefined : columns.whom}>
              {row.subject !== null && party(row.subject)}
            </td>
            <td className={tableStyles.number} data-label={columns.number}>
              {row.sequence.toLocaleString(locale)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Party({ party, onPerson }: { party: AuditParty; onPerson: (person: NamedPerson) => void }) {
  const { t } = useFullI18n();
  const name = nameOf(party, t);
  if (party.kind !== 'person') return name;
  return (
    <button
      type="button"
      className={tableStyles.name}
      title={t.audit.onlyOf(name)}
      onClick={() => onPerson({ id: party.id, email: party.label ?? party.id })}
    >
      {name}
    </button>
  );
}

/** What somebody or something is called; ids are shortened, but never without a word for what they are. */
function nameOf({ id, kind, label }: AuditParty, t: FullDictionary): string {
  if (label !== null && label !== '') return label;
  switch (kind) {
    case 'person':
      return `${t.audit.gone} (${id.slice(0, 10)}…)`;
    case 'role':
      return id in t.audit.role ? t.audit.role[id as keyof FullDictionary['audit']['role']] : id;
    case 'connection':
      return id === 'default' ? t.audit.mainConnection : id;
    case 'other':
      return id.length > 16 ? `${id.slice(0, 12)}…` : id;
  }
}

/** Foyer itself notes what becomes of the log; a sign-in that was refused is nobody's yet. */
function nobody(action: string, t: FullDictionary): string {
  return action.startsWith('session.') ? t.audit.nobody : t.audit.foyer;
}
