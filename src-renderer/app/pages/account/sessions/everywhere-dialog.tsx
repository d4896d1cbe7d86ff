import type { RefObject } from 'react';
import type { User } from '../../../../../src-shared/api/index.ts';
import { useRequest } from '../../../forms/use-request.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { forgetOpenThread } from '../../chat/open-thread.ts';

/** Asks before everything ends, the present session included. */
export function EverywhereDialog(props: {
  user: User;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const { user } = props;
  const { api, session } = useServices();
  const { t } = useI18n();
  const texts = t.people.sessions;
  const request = useRequest();

  const end = async () => {
    const result = await request.run(() => api.people.endOwnSessions('all'));
    if (result?.ok !== true) return;
    forgetOpenThread(window.sessionStorage, user.id);
    session.signedOut();
  };

  return (
    <Dialog
      title={texts.everywhereTitle}
      onClose={props.onClose}
      locked={request.busy}
      returnFocusTo={props.returnFocusTo}
    >
      <DialogBody>
        <FailureBanner failure={request.failure} />
        <p>
          {texts.everywhereLead} {user.role === 'guest' ? texts.everywhereLost : texts.everywhereKept}
        </p>
      </DialogBody>
      <DialogActions>
        {!request.busy && (
          <Button data-autofocus onClick={props.onClose}>
            {t.common.cancel}
          </Button>
        )}
        <Button look="danger" icon="sign-out" busy={request.busy} onClick={() => void end()}>
          {request.busy ? texts.ending : texts.everywhere}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
