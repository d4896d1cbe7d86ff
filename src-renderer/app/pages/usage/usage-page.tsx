import { lazy, Suspense, useCallback, useState } from 'react';
import type { UsageGroup, UsageReport } from '../../../../src-shared/api/index.ts';
import { type Period, usageCsvAddress } from '../../api/governance.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useI18n, useServices } from '../../services.tsx';
import { formatAmount } from '../../ui/amounts.ts';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import pageStyles from '../page.module.css';
import styles from './usage.module.css';

const UsageChart = lazy(() => import('./usage-chart.tsx'));

/** Bars in the chart; the table has all of them. */
const MAX_BARS = 31;

/** From the first of the month until today, in UTC like the budgets. */
export function thisMonth(now: Date): Period {
  const to = now.toISOString().slice(0, 10);
  return { from: `${to.slice(0, 7)}-01`, to };
}

/** What was used, by day, person or model: a chart, a table with the same numbers, and a file. */
export default function UsagePage() {
  const { t } = useI18n();
  const texts = t.governance.usage;
  const [period, setPeriod] = useState(() => thisMonth(new Date()));
  const [by, setBy] = useState<UsageGroup>('day');
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isPeriod = isDay(period.from) && isDay(period.to) && period.from <= period.to;

  return (
    <div className={pageStyles.page}>
      <header className={pageStyles.header}>
        <div>
          <PageHeading title={texts.title} />
          <p className={pageStyles.lead}>{texts.lead}</p>
        </div>
        {isPeriod && (
          <a className={styles.download} href={usageCsvAddress(period)} download>
            {texts.csv}
          </a>
        )}
      </header>
      <div className={styles.controls}>
        <TextField
          label={texts.from}
          type="date"
          value={period.from}
          onValue={(from) => setPeriod((before) => ({ ...before, from }))}
          error={isPeriod ? null : texts.periodInvalid}
        />
        <TextField
          label={texts.to}
          type="date"
          value={period.to}
          onValue={(to) => setPeriod((before) => ({ ...before, to }))}
        />
        <Choice
          legend={texts.by}
          value={by}
          onValue={setBy}
          options={(['day', 'person', 'model'] as const).map((value) => ({
            value,
            label: texts.group[value],
          }))}
        />
      </div>
      {isPeriod && <Report period={period} by={by} />}
    </div>
  );
}

function Report({ period: { from, to }, by }: { period: Period; by: UsageGroup }) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.governance.usage;
  const load = useCallback(async () => {
    const result = await api.governance.usage({ from, to }, by);
    return result.ok ? { ...result, value: { by, report: result.value } } : result;
  }, [api, from, to, by]);
  const { state, reload } = useLoaded(load);
  if (state.kind === 'loading') return <Loading />;
  if (state.kind === 'failed') {
    return <LoadFailed title={texts.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />;
  }
  const { report } = state.value;
  if (report.rows.length === 0) {
    return (
      <div className={styles.empty}>
        <h2>{texts.empty}</h2>
        <p>{texts.emptyLead}</p>
      </div>
    );
  }
  return <Numbers report={report} by={state.value.by} />;
}

function Numbers({ report, by }: { report: UsageReport; by: UsageGroup }) {
  const { t, locale } = useI18n();
  const texts = t.governance.usage;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const named = report.rows.map((row) => ({
    ...row,
    name:
      by === 'day'
        ? days.format(new Date(`${row.key}T00:00:00Z`))
        : (row.label ?? (by === 'person' ? `${texts.gone} (${row.key.slice(0, 10)}…)` : row.key)),
  }));
  const numbers = ({ calls, input_tokens, output_tokens, amount }: UsageReport['total']) => (
    <>
      <td data-label={texts.calls}>{calls.toLocaleString(locale)}</td>
      <td data-label={texts.input}>{input_tokens.toLocaleString(locale)}</td>
      <td data-label={texts.output}>{output_tokens.toLocaleString(locale)}</td>
      <td data-label={texts.amount}>{formatAmount(amount, locale)}</td>
    </>
  );
  const bars = by === 'day' ? named.slice(-MAX_BARS) : named.slice(0, MAX_BARS);
  return (
    <>
      <figure className={styles.chart}>
        <figcaption>{texts.chart}</figcaption>
        <div className={styles.canvas} aria-hidden="true">
          <Suspense fallback={null}>
            <UsageChart bars={bars.map(({ key, name, amount }) => ({ key, name, amount }))} />
          </Suspense>
        </div>
      </figure>
      <table className={styles.table}>
        <caption className="visually-hidden">{texts.caption(texts.group[by])}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.group[by]}</th>
            <th scope="col">{texts.calls}</th>
            <th scope="col">{texts.input}</th>
            <th scope="col">{texts.output}</th>
            <th scope="col">{texts.amount}</th>
          </tr>
        </thead>
        <tbody>
          {named.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {numbers(row)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{texts.total}</th>
            {numbers(report.total)}
          </tr>
        </tfoot>
      </table>
      {report.left_off > 0 && (
        <p className={styles.note}>{texts.leftOff(report.left_off.toLocaleString(locale))}</p>
      )}
    </>
  );
}
