import { useState } from 'react';
import type { AdminSettings } from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import {
  apiKeyError,
  baseUrlError,
  type FieldError,
  instructionsError,
  modelError,
} from '../../forms/validation.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { changesOf, inputOf, isFixed, type SettingsInput } from './changes.ts';
import { KeyField } from './key-field.tsx';
import styles from './settings-page.module.css';
import { SourceLabel, useFieldHint } from './source-label.tsx';

const NO_ERRORS: Record<keyof SettingsInput, FieldError> = {
  baseUrl: null,
  model: null,
  instructions: null,
  apiKey: null,
};

/** The connection: server, key, model and instructions, saved together. */
export function SettingsForm(props: {
  settings: AdminSettings;
  onSettings: (settings: AdminSettings) => void;
}) {
  const { settings, onSettings } = props;
  const { connection } = settings;
  const { api } = useServices();
  const { t } = useFullI18n();
  const hint = useFieldHint();
  const [input, setInput] = useState(() => inputOf(settings));
  const [errors, setErrors] = useState(NO_ERRORS);
  const [outcome, setOutcome] = useState<string | null>(null);
  const request = useRequest();

  const change = (part: Partial<SettingsInput>) => {
    setOutcome(null);
    setInput((before) => ({ ...before, ...part }));
  };

  const submit = () => {
    const found = {
      baseUrl: baseUrlError(input.baseUrl, t),
      model: modelError(input.model, t),
      instructions: instructionsError(input.instructions, t),
      apiKey: apiKeyError(input.apiKey, t),
    };
    setErrors(found);
    setOutcome(null);
    if (Object.values(found).some((error) => error !== null)) return false;
    const changes = changesOf(input, settings);
    if (Object.keys(changes).length === 0) {
      setOutcome(t.settings.nothingChanged);
      return true;
    }
    void request
      .run(() => api.updateSettings(changes))
      .then((result) => {
        if (!result?.ok) return;
        onSettings(result.value);
        setInput(inputOf(result.value));
        setOutcome(t.settings.saved);
      });
    return true;
  };

  return (
    <Form className={styles.section} onSubmit={submit}>
      <h2>{t.settings.connection}</h2>
      <TextField
        label={t.settings.baseUrl}
        aside={<SourceLabel source={connection.base_url_source} />}
        hint={hint(connection.base_url_source, 'OPENAI_BASE_URL', t.settings.baseUrlHint)}
        error={errors.baseUrl}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        readOnly={isFixed(connection.base_url_source)}
        value={input.baseUrl}
        onValue={(baseUrl) => change({ baseUrl })}
      />
      <KeyField
        location={connection.key}
        value={input.apiKey}
        error={errors.apiKey}
        onValue={(apiKey) => change({ apiKey })}
        onForgotten={(next) => {
          onSettings(next);
          setOutcome(t.settings.forgotten);
        }}
      />
      <TextField
        label={t.settings.model}
        aside={<SourceLabel source={connection.model_source} />}
        hint={hint(connection.model_source, 'CHATKIT_AGENT_MODEL', t.settings.modelHint)}
        error={errors.model}
        spellCheck={false}
        autoComplete="off"
        readOnly={isFixed(connection.model_source)}
        value={input.model}
        onValue={(model) => change({ model })}
      />
      <TextArea
        label={t.settings.instructions}
        aside={<SourceLabel source={connection.instructions_source} />}
        hint={hint(connection.instructions_source, 'CHATKIT_AGENT_INSTRUCTIONS', t.settings.instructionsHint)}
        error={errors.instructions}
        rows={5}
        readOnly={isFixed(connection.instructions_source)}
        value={input.instructions}
        onValue={(instructions) => change({ instructions })}
      />
      <FailureBanner failure={request.failure} />
      <div className={styles.save}>
        <Button type="submit" look="primary" busy={request.busy}>
          {request.busy ? t.common.saving : t.common.save}
        </Button>
        <p role="status">{outcome}</p>
      </div>
    </Form>
  );
}
