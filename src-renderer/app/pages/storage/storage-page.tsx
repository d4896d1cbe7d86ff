import { useCallback, useEffect, useRef } from 'react';
import type { StorageReport, StorageState } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { datesIn } from '../../i18n/locale.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { JobSection } from '../../ui/job-section.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { formatBytes } from '../../ui/sizes.ts';
import { useWatched } from '../../ui/use-watched.ts';
import pageStyles from '../page.module.css';
import { PeopleSizes } from './people-sizes.tsx';

/** How old a measurement may be before the page asks for a new one. */
const FRESH_MS = 60_000;

const isMoving = ({ measurement, integrity }: StorageState) =>
  measurement.state === 'running' || integrity.state === 'running';

/** What takes space, whether the database is sound, and how to back it up. Nobody's content is opened for it. */
export default function StoragePage() {
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.administration.storage;
  const load = useCallback(() => api.administration.storage(), [api]);
  const { state, failure, take, reload } = useWatched(load, isMoving);
  const measure = useCallback(() => void api.administration.measureStorage().then(take), [api, take]);

  const measurement = state.kind === 'ready' ? state.value.measurement : null;
  const isLooked = useRef(false);
  useEffect(() => {
    if (measurement === null || isLooked.current) return;
    isLooked.current = true;
    const isFresh =
      measurement.state === 'running' ||
      (measurement.state === 'done' && Date.now() - Date.parse(measurement.at) < FRESH_MS);
    if (!isFresh) measure();
  }, [measurement, measure]);

  return (
    <div className={pageStyles.page}>
      <header>
        <PageHeading title={texts.title} />
        <p className={pageStyles.lead}>{texts.lead}</p>
      </header>
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed title={texts.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
      )}
      {state.kind === 'ready' && (
        <>
          <Measured state={state.value} onMeasure={measure} />
          <JobSection
            texts={texts.integrity}
            job={state.value.integrity}
            failure={failure}
            onStart={() => void api.administration.checkIntegrity().then(take)}
            onCancel={() => void api.administration.cancelIntegrity().then(take)}
          >
            {({ problems, tables }) =>
              problems.length === 0 ? (
                <Banner tone="success">{texts.integrity.sound(String(tables))}</Banner>
              ) : (
                <>
                  <Banner tone="danger">
                    <strong>{texts.integrity.damaged(String(problems.length))}</strong>
                    <p>{texts.integrity.damagedLead}</p>
                  </Banner>
                  <ul lang="en">
                    {problems.map((problem) => (
                      <li key={problem}>
                        <code>{problem}</code>
                      </li>
                    ))}
                  </ul>
                </>
              )
            }
          </JobSection>
          <Section title={texts.backup.title} lead={texts.backup.lead}>
            <Facts facts={[[texts.backup.folder, <code key="folder">{state.value.data_dir}</code>]]} />
          </Section>
        </>
      )}
    </div>
  );
}

function Measured({ state, onMeasure }: { state: StorageState; onMeasure: () => void }) {
  const { t, locale } = useFullI18n();
  const texts = t.administration.storage;
  const { measurement, emails } = state;
  const moments = datesIn(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <Section
        title={texts.overview}
        action={
          <Button icon="reload" busy={measurement.state === 'running'} onClick={onMeasure}>
            {measurement.state === 'running' ? texts.measuring : texts.measure}
          </Button>
        }
      >
        {measurement.state === 'failed' && (
          <Banner tone="danger" role="alert">
            {texts.failed}
          </Banner>
        )}
        {measurement.state === 'done' && (
          <>
            <Sums report={measurement.result} />
            <p className={pageStyles.note} role="status">
              {texts.measuredAt(moments.format(new Date(measurement.at)))}
            </p>
          </>
        )}
      </Section>
      {measurement.state === 'done' && (
        <>
          <PeopleSizes people={measurement.result.people} emails={emails} />
          <LeftOver report={measurement.result} />
        </>
      )}
    </>
  );
}

function Sums({ report }: { report: StorageReport }) {
  const { t, locale } = useFullI18n();
  const texts = t.administration.storage;
  const size = ({ bytes, files }: { bytes: number; files: number }) =>
    `${formatBytes(bytes, locale)} · ${texts.files(files.toLocaleString(locale))}`;
  return (
    <Facts
      facts={[
        [texts.database, size(report.database)],
        [texts.histories, size(report.histories)],
        [texts.attachments, size(report.attachments)],
        [texts.other, size(report.other)],
        [texts.free, report.free_bytes === null ? texts.freeUnknown : formatBytes(report.free_bytes, locale)],
      ]}
    />
  );
}

function LeftOver({ report: { orphans, leftovers } }: { report: StorageReport }) {
  const { t, locale } = useFullI18n();
  const texts = t.administration.storage;
  const number = (value: number) => value.toLocaleString(locale);
  return (
    <Section title={texts.leftTitle}>
      {orphans.folders === 0 && leftovers.files === 0 && <p>{texts.noneLeft}</p>}
      {orphans.folders > 0 && (
        <Banner tone="warning">
          <strong>{texts.orphans(number(orphans.folders), formatBytes(orphans.bytes, locale))}</strong>
          <p>{texts.orphansLead}</p>
        </Banner>
      )}
      {leftovers.files > 0 && (
        <p>
          {texts.leftovers(number(leftovers.files), formatBytes(leftovers.bytes, locale))}{' '}
          {texts.leftoversLead}
        </p>
      )}
    </Section>
  );
}
