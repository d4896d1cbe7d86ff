import { useCallback, useState } from 'react';
import {
  type AdminLocking,
  type LockingRules,
  lockingRulesSchema,
} from '../../../../src-shared/api/index.ts';
import { Form } from '../../forms/form.tsx';
import { useRequest } from '../../forms/use-request.ts';
import type { FieldError } from '../../forms/validation.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureBanner } from '../../ui/failure-banner.tsx';
import { TextField } from '../../ui/field.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import { CheckField } from '../locking/check-field.tsx';
import styles from './settings-page.module.css';

/** What an administrator decides about when windows lock by themselves. */
export function LockingSection() {
  const { api } = useServices();
  const { t } = useI18n();
  const { state, reload, replace } = useLoaded(useCallback(() => api.lockingRules(), [api]));
  if (state.kind === 'loading') return <Loading />;
  if (state.kind === 'failed') {
    return (
      <LoadFailed title={t.locking.rules.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
    );
  }
  return <Rules rules={state.value} onRules={replace} />;
}

function Rules({ rules, onRules }: { rules: AdminLocking; onRules: (rules: AdminLocking) => void }) {
  const { api } = useServices();
  const { t } = useI18n();
  const words = t.locking.rules;
  const [minutes, setMinutes] = useState(String(rules.longest_minutes));
  const [flags, setFlags] = useState({ with_system: rules.with_system, at_start: rules.at_start });
  const [error, setError] = useState<FieldError>(null);
  const [saved, setSaved] = useState(false);
  const request = useRequest();
  const isFixed = (name: keyof LockingRules) => rules.fixed.includes(name);
  const hint = (name: keyof LockingRules, text: string) => (isFixed(name) ? words.fixed : text);

  const flag = (name: 'with_system' | 'at_start', label: string, text: string) => (
    <CheckField
      label={label}
      hint={hint(name, text)}
      checked={flags[name]}
      disabled={isFixed(name)}
      onChecked={(checked) => {
        setSaved(false);
        setFlags({ ...flags, [name]: checked });
      }}
    />
  );

  const submit = () => {
    const wanted = lockingRulesSchema.shape.longest_minutes.safeParse(
      minutes.trim() === '' ? Number.NaN : Number(minutes),
    );
    setError(wanted.success ? null : words.longestInvalid);
    setSaved(false);
    if (!wanted.success) return false;
    const changes = Object.fromEntries(
      Object.entries({ longest_minutes: wanted.data, ...flags }).filter(
        ([name]) => !rules.fixed.some((fixed) => fixed === name),
      ),
    );
    void request
      .run(() => api.changeLockingRules(changes))
      .then((result) => {
        if (!result?.ok) return;
        onRules(result.value);
        setSaved(true);
      });
    return true;
  };

  return (
    <Form className={styles.section} onSubmit={submit}>
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <TextField
        label={words.longest}
        hint={hint('longest_minutes', words.longestHint)}
        error={error}
        inputMode="numeric"
        readOnly={isFixed('longest_minutes')}
        value={minutes}
        onValue={(value) => {
          setSaved(false);
          setMinutes(value);
        }}
      />
      {flag('with_system', words.withSystem, words.withSystemHint)}
      {flag('at_start', words.atStart, words.atStartHint)}
      <FailureBanner failure={request.failure} />
      <div className={styles.save}>
        <Button type="submit" look="primary" busy={request.busy}>
          {request.busy ? t.common.saving : t.common.save}
        </Button>
        <p role="status">{saved ? words.saved : null}</p>
      </div>
    </Form>
  );
}
