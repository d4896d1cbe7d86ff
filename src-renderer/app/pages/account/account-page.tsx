import { useCallback } from 'react';
import type { User } from '../../../../src-shared/api/index.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useI18n, useServices } from '../../services.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import pageStyles from '../page.module.css';
import { ExportSection } from './export/export-section.tsx';
import { KeysSection } from './keys/keys-section.tsx';
import { PasswordSection } from './password/password-section.tsx';
import { PinSection } from './pin/pin-section.tsx';
import { KeptHistoriesSection, RecoverySection } from './recovery/recovery-section.tsx';
import { SealingSection } from './sealing/sealing-section.tsx';
import { SecondFactorSection } from './second-factor/second-factor-section.tsx';
import { SessionsSection } from './sessions/sessions-section.tsx';

/** What people do with their own account: one section for each way in, and for what protects it. */
export default function AccountPage({ user }: { user: User }) {
  const { api } = useServices();
  const { t } = useI18n();
  const load = useCallback(() => api.security.state(), [api]);
  const { state, reload, replace } = useLoaded(load);
  return (
    <div className={`${pageStyles.page} ${pageStyles.narrow}`}>
      <header>
        <PageHeading title={t.security.account.title} />
        <p className={pageStyles.lead}>{t.security.account.lead(user.email)}</p>
      </header>
      <PasswordSection />
      {/* Sealing and unsealing end the PIN: what the section shows is asked for anew. */}
      <PinSection key={state.kind === 'ready' ? state.value.protection : 'managed'} />
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed
          title={t.security.account.loadFailed}
          text={failureText(state.failure, t)}
          onRetry={reload}
        />
      )}
      {state.kind === 'ready' && (
        <>
          <SecondFactorSection email={user.email} security={state.value} onChanged={reload} />
          <SealingSection email={user.email} security={state.value} onSecurity={replace} />
          <RecoverySection email={user.email} security={state.value} onSecurity={replace} />
          <KeptHistoriesSection email={user.email} security={state.value} />
        </>
      )}
      <ExportSection />
      <KeysSection />
      <SessionsSection user={user} />
    </div>
  );
}
