import { useState } from 'react';
import type { Security } from '../../../../../src-shared/api/index.ts';
import type { PasswordAndCode } from '../../../api/security.ts';
import { useRequest } from '../../../forms/use-request.ts';
import { datesIn } from '../../../i18n/locale.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import styles from '../account.module.css';
import { AccountSection } from '../account-section.tsx';
import { CodeSheet } from '../codes/code-sheet.tsx';
import { PasswordStep } from '../password-step.tsx';
import { SetUp } from './set-up.tsx';

/** From here on people are told to make new codes. */
const FEW_CODES = 3;

type Stage =
  | { readonly kind: 'still'; readonly notice: string | null }
  | { readonly kind: 'setting-up' | 'new-codes' | 'turning-off' }
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

const STILL: Stage = { kind: 'still', notice: null };

/** The second factor: set up, new codes on paper, off again. */
export function SecondFactorSection(props: { email: string; security: Security; onChanged: () => void }) {
  const { security, onChanged } = props;
  const { t } = useI18n();
  const texts = t.security.factor;
  const [stage, setStage] = useState<Stage>(STILL);
  const state = security.second_factor;
  const show = (codes: readonly string[]) => {
    setStage({ kind: 'codes', codes });
    onChanged();
  };
  const back = () => setStage(STILL);

  return (
    <AccountSection
      title={texts.title}
      icon="phone"
      lead={texts.lead}
      badge={state === null ? { tone: 'off', text: texts.off } : { tone: 'on', text: texts.on }}
    >
      {stage.kind === 'still' && stage.notice !== null && (
        <Banner tone="success" role="status">
          {stage.notice}
        </Banner>
      )}
      {stage.kind === 'still' && state === null && (
        <Button icon="phone" onClick={() => setStage({ kind: 'setting-up' })}>
          {texts.start}
        </Button>
      )}
      {stage.kind === 'still' && state !== null && (
        <>
          <CodesLeft state={state} />
          <div className={styles.buttons}>
            <Button onClick={() => setStage({ kind: 'new-codes' })}>{texts.newCodes}</Button>
            <Button onClick={() => setStage({ kind: 'turning-off' })}>{texts.turnOff}</Button>
          </div>
        </>
      )}
      {stage.kind === 'setting-up' && <SetUp onCancel={back} onDone={show} />}
      {stage.kind === 'codes' && (
        <>
          <Banner tone="success" role="status">
            {texts.done}
          </Banner>
          <CodeSheet
            title={texts.codesTitle}
            lead={`${texts.codesLead} ${t.security.codes.once}`}
            codes={stage.codes}
            email={props.email}
            fileName="foyer-codes"
          />
          <Button look="primary" onClick={back}>
            {t.common.done}
          </Button>
        </>
      )}
      {stage.kind === 'new-codes' && <NewCodes onCancel={back} onDone={show} />}
      {stage.kind === 'turning-off' && (
        <TurnOff
          onCancel={back}
          onDone={() => {
            setStage({ kind: 'still', notice: texts.turnedOff });
            onChanged();
          }}
        />
      )}
    </AccountSection>
  );
}

function CodesLeft({ state }: { state: NonNullable<Security['second_factor']> }) {
  const { t, locale } = useI18n();
  const texts = t.security.factor;
  const since = datesIn(locale, { dateStyle: 'long' }).format(new Date(state.since));
  if (state.codes_left > FEW_CODES) {
    return (
      <p>
        {texts.since(since)} {texts.codesLeft(state.codes_left)}
      </p>
    );
  }
  return (
    <Banner tone="warning">
      {texts.codesLeft(state.codes_left)} {texts.codesFew}
    </Banner>
  );
}

function NewCodes(props: { onCancel: () => void; onDone: (codes: readonly string[]) => void }) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.factor;
  const request = useRequest();
  const replace = (both: PasswordAndCode) =>
    void request
      .run(() => api.security.replaceFactorCodes(both))
      .then((result) => {
        if (result?.ok) props.onDone(result.value);
      });
  return (
    <PasswordStep
      request={request}
      submit={texts.newCodes}
      submitting={t.common.loading}
      code={{ label: texts.anyCode, hint: texts.codeHint }}
      onCancel={props.onCancel}
      onSubmit={replace}
    >
      <p>{texts.newCodesLead}</p>
    </PasswordStep>
  );
}

function TurnOff(props: { onCancel: () => void; onDone: () => void }) {
  const { api } = useServices();
  const { t } = useI18n();
  const texts = t.security.factor;
  const request = useRequest();
  const turnOff = (both: PasswordAndCode) =>
    void request
      .run(() => api.security.disableSecondFactor(both))
      .then((result) => {
        if (result?.ok) props.onDone();
      });
  return (
    <PasswordStep
      request={request}
      submit={texts.turnOff}
      submitting={texts.turningOff}
      code={{ label: texts.anyCode, hint: texts.codeHint }}
      onCancel={props.onCancel}
      onSubmit={turnOff}
    >
      <p>{texts.turnOffLead}</p>
    </PasswordStep>
  );
}
