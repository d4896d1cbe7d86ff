import { useState } from 'react';
import type { ConnectionInfo, ConnectionMode } from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import type { FieldError } from '../../forms/validation.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';

/** Adds a connection, or changes one. Says before it happens that a new server drops the key. */
export function ConnectionDialog(props: {
  connection: ConnectionInfo | null;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { connection } = props;
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.governance.connections.form;
  const [name, setName] = useState(connection?.name ?? '');
  const [address, setAddress] = useState(connection?.base_url ?? 'https://');
  const [mode, setMode] = useState<ConnectionMode>(connection?.mode ?? 'chat');
  const [enabled, setEnabled] = useState(connection?.enabled ?? true);
  const [key, setKey] = useState('');
  const [errors, setErrors] = useState<{ name: FieldError; address: FieldError }>({
    name: null,
    address: null,
  });
  const request = useRequest();
  const origin = originOf(address.trim());
  const dropsKey =
    connection !== null &&
    connection.key !== 'none' &&
    origin !== null &&
    origin !== originOf(connection.base_url);

  const submit = () => {
    const trimmed = name.trim();
    const found = {
      name: trimmed === '' || trimmed.length > 100 ? texts.nameMissing : null,
      address: origin === null ? texts.addressInvalid : null,
    };
    setErrors(found);
    if (found.name !== null || found.address !== null) return false;
    const values = { name: trimmed, base_url: address.trim(), mode };
    const apiKey = key.trim();
    const send = () =>
      connection === null
        ? api.governance.createConnection({ ...values, ...(apiKey !== '' && { api_key: apiKey }) })
        : api.governance.updateConnection(connection.id, { ...values, enabled });
    void request.run(send).then((result) => {
      if (result?.ok) props.onSaved();
    });
    return true;
  };

  return (
    <Dialog
      title={connection === null ? texts.create : texts.edit}
      onClose={props.onClose}
      locked={request.busy}
    >
      <Form onSubmit={submit}>
        <DialogBody>
          <FailureBanner failure={request.failure} />
          <TextField
            label={texts.name}
            data-autofocus
            autoComplete="off"
            value={name}
            onValue={setName}
            error={errors.name}
          />
          <TextField
            label={texts.address}
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            value={address}
            onValue={setAddress}
            error={errors.address}
          />
          {dropsKey && (
            <Banner tone="warning" role="status">
              {texts.keyDropped}
            </Banner>
          )}
          <Choice
            look="cards"
            legend={texts.mode}
            value={mode}
            onValue={setMode}
            options={[
              { value: 'chat', label: texts.chat, hint: texts.chatHint },
              { value: 'responses', label: texts.responses, hint: texts.responsesHint },
            ]}
          />
          {connection === null ? (
            <PasswordField
              label={texts.key}
              autoComplete="off"
              value={key}
              onValue={setKey}
              hint={texts.keyHint}
              error={null}
            />
          ) : (
            <Choice
              legend={texts.state}
              value={enabled ? 'on' : 'off'}
              onValue={(value) => setEnabled(value === 'on')}
              options={[
                { value: 'on', label: texts.on },
                { value: 'off', label: texts.off },
              ]}
            />
          )}
        </DialogBody>
        <DialogActions>
          {!request.busy && <Button onClick={props.onClose}>{t.common.cancel}</Button>}
          <Button type="submit" look="primary" busy={request.busy}>
            {request.busy ? t.common.saving : t.common.save}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return /^https?:$/.test(url.protocol) && isPlain ? url.origin : null;
}
