import type { RefObject } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { ConfirmDialog } from '../../forms/confirm-dialog.tsx';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';

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
  const { t } = useFullI18n();
  const texts = t.users.deleteDialog;
  return (
    <ConfirmDialog
      title={texts.title(user.email)}
      submit={texts.submit}
      submitting={texts.submitting}
      icon="trash"
      send={() => api.deleteUser(user.id)}
      onDone={props.onDeleted}
      onClose={props.onClose}
      returnFocusTo={props.returnFocusTo}
    >
      <p>{texts.lead}</p>
      <ul>
        {texts.losses.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
      <p>
        <strong>{texts.warning}</strong> {props.own && texts.own}
      </p>
    </ConfirmDialog>
  );
}
