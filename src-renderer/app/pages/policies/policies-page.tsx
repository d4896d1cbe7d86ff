import { useCallback, useId, useState } from 'react';
import type { OfferedModel, Policy, PolicyList, PolicyRole } from '../../../../src-shared/api/index.ts';
import type { ApiResult } from '../../api/failure.ts';
import type { PolicyOwner } from '../../api/governance.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import type { FullDictionary } from '../../i18n/full-en.ts';
import { useServices } from '../../services.tsx';
import { formatAmount } from '../../ui/amounts.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import tableStyles from '../../ui/table.module.css';
import { useLoaded } from '../../ui/use-loaded.ts';
import pageStyles from '../page.module.css';
import { useFoundPeople } from '../users/use-found-people.ts';
import styles from './policies.module.css';
import { PolicyDialog } from './policy-dialog.tsx';

interface Everything {
  readonly policies: PolicyList;
  readonly models: readonly OfferedModel[];
}

interface Row {
  readonly owner: PolicyOwner;
  readonly name: string;
  readonly policy: Policy;
}

/** People with rules of their own that are listed; the others are looked for. */
const MAX_PEOPLE = 20;

const ROLES: readonly PolicyRole[] = ['administrator', 'user', 'guest'];

/** What roles may do, and the exceptions for single people. */
export default function PoliciesPage() {
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.governance.policies;
  const load = useCallback(async (): Promise<ApiResult<Everything>> => {
    const [policies, connections] = await Promise.all([
      api.governance.policies(),
      api.governance.connections(),
    ]);
    if (!policies.ok) return policies;
    if (!connections.ok) return connections;
    const models = connections.value.flatMap((connection) => connection.models);
    return { ok: true, value: { policies: policies.value, models } };
  }, [api]);
  const { state, reload, replace } = useLoaded(load);
  const [edited, setEdited] = useState<Row | null>(null);
  const [isSaved, setSaved] = useState(false);

  return (
    <div className={pageStyles.page}>
      <header>
        <PageHeading title={texts.title} />
        <p className={pageStyles.lead}>{texts.lead}</p>
      </header>
      {isSaved && (
        <Banner tone="success" role="status">
          {texts.saved}
        </Banner>
      )}
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed title={texts.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
      )}
      {state.kind === 'ready' && (
        <>
          <Lists
            everything={state.value}
            onEdit={(row) => {
              setSaved(false);
              setEdited(row);
            }}
          />
          {edited !== null && (
            <PolicyDialog
              {...edited}
              models={state.value.models}
              onClose={() => setEdited(null)}
              onSaved={(policies) => {
                setEdited(null);
                setSaved(true);
                replace({ ...state.value, policies });
              }}
            />
          )}
        </>
      )}
    </div>
  );
}

function Lists({ everything, onEdit }: { everything: Everything; onEdit: (row: Row) => void }) {
  const { t, locale } = useFullI18n();
  const texts = t.governance.policies;
  const { policies } = everything;
  const [wanted, setWanted] = useState('');
  const roles = ROLES.map((role) => ({
    owner: { kind: 'roles', subject: role } as const,
    name: texts.role[role],
    policy: policies.roles[role] ?? {},
  }));
  const isSearch = wanted.trim() !== '';
  const found = useFoundPeople(wanted);
  const own = Object.entries(policies.emails)
    .map(([id, email]) => ({ id, email }))
    .sort((a, b) => (a.email < b.email ? -1 : 1));
  const total = isSearch ? found.total : own.length;
  const people = (isSearch ? found.people : own.slice(0, MAX_PEOPLE)).map(({ id, email }) => ({
    owner: { kind: 'people', subject: id } as const,
    name: email,
    policy: policies.people[id] ?? {},
  }));
  return (
    <>
      <RuleTable title={texts.roles} rows={roles} empty={texts.unlimited} onEdit={onEdit} />
      <RuleTable title={texts.people} rows={people} empty={texts.asRole} onEdit={onEdit}>
        <TextField
          label={texts.search}
          hint={texts.ownOnly}
          type="search"
          value={wanted}
          onValue={setWanted}
        />
        <FailureBanner failure={found.failure} />
        <p role="status" className={pageStyles.note}>
          {isSearch && total === 0 && !found.isLooking && found.failure === null && texts.noneFound}
          {total > people.length && texts.moreMatch((total - people.length).toLocaleString(locale))}
        </p>
      </RuleTable>
    </>
  );
}

function RuleTable(props: {
  title: string;
  rows: readonly Row[];
  /** What is said of somebody without rules. */
  empty: string;
  onEdit: (row: Row) => void;
  children?: React.ReactNode;
}) {
  const { t, locale } = useFullI18n();
  const texts = t.governance.policies;
  const headingId = useId();
  return (
    <section className={styles.section} aria-labelledby={headingId}>
      <h2 id={headingId}>{props.title}</h2>
      {props.children}
      {props.rows.length > 0 && (
        <table className={tableStyles.table}>
          <thead>
            <tr>
              <th scope="col">{texts.columns.who}</th>
              <th scope="col">{texts.columns.rules}</th>
              <th scope="col">
                <span className="visually-hidden">{texts.columns.action}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => (
              <tr key={row.owner.subject}>
                <th scope="row">{row.name}</th>
                <td>{summary(row.policy, t, locale) || props.empty}</td>
                <td className={tableStyles.action}>
                  <Button aria-label={texts.edit(row.name)} onClick={() => props.onEdit(row)}>
                    {texts.editShort}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The rules in one line; empty where there are none. */
function summary(policy: Policy, t: FullDictionary, locale: string): string {
  const { summary: texts, form } = t.governance.policies;
  const number = (value: number) => value.toLocaleString(locale);
  const limit = (
    value: number | null | undefined,
    name: string,
    say: (text: string) => string,
    show: (value: number) => string = number,
  ) => (value === undefined ? null : value === null ? texts.free(name) : say(show(value)));
  return [
    limit(policy.money_per_month, form.perMonth, texts.perMonth, (value) => formatAmount(value, locale)),
    limit(policy.tokens_per_day, form.perDay, texts.perDay),
    limit(policy.requests_per_minute, form.perMinute, texts.perMinute),
    policy.models === undefined
      ? null
      : policy.models === null
        ? texts.allModels
        : texts.models(number(policy.models.length)),
    policy.attachments === undefined ? null : policy.attachments ? texts.attachments : texts.noAttachments,
    policy.personal_keys === undefined
      ? null
      : policy.personal_keys
        ? texts.personalKeys
        : texts.noPersonalKeys,
    policy.sealing === undefined ? null : t.security.policy.summary[policy.sealing],
    policy.attachment_max_bytes == null
      ? null
      : `${form.size}${locale === 'fr' ? '\u00a0' : ''}: ${number(Math.floor(policy.attachment_max_bytes / 1_048_576))}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
