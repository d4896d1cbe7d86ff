import type { RefObject } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';

/** Says what it means to take somebody's second factor away, before it is done. */
export function RemoveFactorDialog(props: {
  user: User;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { user } = props;
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.admin;
  const request = useRequest();
  const remove = async () => {
    const result = await request.run(() => api.security.removeSecondFactorOf(user.id));
    if (result?.ok) props.onRemoved();
  };
  return (
    <Dialog
      title={texts.removeFactorTitle(user.email)}
      onClose={props.onClose}
      locked={request.busy}
      returnFocusTo={props.returnFocusTo}
    >
      <DialogBody>
        <FailureBanner failure={request.failure} />
        <p>{texts.removeFactorLead}</p>
      </DialogBody>
      <DialogActions>
        {!request.busy && (
          <Button data-autofocus onClick={props.onClose}>
            {t.common.cancel}
          </Button>
        )}
        <Button look="danger" busy={request.busy} onClick={() => void remove()}>
          {request.busy ? texts.removingFactor : texts.removeFactorSubmit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
