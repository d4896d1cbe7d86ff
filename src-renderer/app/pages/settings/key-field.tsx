import { useState } from 'react';
import type { AdminSettings, KeyLocation } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import type { FieldError } from '../../forms/validation.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import styles from './settings-page.module.css';

export interface KeyFieldProps {
  readonly location: KeyLocation;
  readonly value: string;
  readonly error: FieldError;
  readonly onValue: (value: string) => void;
  readonly onForgotten: (settings: AdminSettings) => void;
}

/** The key for the model server: where it is, a new one in, or forget it. It never comes back out. */
export function KeyField({ location, value, error, onValue, onForgotten }: KeyFieldProps) {
  const { t } = useFullI18n();
  const [asking, setAsking] = useState(false);
  const stored = location === 'keychain' || location === 'file' || location === 'session';

  return (
    <div className={styles.key}>
      <div className={styles.keyState}>
        <p>{t.settings.keyLocation[location]}</p>
        {stored && (
          <Button icon="trash" onClick={() => setAsking(true)}>
            {t.settings.keyForget}
          </Button>
        )}
      </div>
      {location !== 'environment' && (
        <PasswordField
          label={t.settings.keyLabel}
          autoComplete="off"
          value={value}
          onValue={onValue}
          error={error}
          hint={`${stored ? t.settings.keyHint.replace : t.settings.keyHint.add} ${t.settings.keyFollowsServer}`}
        />
      )}
      {asking && (
        <ForgetKeyDialog
          onClose={() => setAsking(false)}
          onForgotten={(settings) => {
            setAsking(false);
            onForgotten(settings);
          }}
        />
      )}
    </div>
  );
}

function ForgetKeyDialog(props: { onClose: () => void; onForgotten: (settings: AdminSettings) => void }) {
  const { api } = useServices();
  const { t } = useFullI18n();
  const request = useRequest();
  const forget = async () => {
    const result = await request.run(() => api.updateSettings({ api_key: null }));
    if (result?.ok) props.onForgotten(result.value);
  };
  return (
    <Dialog title={t.settings.forgetTitle} onClose={props.onClose} locked={request.busy}>
      <DialogBody>
        <FailureBanner failure={request.failure} />
        <p>{t.settings.forgetLead}</p>
      </DialogBody>
      <DialogActions>
        {!request.busy && (
          <Button data-autofocus onClick={props.onClose}>
            {t.common.cancel}
          </Button>
        )}
        <Button look="danger" icon="trash" busy={request.busy} onClick={() => void forget()}>
          {t.settings.keyForget}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
