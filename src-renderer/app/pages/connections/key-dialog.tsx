import { useState } from 'react';
import type { ConnectionInfo } from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import type { FieldError } from '../../forms/validation.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { PasswordField } from '../../ui/password-field.tsx';

/** Puts a new key in the place of the old one, once the server has accepted it. */
export function KeyDialog(props: { connection: ConnectionInfo; onClose: () => void; onSaved: () => void }) {
  const { connection } = props;
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.governance.connections.keyForm;
  const [key, setKey] = useState('');
  const [error, setError] = useState<FieldError>(null);
  const request = useRequest();
  const wasRefused = request.failure?.kind === 'refused' && request.failure.code === 'key_not_accepted';

  const save = (untested: boolean) => {
    const apiKey = key.trim();
    const found = apiKey === '' || apiKey.length > 2_000 ? texts.missing : null;
    setError(found);
    if (found !== null) return false;
    send({ api_key: apiKey, untested });
    return true;
  };
  const send = (body: { api_key: string | null; untested: boolean }) =>
    void request
      .run(() => api.governance.setKey(connection.id, body))
      .then((result) => {
        if (result?.ok) props.onSaved();
      });

  return (
    <Dialog title={texts.title} onClose={props.onClose} locked={request.busy}>
      <Form onSubmit={() => save(false)}>
        <DialogBody>
          <p>{texts.lead}</p>
          <FailureBanner failure={request.failure} />
          <PasswordField label={texts.label} autoComplete="off" value={key} onValue={setKey} error={error} />
        </DialogBody>
        <DialogActions>
          {!request.busy && connection.key !== 'none' && (
            <Button look="quiet" icon="trash" onClick={() => send({ api_key: null, untested: true })}>
              {texts.forget}
            </Button>
          )}
          {!request.busy && wasRefused && <Button onClick={() => save(true)}>{texts.saveUntested}</Button>}
          {!request.busy && <Button onClick={props.onClose}>{t.common.cancel}</Button>}
          <Button type="submit" look="primary" busy={request.busy}>
            {request.busy ? t.common.saving : texts.save}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
