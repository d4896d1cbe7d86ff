import { useState } from 'react';
import type { PersonalKey, PersonalKeys } from '../../../../../src-shared/api/index.ts';
import { Form } from '../../../forms/form.tsx';
import { useRequest } from '../../../forms/use-request.ts';
import type { FieldError } from '../../../forms/validation.ts';
import { useFullI18n } from '../../../full-i18n.ts';
import { useServices } from '../../../services.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureBanner } from '../../../ui/failure-banner.tsx';
import { PasswordField } from '../../../ui/password-field.tsx';
import styles from '../account.module.css';

/** A key of the person's own. The page forgets it when the server has it. */
export function KeyForm(props: {
  connection: PersonalKey;
  onSaved: (keys: PersonalKeys) => void;
  onCancel: () => void;
}) {
  const { connection_id: id, origin } = props.connection;
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.keys.form;
  const [key, setKey] = useState('');
  const [error, setError] = useState<FieldError>(null);
  const request = useRequest();
  const wasRefused = request.failure?.kind === 'refused' && request.failure.code === 'key_not_accepted';

  const save = (untested: boolean) => {
    const apiKey = key.trim();
    const found = apiKey === '' || apiKey.length > 2_000 ? texts.missing : null;
    setError(found);
    if (found !== null) return false;
    void request
      .run(() => api.personalKeys.set(id, { api_key: apiKey, untested }))
      .then((result) => result?.ok && props.onSaved(result.value));
    return true;
  };

  return (
    <Form className={styles.form} onSubmit={() => save(false)}>
      <FailureBanner failure={request.failure} />
      <PasswordField
        label={texts.label}
        hint={texts.hint(origin)}
        autoComplete="off"
        autoFocus
        value={key}
        onValue={setKey}
        error={error}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" busy={request.busy}>
          {request.busy ? t.common.saving : texts.save}
        </Button>
        {!request.busy && wasRefused && <Button onClick={() => save(true)}>{texts.saveUntested}</Button>}
        <Button onClick={props.onCancel}>{t.common.cancel}</Button>
      </div>
    </Form>
  );
}
