import { type RefObject, useCallback, useState } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import { SessionList } from '../account/sessions/session-list.tsx';

/** Where somebody is signed in, with ways to end that. No word of what they do there. */
export function SessionsDialog(props: {
  user: User;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const { user, onClose } = props;
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.people.sessions;
  const load = useCallback(() => api.people.sessionsOf(user.id), [api, user.id]);
  const { state, reload } = useLoaded(load);
  const request = useRequest();
  const [ending, setEnding] = useState<string | null>(null);
  const [notice, setNotice] = useState<string | null>(null);

  const end = async (which: { one: string } | 'all') => {
    setNotice(null);
    setEnding(which === 'all' ? which : which.one);
    const result = await request.run(() => api.people.endSessionsOf(user.id, which));
    if (result === null) return;
    setEnding(null);
    if (result.ok) setNotice(which === 'all' ? texts.allEnded : texts.ended);
    reload();
  };
  const sessions = state.kind === 'ready' ? state.value : [];

  return (
    <Dialog title={texts.dialogTitle(user.email)} onClose={onClose} returnFocusTo={props.returnFocusTo}>
      <DialogBody>
        <p>{texts.dialogLead}</p>
        {notice !== null && (
          <Banner tone="success" role="status">
            {notice}
          </Banner>
        )}
        <FailureBanner failure={request.failure} />
        {state.kind === 'loading' && <Loading />}
        {state.kind === 'failed' && (
          <LoadFailed title={texts.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
        )}
        {state.kind === 'ready' && sessions.length === 0 && <p>{texts.none}</p>}
        {sessions.length > 0 && (
          <SessionList sessions={sessions} ending={ending} onEnd={({ id }) => void end({ one: id })} />
        )}
      </DialogBody>
      <DialogActions>
        {/* The own sessions end on the page of the account, where one sees what that means. */}
        {sessions.length > 0 && !sessions.some(({ current }) => current) && (
          <Button look="danger" busy={ending === 'all'} onClick={() => void end('all')}>
            {ending === 'all' ? texts.ending : texts.endAll}
          </Button>
        )}
        <Button data-autofocus onClick={onClose}>
          {t.common.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
