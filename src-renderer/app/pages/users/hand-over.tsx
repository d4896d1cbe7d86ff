import { useFullI18n } from '../../full-i18n.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { DialogActions, DialogBody } from '../../ui/dialog.tsx';

/** What an administrator passes on to a person after creating the account or setting a new password. */
export function HandOver(props: { email: string; password: string; onClose: () => void }) {
  const { t } = useFullI18n();
  return (
    <>
      <DialogBody>
        <Banner tone="success" role="status">
          {t.users.create.doneLead}
        </Banner>
        <CopyField label={t.fields.email} value={props.email} />
        <CopyField label={t.fields.password} value={props.password} hint={t.users.password.changeLater} />
      </DialogBody>
      <DialogActions>
        <Button look="primary" data-autofocus onClick={props.onClose}>
          {t.common.done}
        </Button>
      </DialogActions>
    </>
  );
}
