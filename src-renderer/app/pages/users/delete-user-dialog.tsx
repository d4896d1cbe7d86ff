import type { RefObject } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';

/** Names the person and what is lost before anything is deleted. @param props.own the administrator's own account */
export function DeleteUserDialog(props: {
  user: User;
  own: boolean;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { user } = props;
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.users.deleteDialog;
  const request = useRequest();

  const remove = async () => {
    const result = await request.run(() => api.deleteUser(user.id));
    if (result?.ok) props.onDeleted();
  };

  return (
    <Dialog
      title={texts.title(user.email)}
      onClose={props.onClose}
      locked={request.busy}
      returnFocusTo={props.returnFocusTo}
    >
      <DialogBody>
        <FailureBanner failure={request.failure} />
        <p>{texts.lead}</p>
        <ul>
          {texts.losses.map((loss) => (
            <li key={loss}>{loss}</li>
          ))}
        </ul>
        <p>
          <strong>{texts.warning}</strong> {props.own && texts.own}
        </p>
      </DialogBody>
      <DialogActions>
        {!request.busy && (
          <Button data-autofocus onClick={props.onClose}>
            {t.common.cancel}
          </Button>
        )}
        <Button look="danger" icon="trash" busy={request.busy} onClick={() => void remove()}>
          {request.busy ? texts.submitting : texts.submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
