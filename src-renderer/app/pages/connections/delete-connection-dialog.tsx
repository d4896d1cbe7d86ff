import type { RefObject } from 'react';
import type { ConnectionInfo } from '../../../../src-shared/api/index.ts';
import { ConfirmDialog } from '../../forms/confirm-dialog.tsx';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';

/** Says what goes with a connection before it goes. */
export function DeleteConnectionDialog(props: {
  connection: ConnectionInfo;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.governance.connections.deletion;
  return (
    <ConfirmDialog
      title={texts.title(props.connection.name)}
      icon="trash"
      submit={texts.submit}
      submitting={texts.submit}
      send={() => api.governance.deleteConnection(props.connection.id)}
      onDone={props.onDeleted}
      onClose={props.onClose}
      returnFocusTo={props.returnFocusTo}
    >
      <p>{texts.lead}</p>
    </ConfirmDialog>
  );
}
