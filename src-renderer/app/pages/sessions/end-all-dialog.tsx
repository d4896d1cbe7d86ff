import { useRequest } from '../../forms/use-request.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';

/** Asks before somebody is signed out everywhere. */
export function EndAllDialog(props: {
  person: { readonly id: string; readonly email: string };
  /** The administrator's own account. */
  own: boolean;
  onClose: () => void;
  onEnded: () => void;
}) {
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.administration.sessions.confirm;
  const request = useRequest();
  const end = async () => {
    const result = await request.run(() => api.administration.endSessionsOf(props.person.id));
    if (result?.ok) props.onEnded();
  };
  return (
    <Dialog title={texts.title(props.person.email)} locked={request.busy} onClose={props.onClose}>
      <DialogBody>
        <p>{texts.lead}</p>
        {props.own && <Banner tone="warning">{texts.own}</Banner>}
        <FailureBanner failure={request.failure} />
      </DialogBody>
      <DialogActions>
        <Button data-autofocus onClick={props.onClose}>
          {t.common.cancel}
        </Button>
        <Button look="danger" busy={request.busy} onClick={() => void end()}>
          {texts.submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
