import { useCallback, useState } from 'react';
import type { ClosedSessionInfo } from '../../../../src-shared/api/index.ts';
import { useRequest } from '../../forms/use-request.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useI18n, useServices } from '../../services.tsx';
import styles from '../../shell/front.module.css';
import { Front } from '../../shell/front.tsx';
import { SignOut } from '../../shell/sign-out.tsx';
import { Button } from '../../ui/button.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import { CodeSheet } from '../account/codes/code-sheet.tsx';
import { PasswordStep } from '../account/password-step.tsx';
import { StartOver } from './start-over.tsx';

/** Somebody is signed in, and only they can open their conversations: with the password, or with the recovery code. */
export function OpenHistoryPage() {
  const { api, session } = useServices();
  const { t } = useI18n();
  const load = useCallback(() => api.security.closed(), [api]);
  const { state, reload } = useLoaded(load);

  switch (state.kind) {
    case 'loading':
      return <Loading />;
    case 'failed':
      return (
        <main className="full-page">
          <LoadFailed
            alone
            title={t.common.notAnswering}
            text={failureText(state.failure, t)}
            onRetry={() => {
              // It may have been opened elsewhere meanwhile, or the session may have ended.
              void session.open(api).then(reload);
            }}
          />
        </main>
      );
    case 'ready':
      return state.value.needs === 'password' ? (
        <WithPassword info={state.value} onNeedsCode={reload} />
      ) : (
        <WithCode info={state.value} />
      );
    default:
      return state satisfies never;
  }
}

function WithPassword({ info, onNeedsCode }: { info: ClosedSessionInfo; onNeedsCode: () => void }) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const texts = t.security.openHistory;
  const request = useRequest();
  return (
    <Front title={texts.title} lead={texts.lead(info.email)}>
      <div className={styles.form}>
        <PasswordStep
          block
          request={request}
          submit={texts.submit}
          submitting={texts.submitting}
          onSubmit={({ password }) =>
            void request
              .run(() => api.security.openHistory(password))
              .then((result) => {
                if (result?.ok) session.opened(result.value);
                else if (result?.failure.kind === 'refused' && result.failure.status === 409) onNeedsCode();
              })
          }
        />
        <SignOut label={texts.signOut} />
      </div>
    </Front>
  );
}

function WithCode({ info }: { info: ClosedSessionInfo }) {
  const { api, session } = useServices();
  const { t } = useI18n();
  const texts = t.security.openHistory;
  const request = useRequest();
  const [given, setGiven] = useState<{ code: string; lead: string } | null>(null);
  const [isLost, setLost] = useState(false);

  if (given !== null) {
    return (
      <Front key="given" title={t.security.recoveryCode.newOne} lead={given.lead} focusHeading>
        <CodeSheet
          title={t.security.recoveryCode.title}
          lead={`${t.security.recoveryCode.paper} ${t.security.codes.once}`}
          codes={[given.code]}
          email={info.email}
          fileName="foyer-recovery-code"
        />
        <Button look="primary" block onClick={() => void session.open(api)}>
          {texts.goOn}
        </Button>
      </Front>
    );
  }
  if (isLost) {
    return (
      <Front key="lost" title={texts.lostTitle} lead={texts.lostLead}>
        <StartOver
          onBack={() => setLost(false)}
          onDone={(code) => setGiven({ code, lead: texts.startedOver })}
        />
      </Front>
    );
  }
  return (
    <Front key="code" title={texts.codeTitle} lead={texts.codeLead(info.email)}>
      <div className={styles.form}>
        <PasswordStep
          block
          request={request}
          submit={texts.submit}
          submitting={texts.submitting}
          code={{ label: t.security.recoveryCode.label, hint: t.security.recoveryCode.fieldHint }}
          onSubmit={(both) =>
            void request
              .run(() => api.security.openWithCode(both))
              .then((result) => {
                if (result?.ok) setGiven({ code: result.value, lead: t.security.recoveryCode.newOneLead });
              })
          }
        />
        <Button look="quiet" onClick={() => setLost(true)}>
          {texts.lost}
        </Button>
        <SignOut label={texts.signOut} />
      </div>
    </Front>
  );
}
