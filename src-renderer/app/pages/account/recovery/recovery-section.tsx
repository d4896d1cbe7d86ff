import { useState } from 'react';
import type { Security } from '../../../../../src-shared/api/index.ts';
import { useRequest } from '../../../forms/use-request.ts';
import { datesIn } from '../../../i18n/locale.ts';
import { useI18n, useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { AccountSection } from '../account-section.tsx';
import { CodeSheet } from '../codes/code-sheet.tsx';
import { PasswordStep } from '../password-step.tsx';
import type { OwnSecurityProps } from '../sealing/sealing-section.tsx';
import styles from './recovery.module.css';
import { RecoveryCodeWizard } from './recovery-code-wizard.tsx';

/** The recovery code of a sealed account. */
export function RecoverySection({ email, security, onSecurity }: OwnSecurityProps) {
  const { t } = useI18n();
  const texts = t.security.recoveryCode;
  const [stage, setStage] = useState<'still' | 'replacing' | 'done'>('still');
  if (security.protection !== 'sealed') return null;
  return (
    <AccountSection title={texts.title} icon="key" lead={texts.lead}>
      {stage === 'done' && (
        <Banner tone="success" role="status">
          {texts.replaced}
        </Banner>
      )}
      {stage === 'replacing' ? (
        <RecoveryCodeWizard
          email={email}
          purpose="replace"
          onCancel={() => setStage('still')}
          onDone={(next) => {
            setStage('done');
            onSecurity(next);
          }}
        />
      ) : (
        <Button onClick={() => setStage('replacing')}>{texts.replace}</Button>
      )}
    </AccountSection>
  );
}

/** Histories that were left aside; nothing for people who have none. */
export function KeptHistoriesSection({ email, security }: Omit<OwnSecurityProps, 'onSecurity'>) {
  const { t } = useI18n();
  const texts = t.security.kept;
  const [chosen, setChosen] = useState<string | null>(null);
  const [code, setCode] = useState<string | null>(null);
  if (security.kept_histories.length === 0) return null;
  return (
    <AccountSection title={texts.title} icon="history" lead={texts.lead}>
      {code !== null ? (
        <>
          <Banner tone="success" role="status">
            {texts.done}
          </Banner>
          <CodeSheet
            title={t.security.recoveryCode.newOne}
            lead={`${t.security.recoveryCode.paper} ${t.security.codes.once}`}
            codes={[code]}
            email={email}
            fileName="foyer-recovery-code"
          />
          {/* The page knows nothing of the other history: it begins anew. */}
          <Button look="primary" onClick={() => window.location.assign('/')}>
            {texts.goOn}
          </Button>
        </>
      ) : (
        <ul className={styles.kept}>
          {security.kept_histories.map((history) => (
            <KeptHistory
              key={history.id}
              history={history}
              isChosen={chosen === history.id}
              onChoose={(isChosen) => setChosen(isChosen ? history.id : null)}
              onDone={setCode}
            />
          ))}
        </ul>
      )}
    </AccountSection>
  );
}

function KeptHistory(props: {
  history: Security['kept_histories'][number];
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  onDone: (code: string) => void;
}) {
  const { history, isChosen, onChoose, onDone } = props;
  const { api } = useServices();
  const { t, locale } = useI18n();
  const texts = t.security.kept;
  const request = useRequest();
  const day = datesIn(locale, { dateStyle: 'long' }).format(new Date(history.kept_at));
  return (
    <li>
      <div className={styles.row}>
        <span>{texts.from(day)}</span>
        {!isChosen && <Button onClick={() => onChoose(true)}>{texts.bringBack}</Button>}
      </div>
      {isChosen && (
        <PasswordStep
          request={request}
          submit={texts.bringBack}
          submitting={texts.bringingBack}
          code={{ label: texts.codeLabel, hint: t.security.recoveryCode.fieldHint }}
          onCancel={() => onChoose(false)}
          onSubmit={(both) =>
            void request
              .run(() => api.security.bringBack(history.id, both))
              .then((result) => {
                if (result?.ok) onDone(result.value);
              })
          }
        />
      )}
    </li>
  );
}
