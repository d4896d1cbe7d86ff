import type { RefObject } from 'react';
import type { User } from '../../../../../src-shared/api/index.ts';
import { ConfirmDialog } from '../../../forms/confirm-dialog.tsx';
import { useFullI18n } from '../../../full-i18n.ts';
import { useServices } from '../../../services.tsx';
import { forgetOpenThread } from '../../chat/open-thread.ts';

/** Asks before everything ends, the present session included. */
export function EverywhereDialog(props: {
  user: User;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const { user } = props;
  const { api, session } = useServices();
  const { t } = useFullI18n();
  const texts = t.people.sessions;
  const ended = () => {
    forgetOpenThread(window.sessionStorage, user.id);
    session.signedOut();
  };
  return (
    <ConfirmDialog
      title={texts.everywhereTitle}
      submit={texts.everywhere}
      submitting={texts.ending}
      icon="sign-out"
      send={() => api.people.endOwnSessions('all')}
      onDone={ended}
      onClose={props.onClose}
      returnFocusTo={props.returnFocusTo}
    >
      <p>
        {texts.everywhereLead} {user.role === 'guest' ? texts.everywhereLost : texts.everywhereKept}
      </p>
    </ConfirmDialog>
  );
}
