import { useRef, useState } from 'react';
import type { ConnectionInfo } from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import styles from './connections.module.css';
import { EMPTY_MODEL, type ModelDraft, type ModelField, readDraft, toDraft } from './model-draft.ts';

/** The models that a connection offers, with what they cost. Those of the built-in one are named elsewhere. */
export function ModelsDialog(props: {
  connection: ConnectionInfo;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { connection } = props;
  const { api } = useServices();
  const { t, locale } = useFullI18n();
  const texts = t.governance.connections.modelForm;
  const nextKey = useRef(connection.models.length);
  const [drafts, setDrafts] = useState(() =>
    connection.models.map((model, key) => ({ key, draft: toDraft(model, locale) })),
  );
  const [areErrorsShown, setErrorsShown] = useState(false);
  const request = useRequest();

  const change = (key: number, field: ModelField, value: string) =>
    setDrafts((before) =>
      before.map((entry) => (entry.key === key ? { key, draft: edited(entry.draft, field, value) } : entry)),
    );
  const add = () => {
    const key = nextKey.current++;
    setDrafts((before) => [...before, { key, draft: EMPTY_MODEL }]);
  };

  const submit = () => {
    const read = drafts.map(({ draft }) => readDraft(draft));
    setErrorsShown(true);
    const models = read.flatMap((result) => (result.ok ? [result.value] : []));
    if (models.length < drafts.length) return false;
    void request
      .run(() => api.governance.offerModels(connection.id, models))
      .then((result) => {
        if (result?.ok) props.onSaved();
      });
    return true;
  };

  return (
    <Dialog title={texts.title} onClose={props.onClose} locked={request.busy}>
      <Form onSubmit={submit}>
        <DialogBody>
          <p>{texts.lead}</p>
          {connection.built_in && <p className={styles.hint}>{texts.fixedIds}</p>}
          <FailureBanner failure={request.failure} />
          {drafts.map(({ key, draft }, index) => (
            <ModelFields
              key={key}
              number={(index + 1).toLocaleString(locale)}
              draft={draft}
              isNamed={connection.built_in}
              areErrorsShown={areErrorsShown}
              onField={(field, value) => change(key, field, value)}
              onRemove={() => setDrafts((before) => before.filter((entry) => entry.key !== key))}
            />
          ))}
          {!connection.built_in && (
            <Button icon="plus" onClick={add}>
              {texts.add}
            </Button>
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

/** An id that nobody has touched follows the name. */
function edited(draft: ModelDraft, field: ModelField, value: string): ModelDraft {
  const followed = field === 'model' && draft.id === draft.model ? { id: value } : {};
  return { ...draft, [field]: value, ...followed };
}

function ModelFields(props: {
  number: string;
  draft: ModelDraft;
  /** The model is named elsewhere: only what it costs can be changed. */
  isNamed: boolean;
  areErrorsShown: boolean;
  onField: (field: ModelField, value: string) => void;
  onRemove: () => void;
}) {
  const { draft, isNamed } = props;
  const { t } = useFullI18n();
  const { amountInvalid, amountHint, numberInvalid } = t.governance;
  const texts = t.governance.connections.modelForm;
  const read = readDraft(draft);
  const wrong = read.ok || !props.areErrorsShown ? [] : read.error;
  const field = (name: ModelField, label: string, message: string, numeric = false) => (
    <TextField
      label={label}
      autoComplete="off"
      spellCheck={false}
      {...(numeric && { inputMode: 'decimal' as const })}
      value={draft[name]}
      onValue={(value) => props.onField(name, value)}
      error={wrong.includes(name) ? message : null}
    />
  );
  const title = draft.label || draft.id || texts.numbered(props.number);
  return (
    <fieldset className={styles.model}>
      <legend>{title}</legend>
      {!isNamed && (
        <div className={styles.columns}>
          {field('model', texts.model, texts.missing)}
          {field('id', texts.id, texts.missing)}
        </div>
      )}
      {field('label', texts.label, texts.missing)}
      <div className={styles.columns}>
        {field('input', texts.input, amountInvalid, true)}
        {field('cached', texts.cached, amountInvalid, true)}
        {field('output', texts.output, amountInvalid, true)}
      </div>
      <p className={styles.hint}>{amountHint}</p>
      {field('longest', texts.longest, numberInvalid, true)}
      {!isNamed && (
        <div className={styles.removal}>
          <IconButton icon="trash" label={texts.remove(title)} onClick={props.onRemove} />
        </div>
      )}
    </fieldset>
  );
}
