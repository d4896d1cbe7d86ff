import type { RefObject } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { ConfirmDialog } from '../../forms/confirm-dialog.tsx';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';

/** Says what it means to take somebody's second factor away, before it is done. */
export function RemoveFactorDialog(props: {
  user: User;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { user } = props;
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.security.admin;
  return (
    <ConfirmDialog
      title={texts.removeFactorTitle(user.email)}
      submit={texts.removeFactorSubmit}
      submitting={texts.removingFactor}
      send={() => api.security.removeSecondFactorOf(user.id)}
      onDone={props.onRemoved}
      onClose={props.onClose}
      returnFocusTo={props.returnFocusTo}
    >
      <p>{texts.removeFactorLead}</p>
    </ConfirmDialog>
  );
}
