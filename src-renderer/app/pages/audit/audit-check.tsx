import { useCallback } from 'react';
import type { AuditFinding, AuditReport, AuditVerification } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { datesIn } from '../../i18n/locale.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { JobSection } from '../../ui/job-section.tsx';
import { useWatched } from '../../ui/use-watched.ts';

const isRunning = ({ state }: AuditVerification) => state === 'running';

/** Whether the log is as it was written: found out by the server, watched and stopped here. */
export function AuditCheck() {
  const { api } = useServices();
  const { t } = useFullI18n();
  const load = useCallback(() => api.administration.auditVerification(), [api]);
  const { state, failure, take } = useWatched(load, isRunning);
  return (
    <JobSection
      texts={t.audit.check}
      job={state.kind === 'ready' ? state.value : { state: 'idle' }}
      failure={failure}
      onStart={() => void api.administration.startAuditVerification().then(take)}
      onCancel={() => void api.administration.cancelAuditVerification().then(take)}
    >
      {(report) => <Outcome report={report} />}
    </JobSection>
  );
}

function Outcome({ report }: { report: AuditReport }) {
  const { t, locale } = useFullI18n();
  const texts = t.audit.check;
  const number = (value: number) => value.toLocaleString(locale);
  const { outcome, findings, found, rows, adopted, unchained } = report;
  return (
    <>
      {outcome === 'intact' && <Banner tone="success">{texts.outcome.intact(number(rows))}</Banner>}
      {outcome === 'unchecked' && <Banner tone="warning">{texts.outcome.unchecked(number(rows))}</Banner>}
      {outcome === 'broken' && (
        <Banner tone="danger">
          <strong>{texts.outcome.broken(number(found))}</strong>
          <p>{texts.brokenLead}</p>
        </Banner>
      )}
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={keyOf(finding)}>
              <Finding finding={finding} />
            </li>
          ))}
        </ul>
      )}
      {found > findings.length && <p>{texts.more(number(found - findings.length))}</p>}
      {adopted > 0 && <p>{texts.adopted(number(adopted))}</p>}
      {unchained > 0 && <p>{texts.unprotected(number(unchained))}</p>}
    </>
  );
}

function Finding({ finding }: { finding: AuditFinding }) {
  const { t, locale } = useFullI18n();
  const texts = t.audit.check;
  const moments = datesIn(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const moment = (at: string) => {
    const time = new Date(at);
    return Number.isNaN(time.getTime()) ? at : moments.format(time);
  };
  const number = (value: number) => value.toLocaleString(locale);
  const times = [
    'at' in finding && finding.at !== null ? texts.says(moment(finding.at)) : null,
    finding.after === null ? null : texts.after(moment(finding.after)),
    'before' in finding && finding.before !== null ? texts.before(moment(finding.before)) : null,
  ].filter((sentence) => sentence !== null);
  const what = () => {
    if (finding.kind === 'newest_unknown') return texts.finding.newest_unknown;
    if (finding.kind !== 'missing') return texts.finding[finding.kind](number(finding.sequence));
    const { from, to } = finding;
    return from === to
      ? texts.finding.missingOne(number(from))
      : texts.finding.missing(`${number(from)}–${number(to)}`);
  };
  return (
    <>
      {what()} <small>{times.join(' ')}</small>
    </>
  );
}

function keyOf(finding: AuditFinding): string {
  const place = 'sequence' in finding ? finding.sequence : 'from' in finding ? finding.from : 'end';
  return `${finding.kind} ${place}`;
}
