import { useState } from 'react';
import type { OfferedModel, Policy, PolicyList } from '../../../../src-shared/api/index.ts';
import type { PolicyOwner } from '../../api/governance.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog, DialogActions, DialogBody } from '../../ui/dialog.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { FieldFrame, TextField } from '../../ui/field.tsx';
import styles from './policies.module.css';
import {
  LIMIT_NAMES,
  type LimitDraft,
  type LimitKind,
  type LimitName,
  readPolicyDraft,
  toPolicyDraft,
} from './policy-draft.ts';

/** The limits of a role or a person. */
export function PolicyDialog(props: {
  owner: PolicyOwner;
  name: string;
  policy: Policy;
  models: readonly OfferedModel[];
  onClose: () => void;
  onSaved: (policies: PolicyList) => void;
}) {
  const { owner, policy } = props;
  const { api } = useServices();
  const { t, locale } = useFullI18n();
  const texts = t.governance.policies.form;
  const isPerson = owner.kind === 'people';
  const [draft, setDraft] = useState(() => toPolicyDraft(policy, isPerson ? 'inherit' : 'none', locale));
  const [wrong, setWrong] = useState<readonly LimitName[]>([]);
  const request = useRequest();
  const kinds = [
    ...(isPerson ? [{ value: 'inherit' as const, label: texts.inherit }] : []),
    { value: 'none' as const, label: texts.none },
    { value: 'limit' as const, label: texts.limit },
  ];

  const permissions = [
    ...(isPerson ? [{ value: 'inherit' as const, label: texts.inherit }] : []),
    { value: 'allowed' as const, label: texts.allowed },
    { value: 'refused' as const, label: texts.refused },
  ];
  // Guests have nothing that lasts.
  const mayHaveKeys = isPerson || owner.subject !== 'guest';

  const submit = () => {
    const read = readPolicyDraft(draft, policy);
    setWrong(read.wrong);
    if (read.wrong.length > 0) return false;
    void request
      .run(() => api.governance.setPolicy(owner, read.policy))
      .then((result) => {
        if (result?.ok) props.onSaved(result.value);
      });
    return true;
  };
  const reset = () =>
    void request
      .run(() => api.governance.removePolicy(owner))
      .then((result) => {
        if (result?.ok) props.onSaved(result.value);
      });
  const setLimit = (name: LimitName, limit: LimitDraft) =>
    setDraft((before) => ({ ...before, limits: { ...before.limits, [name]: limit } }));

  return (
    <Dialog title={texts.title(props.name)} onClose={props.onClose} locked={request.busy}>
      <Form onSubmit={submit}>
        <DialogBody>
          <FailureBanner failure={request.failure} />
          {LIMIT_NAMES.map((name) => (
            <LimitFields
              key={name}
              name={name}
              kinds={kinds}
              limit={draft.limits[name]}
              isWrong={wrong.includes(name)}
              onLimit={(limit) => setLimit(name, limit)}
            />
          ))}
          <Choice
            legend={texts.attachments}
            value={draft.attachments}
            onValue={(attachments) => setDraft((before) => ({ ...before, attachments }))}
            options={permissions}
          />
          {mayHaveKeys && (
            <Choice
              legend={texts.personalKeys}
              value={draft.personalKeys}
              onValue={(personalKeys) => setDraft((before) => ({ ...before, personalKeys }))}
              options={permissions}
            />
          )}
          <Choice
            legend={t.security.policy.legend}
            value={draft.sealing}
            onValue={(sealing) => setDraft((before) => ({ ...before, sealing }))}
            options={[
              ...(isPerson ? [{ value: 'inherit' as const, label: texts.inherit }] : []),
              { value: 'off' as const, label: t.security.policy.off },
              { value: 'allowed' as const, label: t.security.policy.allowed },
              { value: 'required' as const, label: t.security.policy.required },
            ]}
          />
          <Choice
            legend={texts.models}
            value={draft.models}
            onValue={(models) => setDraft((before) => ({ ...before, models }))}
            options={[
              ...(isPerson ? [{ value: 'inherit' as const, label: texts.inherit }] : []),
              { value: 'none' as const, label: texts.allModels },
              { value: 'limit' as const, label: texts.someModels },
            ]}
          />
          {draft.models === 'limit' && (
            <ModelChoice
              models={props.models}
              chosen={draft.chosen}
              onChosen={(chosen) => setDraft((before) => ({ ...before, chosen }))}
            />
          )}
        </DialogBody>
        <DialogActions>
          {!request.busy && isPerson && Object.keys(policy).length > 0 && (
            <Button look="quiet" onClick={reset}>
              {texts.reset}
            </Button>
          )}
          {!request.busy && <Button onClick={props.onClose}>{t.common.cancel}</Button>}
          <Button type="submit" look="primary" busy={request.busy}>
            {request.busy ? t.common.saving : t.common.save}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function LimitFields(props: {
  name: LimitName;
  kinds: readonly { readonly value: LimitKind; readonly label: string }[];
  limit: LimitDraft;
  isWrong: boolean;
  onLimit: (limit: LimitDraft) => void;
}) {
  const { name, kinds, limit, onLimit } = props;
  const { t } = useFullI18n();
  const { amountInvalid, numberInvalid, policies } = t.governance;
  const label = policies.form[name];
  const isKind = (value: string): value is LimitKind => kinds.some((kind) => kind.value === value);
  return (
    <div className={styles.limit}>
      <FieldFrame label={label}>
        {(wiring) => (
          <select
            {...wiring}
            value={limit.kind}
            onChange={({ target }) => {
              if (isKind(target.value)) onLimit({ kind: target.value, text: limit.text });
            }}
          >
            {kinds.map((kind) => (
              <option key={kind.value} value={kind.value}>
                {kind.label}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      {limit.kind === 'limit' && (
        <TextField
          label={policies.form.limit}
          aria-label={`${label}: ${policies.form.limit}`}
          inputMode="decimal"
          autoComplete="off"
          value={limit.text}
          onValue={(text) => onLimit({ kind: 'limit', text })}
          error={props.isWrong ? (name === 'perMonth' ? amountInvalid : numberInvalid) : null}
        />
      )}
    </div>
  );
}

/** Models that are gone stay chosen until somebody takes them out: they may come back. */
function ModelChoice(props: {
  models: readonly OfferedModel[];
  chosen: readonly string[];
  onChosen: (chosen: string[]) => void;
}) {
  const { chosen } = props;
  const { t } = useFullI18n();
  const known = props.models.map(({ id, label }) => ({ id, label: label === '' ? id : label }));
  const gone = chosen.filter((id) => !known.some((model) => model.id === id));
  return (
    <fieldset className={styles.group}>
      <legend className="visually-hidden">{t.governance.policies.form.someModels}</legend>
      {[...known, ...gone.map((id) => ({ id, label: id }))].map(({ id, label }) => (
        <label key={id} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) =>
              props.onChosen(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
