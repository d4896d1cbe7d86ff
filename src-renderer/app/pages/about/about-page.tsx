import { useCallback } from 'react';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useServices } from '../../services.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import pageStyles from '../page.module.css';
import { KeychainSection } from '../settings/keychain-section.tsx';
import { LicenceList } from './licence-list.tsx';

/** Which Foyer this is, what it runs on, and what it is made of. */
export default function AboutPage() {
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.administration.about;
  const load = useCallback(() => api.administration.about(), [api]);
  const { state, reload } = useLoaded(load);
  return (
    <div className={`${pageStyles.page} ${pageStyles.narrow}`}>
      <header>
        <PageHeading title={texts.title} />
        <p className={pageStyles.lead}>{texts.lead}</p>
      </header>
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed title={texts.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
      )}
      {state.kind === 'ready' && (
        <>
          <Section title={texts.installation}>
            <Facts
              facts={[
                [texts.version, state.value.version],
                [texts.dataDir, <code key="folder">{state.value.data_dir}</code>],
              ]}
            />
          </Section>
          <KeychainSection keychain={state.value.keychain} />
          <Section title={texts.runtime}>
            <Facts facts={state.value.runtime.map(({ name, version }) => [name, version] as const)} />
          </Section>
          <LicenceList />
        </>
      )}
    </div>
  );
}
