import { useCallback, useState } from 'react';
import type { AdminSession, User } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import tableStyles from '../../ui/table.module.css';
import { useInterval } from '../../ui/use-interval.ts';
import { usePages } from '../../ui/use-pages.ts';
import pageStyles from '../page.module.css';
import { EndAllDialog } from './end-all-dialog.tsx';
import { SessionTable } from './session-table.tsx';

/** How long what is shown may be old, in milliseconds. */
const LOOK_EVERY_MS = 15_000;

interface Person {
  readonly id: string;
  readonly email: string;
}

/** Who is signed in where, and the way to end it. */
export default function SessionsPage({ me }: { me: User }) {
  const { api, session } = useServices();
  const { t, locale } = useFullI18n();
  const texts = t.administration.sessions;
  const [only, setOnly] = useState<Person | null>(null);
  const [sums, setSums] = useState<{ total: number; people: number } | null>(null);
  const [asked, setAsked] = useState<Person | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const ending = useRequest();
  const person = only?.id ?? null;
  const load = useCallback(
    async (after: string | null) => {
      const result = await api.administration.sessions(person, after);
      if (!result.ok) return result;
      const { sessions: rows, next, total, people } = result.value;
      setSums({ total, people });
      return { ok: true as const, value: { rows, next } };
    },
    [api, person],
  );
  const { pages, more, isGrowing, failure, reload, retry } = usePages(load);
  const isFirstPage = pages.kind === 'ready' && pages.rows.length <= 50;
  // Whoever has gone further down keeps what they look at, until they ask.
  useInterval(() => void reload(), isFirstPage && asked === null ? LOOK_EVERY_MS : null);

  const end = async (ended: AdminSession) => {
    setNotice(null);
    const result = await ending.run(() => api.administration.endSession(ended.id));
    if (result === null) return;
    if (result.ok && ended.current) return session.signedOut();
    if (result.ok) setNotice(texts.ended(ended.email));
    await reload();
  };
  const number = (value: number) => value.toLocaleString(locale);

  return (
    <div className={`${pageStyles.page} ${pageStyles.wide}`}>
      <header className={pageStyles.header}>
        <div>
          <PageHeading title={texts.title} />
          <p className={pageStyles.lead}>{texts.lead}</p>
        </div>
        <Button icon="reload" onClick={() => void reload()}>
          {texts.refresh}
        </Button>
      </header>
      {notice !== null && (
        <Banner tone="success" role="status">
          {notice}
        </Banner>
      )}
      <FailureBanner failure={ending.failure ?? failure} />
      {only !== null && (
        <Banner
          tone="info"
          action={
            <Button look="quiet" onClick={() => setOnly(null)}>
              {texts.everybody}
            </Button>
          }
        >
          {texts.only(only.email)}
        </Banner>
      )}
      {pages.kind === 'loading' && <Loading />}
      {pages.kind === 'failed' && (
        <LoadFailed title={texts.loadFailed} text={failureText(pages.failure, t)} onRetry={retry} />
      )}
      {pages.kind === 'ready' && (
        <>
          <SessionTable
            rows={pages.rows}
            onPerson={setOnly}
            onEnd={(ended) => void end(ended)}
            onEndAll={setAsked}
          />
          <div className={tableStyles.below}>
            {sums !== null && <p>{texts.total(number(sums.total), number(sums.people))}</p>}
            {pages.next !== null && (
              <Button busy={isGrowing} onClick={() => void more()}>
                {texts.more}
              </Button>
            )}
          </div>
        </>
      )}
      {asked !== null && (
        <EndAllDialog
          person={asked}
          own={asked.id === me.id}
          onClose={() => setAsked(null)}
          onEnded={() => {
            setAsked(null);
            if (asked.id === me.id) return session.signedOut();
            setNotice(texts.endedAll(asked.email));
            void reload();
          }}
        />
      )}
    </div>
  );
}
