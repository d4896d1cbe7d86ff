import type { ReactNode } from 'react';
import type { ApiFailure } from '../api/failure.ts';
import { datesIn } from '../i18n/locale.ts';
import { useI18n } from '../services.tsx';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { FailureBanner } from './failure-banner.tsx';
import styles from './job-section.module.css';
import { Section } from './section.tsx';

/** A job of the server as pages see it. */
export type ShownJob<Result> =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly done: number; readonly total: number }
  | { readonly state: 'done'; readonly at: string; readonly result: Result }
  | { readonly state: 'failed' | 'cancelled'; readonly at: string };

export interface JobTexts {
  readonly title: string;
  readonly lead: string;
  readonly start: string;
  readonly again: string;
  readonly cancel: string;
  readonly running: string;
  readonly progress: (done: string, total: string) => string;
  readonly cancelled: string;
  readonly failed: string;
  readonly checkedAt: (when: string) => string;
}

/** A check that somebody starts, watches and stops; what it found stays until the next one. */
export function JobSection<Result>(props: {
  texts: JobTexts;
  job: ShownJob<Result>;
  failure: ApiFailure | null;
  onStart: () => void;
  onCancel: () => void;
  children: (result: Result) => ReactNode;
}) {
  const { texts, job } = props;
  const { locale } = useI18n();
  const moments = datesIn(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const number = (value: number) => value.toLocaleString(locale);
  const isRunning = job.state === 'running';
  return (
    <Section
      title={texts.title}
      lead={texts.lead}
      action={
        isRunning ? (
          <Button icon="close" onClick={props.onCancel}>
            {texts.cancel}
          </Button>
        ) : (
          <Button icon="shield" onClick={props.onStart}>
            {job.state === 'idle' ? texts.start : texts.again}
          </Button>
        )
      }
    >
      {isRunning && (
        <div className={styles.progress}>
          <progress
            aria-label={texts.running}
            value={job.total === 0 ? undefined : job.done}
            max={Math.max(1, job.total)}
          />
          <span aria-hidden="true">
            {job.total === 0 ? texts.running : texts.progress(number(job.done), number(job.total))}
          </span>
        </div>
      )}
      <div role="status" className={styles.outcome}>
        {isRunning && <span className="visually-hidden">{texts.running}</span>}
        {(job.state === 'cancelled' || job.state === 'failed') && (
          <Banner tone={job.state === 'failed' ? 'danger' : 'info'}>{texts[job.state]}</Banner>
        )}
        {job.state === 'done' && (
          <>
            {props.children(job.result)}
            <p className={styles.when}>{texts.checkedAt(moments.format(new Date(job.at)))}</p>
          </>
        )}
      </div>
      <FailureBanner failure={props.failure} />
    </Section>
  );
}
