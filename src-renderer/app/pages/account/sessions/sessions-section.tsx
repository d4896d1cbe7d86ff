import { useRef, useState } from 'react';
import type { Session, User } from '../../../../../src-shared/api/index.ts';
import { useRequest } from '../../../forms/use-request.ts';
import { useFullI18n } from '../../../full-i18n.ts';
import { failureText } from '../../../i18n/failure-text.ts';
import { useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { LoadFailed, Loading } from '../../../ui/page-states.tsx';
import { useLoaded } from '../../../ui/use-loaded.ts';
import styles from '../account.module.css';
import { AccountSection } from '../account-section.tsx';
import { EverywhereDialog } from './everywhere-dialog.tsx';
import { SessionList } from './session-list.tsx';

/** Where the person is signed in: what is not theirs can be ended, one or all. */
export function SessionsSection({ user }: { user: User }) {
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.people.sessions;
  const { state, reload } = useLoaded(api.people.ownSessions);
  const ending = useRequest();
  const [which, setWhich] = useState<string | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const everywhere = useRef<HTMLButtonElement>(null);

  const end = async (what: { one: string } | 'others') => {
    setNotice(null);
    setWhich(what === 'others' ? what : what.one);
    const result = await ending.run(() => api.people.endOwnSessions(what));
    if (result === null) return;
    setWhich(null);
    if (result.ok) setNotice(what === 'others' ? texts.othersEnded : texts.ended);
    reload();
  };
  const endOne = (session: Session) => void end({ one: session.id });

  return (
    <AccountSection title={texts.title} icon="house" lead={texts.lead}>
      {notice !== null && (
        <Banner tone="success" role="status">
          {notice}
        </Banner>
      )}
      <FailureBanner failure={ending.failure} />
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed title={texts.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
      )}
      {state.kind === 'ready' && <SessionList sessions={state.value} ending={which} onEnd={endOne} />}
      <div className={styles.buttons}>
        {state.kind === 'ready' && state.value.length > 1 && (
          <Button busy={which === 'others'} onClick={() => void end('others')}>
            {which === 'others' ? texts.ending : texts.endOthers}
          </Button>
        )}
        <Button ref={everywhere} icon="sign-out" onClick={() => setAsking(true)}>
          {texts.everywhere}
        </Button>
      </div>
      {asking && <EverywhereDialog user={user} returnFocusTo={everywhere} onClose={() => setAsking(false)} />}
    </AccountSection>
  );
}
