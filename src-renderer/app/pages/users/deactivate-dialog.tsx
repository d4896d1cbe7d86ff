import type { RefObject } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { ConfirmDialog } from '../../forms/confirm-dialog.tsx';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';

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
  const { t } = useFullI18n();
  const texts = t.people.deactivateDialog;
  return (
    <ConfirmDialog
      title={texts.title(user.email)}
      submit={texts.submit}
      submitting={texts.submitting}
      send={() => api.updateUser(user.id, { is_active: false })}
      onDone={props.onDeactivated}
      onClose={props.onClose}
      returnFocusTo={props.returnFocusTo}
    >
      <ul>
        {texts.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <p>
        {user.role === 'guest' ? texts.keptOfGuest : texts.kept} {props.own && <strong>{texts.own}</strong>}
      </p>
    </ConfirmDialog>
  );
}
