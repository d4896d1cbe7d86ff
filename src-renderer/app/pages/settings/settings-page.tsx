import { useCallback, useEffect, useState } from 'react';
import type { AdminSettings } from '../../../../src-shared/api/index.ts';
import type { ApiFailure } from '../../api/failure.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useServices } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { LoadFailed, Loading } from '../../ui/page-states.tsx';
import pageStyles from '../page.module.css';
import { KeychainSection } from './keychain-section.tsx';
import { LockingSection } from './locking-section.tsx';
import { SettingsForm } from './settings-form.tsx';
import styles from './settings-page.module.css';

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure }
  | { readonly kind: 'ready'; readonly settings: AdminSettings };

/** The connection to a model, and what this installation of Foyer stands on. */
export default function SettingsPage() {
  const { api } = useServices();
  const { t } = useFullI18n();
  const [state, setState] = useState<State>({ kind: 'loading' });

  const load = useCallback(async () => {
    const result = await api.settings();
    setState(
      result.ok ? { kind: 'ready', settings: result.value } : { kind: 'failed', failure: result.failure },
    );
  }, [api]);
  useEffect(() => void load(), [load]);

  return (
    <div className={`${pageStyles.page} ${pageStyles.narrow}`}>
      <header>
        <PageHeading title={t.settings.title} />
        <p className={pageStyles.lead}>{t.settings.lead}</p>
      </header>
      {state.kind === 'loading' && <Loading />}
      {state.kind === 'failed' && (
        <LoadFailed
          title={t.settings.loadFailed}
          text={failureText(state.failure, t)}
          onRetry={() => {
            setState({ kind: 'loading' });
            void load();
          }}
        />
      )}
      {state.kind === 'ready' && (
        <Ready settings={state.settings} onSettings={(settings) => setState({ kind: 'ready', settings })} />
      )}
    </div>
  );
}

function Ready(props: { settings: AdminSettings; onSettings: (settings: AdminSettings) => void }) {
  const { settings } = props;
  const { t } = useFullI18n();
  return (
    <>
      {settings.connection.offline_guide ? (
        <Banner tone="info">{t.settings.guide}</Banner>
      ) : (
        <Banner tone="success">
          {t.settings.connected} {t.settings.protocol[settings.connection.mode]}
        </Banner>
      )}
      <SettingsForm settings={settings} onSettings={props.onSettings} />
      <KeychainSection keychain={settings.keychain} />
      <LockingSection />
      <section className={styles.section} aria-labelledby="about">
        <h2 id="about">{t.settings.about}</h2>
        <dl className={styles.facts}>
          <dt>{t.settings.version}</dt>
          <dd>{settings.version}</dd>
          <dt>{t.settings.dataDir}</dt>
          <dd>
            <code>{settings.data_dir}</code>
          </dd>
        </dl>
      </section>
    </>
  );
}
