import type { RefObject } from 'react';
import type { ConnectionInfo } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';

/** Says what goes with a connection before it goes. */
export function DeleteConnectionDialog(props: {
  connection: ConnectionInfo;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.governance.connections.deletion;
  const request = useRequest();

  const remove = async () => {
    const result = await request.run(() => api.governance.deleteConnection(props.connection.id));
    if (result?.ok) props.onDeleted();
  };

  return (
    <Dialog
      title={texts.title(props.connection.name)}
      onClose={props.onClose}
      locked={request.busy}
      returnFocusTo={props.returnFocusTo}
    >
      <DialogBody>
        <FailureBanner failure={request.failure} />
        <p>{texts.lead}</p>
      </DialogBody>
      <DialogActions>
        {!request.busy && (
          <Button data-autofocus onClick={props.onClose}>
            {t.common.cancel}
          </Button>
        )}
        <Button look="danger" icon="trash" busy={request.busy} onClick={() => void remove()}>
          {texts.submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
