import { lazy, Suspense, useCallback, useState } from 'react';
import type { UsageGroup, UsageReport } from '../../../../src-shared/api/index.ts';
import { type Period, usageCsvAddress } from '../../api/governance.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { datesIn } from '../../i18n/locale.ts';
import { useServices } from '../../services.tsx';
import { formatAmount } from '../../ui/amounts.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { DownloadLink } from '../../ui/download-link.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextField } from '../../ui/field.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import tableStyles from '../../ui/table.module.css';
import { useLoaded } from '../../ui/use-loaded.ts';
import pageStyles from '../page.module.css';
import styles from './usage.module.css';
import { groupBars, measureOf, timeBars } from './usage-bars.ts';
import type { UsageBar } from './usage-chart.tsx';

const UsageChart = lazy(() => import('./usage-chart.tsx'));

/** Rows of the table that are shown at a time. */
const ROWS = 31;

/** From the first of the month until today, in UTC like the budgets. */
export function thisMonth(now: Date): Period {
  const to = now.toISOString().slice(0, 10);
  return { from: `${to.slice(0, 7)}-01`, to };
}

/** What was used, by day, person or model: a chart, a table with the same numbers, and a file. */
export default function UsagePage() {
  const { t } = useFullI18n();
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
        {isPeriod && <DownloadLink href={usageCsvAddress(period)}>{texts.csv}</DownloadLink>}
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
  const { t } = useFullI18n();
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
      <Empty icon="chart" title={texts.empty}>
        {texts.emptyLead}
      </Empty>
    );
  }
  return <Numbers key={by} report={report} by={state.value.by} period={{ from, to }} />;
}

function Numbers({ report, by, period }: { report: UsageReport; by: UsageGroup; period: Period }) {
  const { t, locale } = useFullI18n();
  const texts = t.governance.usage;
  const [shown, setShown] = useState(ROWS);
  const days = datesIn(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const nameOf = ({ key, label }: UsageReport['rows'][number]) =>
    by === 'day'
      ? days.format(new Date(`${key}T00:00:00Z`))
      : (label ?? (by === 'person' ? `${texts.gone} (${key.slice(0, 10)}…)` : key));
  const rows = by === 'day' ? report.rows.toReversed() : report.rows;
  const hasOwn = report.total.own_key_calls > 0;
  const numbers = ({ calls, input_tokens, output_tokens, amount, ...own }: UsageReport['total']) => (
    <>
      <td className={tableStyles.number} data-label={texts.calls}>
        {calls.toLocaleString(locale)}
      </td>
      <td className={tableStyles.number} data-label={texts.input}>
        {input_tokens.toLocaleString(locale)}
      </td>
      <td className={tableStyles.number} data-label={texts.output}>
        {output_tokens.toLocaleString(locale)}
      </td>
      <td className={tableStyles.number} data-label={texts.amount}>
        {formatAmount(amount, locale)}
      </td>
      {hasOwn && (
        <td className={tableStyles.number} data-label={texts.ownKey}>
          {own.own_key_calls === 0
            ? '–'
            : texts.ownKeyCount(
                own.own_key_calls.toLocaleString(locale),
                own.own_key_tokens.toLocaleString(locale),
              )}
        </td>
      )}
    </>
  );
  return (
    <>
      <Chart report={report} by={by} period={period} nameOf={nameOf} />
      <table className={tableStyles.table}>
        <caption className="visually-hidden">{texts.caption(texts.group[by])}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.group[by]}</th>
            {[
              ...[texts.calls, texts.input, texts.output, texts.amount],
              ...(hasOwn ? [texts.ownKey] : []),
            ].map((heading) => (
              <th key={heading} scope="col" className={tableStyles.number}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <tr key={row.key}>
              <th scope="row">{nameOf(row)}</th>
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
      <div className={tableStyles.below}>
        <p role="status">
          {texts.shown(
            Math.min(shown, rows.length).toLocaleString(locale),
            (rows.length + report.left_off).toLocaleString(locale),
          )}
        </p>
        {rows.length > shown && <Button onClick={() => setShown(shown + ROWS)}>{texts.more}</Button>}
      </div>
      {hasOwn && <p className={pageStyles.note}>{texts.ownKeyHint}</p>}
      {report.left_off > 0 && (
        <p className={pageStyles.note}>{texts.leftOff(report.left_off.toLocaleString(locale))}</p>
      )}
    </>
  );
}

function Chart(props: {
  report: UsageReport;
  by: UsageGroup;
  period: Period;
  nameOf: (row: UsageReport['rows'][number]) => string;
}) {
  const { report, by, period, nameOf } = props;
  const { t, locale } = useFullI18n();
  const texts = t.governance.usage;
  const measure = measureOf(report);
  const captions = texts.chart[measure];
  const chart = (caption: string, bars: readonly UsageBar[]) => (
    <figure className={styles.chart}>
      <figcaption>{caption}</figcaption>
      <div className={styles.canvas} aria-hidden="true">
        <Suspense fallback={null}>
          <UsageChart bars={bars} measure={measure} />
        </Suspense>
      </div>
    </figure>
  );
  if (by !== 'day') {
    const names = new Map(report.rows.map((row) => [row.key, nameOf(row)]));
    const { bars, others } = groupBars(report, measure);
    const named = bars.map(({ key, value }) => ({ key, value, name: names.get(key) ?? key }));
    const rest = others === null ? [] : [{ key: '', value: others, name: texts.others }];
    return chart(captions.group, [...named, ...rest]);
  }
  const { unit, bars } = timeBars(report.rows, period, measure);
  const days = datesIn(locale, {
    ...(unit === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' }),
    timeZone: 'UTC',
  });
  const named = bars.map(({ key, value }) => ({ key, value, name: days.format(new Date(key)) }));
  return chart(captions[unit], named);
}
