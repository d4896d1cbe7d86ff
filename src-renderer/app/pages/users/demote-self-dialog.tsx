import type { RefObject } from 'react';
import { useI18n } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';

/** Asks before administrators take away their own role: only somebody else can give it back. */
export function DemoteSelfDialog(props: {
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useI18n();
  return (
    <Dialog title={t.users.demoteSelf.title} onClose={props.onClose} returnFocusTo={props.returnFocusTo}>
      <DialogBody>
        <p>{t.users.demoteSelf.lead}</p>
      </DialogBody>
      <DialogActions>
        <Button data-autofocus onClick={props.onClose}>
          {t.common.cancel}
        </Button>
        <Button look="danger" onClick={props.onConfirm}>
          {t.users.demoteSelf.submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
