import type { RefObject } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';

/** Says what ends and what is kept before somebody is deactivated. @param props.own the administrator's own account */
export function DeactivateDialog(props: {
  user: User;
  own: boolean;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onDeactivated: () => void;
}) {
  const { user } = props;
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.people.deactivateDialog;
  const request = useRequest();

  const deactivate = async () => {
    const result = await request.run(() => api.updateUser(user.id, { is_active: false }));
    if (result?.ok) props.onDeactivated();
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
        <ul>
          {texts.effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        <p>
          {user.role === 'guest' ? texts.keptOfGuest : texts.kept} {props.own && <strong>{texts.own}</strong>}
        </p>
      </DialogBody>
      <DialogActions>
        {!request.busy && (
          <Button data-autofocus onClick={props.onClose}>
            {t.common.cancel}
          </Button>
        )}
        <Button look="danger" busy={request.busy} onClick={() => void deactivate()}>
          {request.busy ? texts.submitting : texts.submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
