import { type RefObject, useState } from 'react';
import type { Role, User } from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { useFullI18n } from '../../full-i18n.ts';
import type { FullDictionary } from '../../i18n/full-en.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { RoleChoice } from './role-choice.tsx';
import styles from './user-dialogs.module.css';

/** Changes a role, and says before what that ends, what is lost and what comes back. */
export function RoleDialog(props: {
  user: User;
  own: boolean;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onChanged: (user: User) => void;
}) {
  const { user } = props;
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.people.roleDialog;
  const [role, setRole] = useState<Role>(user.role);
  const request = useRequest();

  const submit = () => {
    if (role === user.role) {
      props.onClose();
      return true;
    }
    void request
      .run(() => api.updateUser(user.id, { role }))
      .then((result) => {
        if (result?.ok) props.onChanged(result.value);
      });
    return true;
  };

  return (
    <Dialog
      title={texts.title(user.email)}
      onClose={props.onClose}
      locked={request.busy}
      returnFocusTo={props.returnFocusTo}
    >
      <Form onSubmit={submit}>
        <DialogBody>
          <FailureBanner failure={request.failure} />
          <RoleChoice legend={texts.legend} role={role} onRole={setRole} />
          <div className={styles.effects} role="status">
            <h3>{texts.what}</h3>
            {role === user.role ? (
              <p>{texts.same}</p>
            ) : (
              <ul>
                {effectsOf(user, role, t).map((effect) => (
                  <li key={effect}>{effect}</li>
                ))}
                {props.own && (
                  <li>
                    <strong>{texts.own}</strong>
                  </li>
                )}
              </ul>
            )}
          </div>
        </DialogBody>
        <DialogActions>
          {!request.busy && <Button onClick={props.onClose}>{t.common.cancel}</Button>}
          <Button type="submit" look="primary" busy={request.busy}>
            {request.busy ? texts.submitting : texts.submit}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

/** What a change from one role to another does, in sentences. */
function effectsOf(user: User, role: Role, t: FullDictionary): string[] {
  const texts = t.people.roleDialog;
  return [
    texts.signedOut(user.email),
    ...(role === 'guest' ? [texts.becomesGuest, texts.nothingKept] : []),
    ...(user.role === 'guest' ? [texts.stopsBeingGuest, texts.backAgain] : []),
    ...(role === 'administrator' ? [texts.becomesAdministrator] : []),
    ...(user.role === 'administrator' ? [texts.leavesAdministration] : []),
  ];
}
