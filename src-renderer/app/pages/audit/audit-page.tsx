import { useCallback, useEffect, useRef, useState } from 'react';
import { type AuditFilter, auditCsvAddress } from '../../api/administration.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { DownloadLink } from '../../ui/download-link.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import tableStyles from '../../ui/table.module.css';
import { usePages } from '../../ui/use-pages.ts';
import pageStyles from '../page.module.css';
import { useFoundPeople } from '../users/use-found-people.ts';
import { AuditCheck } from './audit-check.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { EMPTY_FORM, type FilterForm, filterOf, isPersonId, type NamedPerson } from './filter-form.ts';

/** Who did what to whom and when, the newest first, and whether the record of it is as it was written. */
export default function AuditPage() {
  const { t } = useFullI18n();
  const [form, setForm] = useState<FilterForm>(EMPTY_FORM);
  /** Whose name was pressed in a row: nobody needs to look for them. */
  const [pressed, setPressed] = useState<NamedPerson | null>(null);
  const isNamed = isPersonId(form.person) || form.person === pressed?.email;
  const found = useFoundPeople(isNamed ? '' : form.person);
  const filter = filterOf(form, pressed === null ? found.people : [pressed, ...found.people]);
  /** Whoever is typed may be found yet: until then the table stays as it is. */
  const isOpen = !filter.ok && filter.error === 'person' && (found.isLooking || found.failure !== null);
  const before = useRef<AuditFilter>({});
  useEffect(() => {
    if (filter.ok) before.current = filter.value;
  });
  const shown = filter.ok ? filter.value : isOpen ? before.current : null;

  return (
    <div className={`${pageStyles.page} ${pageStyles.wide}`}>
      <header className={pageStyles.header}>
        <div>
          <PageHeading title={t.audit.title} />
          <p className={pageStyles.lead}>{t.audit.lead}</p>
        </div>
        {filter.ok && <DownloadLink href={auditCsvAddress(filter.value)}>{t.audit.csv}</DownloadLink>}
      </header>
      <AuditCheck />
      <AuditFilters
        form={form}
        people={found.people}
        problem={filter.ok || isOpen ? null : filter.error}
        onForm={setForm}
      />
      <FailureBanner failure={found.failure} />
      {shown !== null && (
        <Rows
          filter={shown}
          onPerson={(person) => {
            setPressed(person);
            setForm((now) => ({ ...now, person: person.email }));
          }}
        />
      )}
    </div>
  );
}

function Rows(props: { filter: AuditFilter; onPerson: (person: NamedPerson) => void }) {
  const { person, group, from, to } = props.filter;
  const { api } = useServices();
  const { t, locale } = useFullI18n();
  const load = useCallback(
    (before: number | null) =>
      api.administration.audit(
        {
          ...(person !== undefined && { person }),
          ...(group !== undefined && { group }),
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
        },
        before,
      ),
    [api, person, group, from, to],
  );
  const { pages, more, isGrowing, failure, retry } = usePages(load);
  if (pages.kind === 'loading') return <Loading />;
  if (pages.kind === 'failed') {
    return <LoadFailed title={t.audit.loadFailed} text={failureText(pages.failure, t)} onRetry={retry} />;
  }
  const isFiltered = [person, group, from, to].some((part) => part !== undefined);
  if (pages.rows.length === 0) {
    return (
      <Empty icon="list" title={isFiltered ? t.audit.noneFound : t.audit.empty}>
        {isFiltered ? t.audit.noneFoundLead : t.audit.emptyLead}
      </Empty>
    );
  }
  return (
    <>
      <AuditTable rows={pages.rows} onPerson={props.onPerson} />
      <FailureBanner failure={failure} />
      <div className={tableStyles.below}>
        <p role="status">{t.audit.shown(pages.rows.length.toLocaleString(locale))}</p>
        {pages.next !== null && (
          <Button busy={isGrowing} onClick={() => void more()}>
            {t.audit.more}
          </Button>
        )}
      </div>
    </>
  );
}
