import { useState } from 'react';
import type { PersonalKey, PersonalKeys } from '../../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../../full-i18n.ts';
import { failureText } from '../../../i18n/failure-text.ts';
import { useServices } from '../../../services.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { LoadFailed } from '../../../ui/page-states.tsx';
import { useLoaded } from '../../../ui/use-loaded.ts';
import styles from '../account.module.css';
import { AccountSection } from '../account-section.tsx';
import { KeyEntry } from './key-entry.tsx';
import keyStyles from './keys.module.css';

/** Keys of the person's own. Whoever may have none and has none sees nothing of it. */
export function KeysSection() {
  const { api } = useServices();
  const { t } = useFullI18n();
  const texts = t.keys;
  const { state, reload, replace } = useLoaded(api.personalKeys.list);

  if (state.kind === 'loading') return null;
  if (state.kind === 'ready' && !state.value.allowed && state.value.connections.length === 0) return null;
  return (
    <AccountSection title={texts.title} icon="key" lead={texts.lead}>
      {state.kind === 'failed' && (
        <LoadFailed title={texts.loadFailed} text={failureText(state.failure, t)} onRetry={reload} />
      )}
      {state.kind === 'ready' && <Keys keys={state.value} onKeys={replace} />}
    </AccountSection>
  );
}

function Keys({ keys, onKeys }: { keys: PersonalKeys; onKeys: (keys: PersonalKeys) => void }) {
  const { t } = useFullI18n();
  const texts = t.keys;
  const [notice, setNotice] = useState<string | null>(null);
  const { connections, keychain } = keys;
  const changed = (what: 'saved' | 'removed', name: string, after: PersonalKeys) => {
    setNotice(texts[what](name));
    onKeys(after);
  };
  const nameOf = ({ built_in, name }: PersonalKey) => (built_in ? texts.mainConnection : name);

  return (
    <>
      {keychain !== 'ok' && <Banner tone="warning">{texts.keychain[keychain]}</Banner>}
      {!keys.allowed && <Banner tone="info">{texts.notAllowed}</Banner>}
      {notice !== null && (
        <Banner tone="success" role="status">
          {notice}
        </Banner>
      )}
      {connections.length === 0 && <p className={styles.lead}>{texts.none}</p>}
      {connections.length > 0 && (
        <ul className={keyStyles.list}>
          {connections.map((connection) => (
            <KeyEntry
              key={connection.connection_id}
              connection={connection}
              name={nameOf(connection)}
              may={keychain !== 'ok' ? 'nothing' : keys.allowed ? 'change' : 'remove'}
              onStart={() => setNotice(null)}
              onChanged={(what, after) => changed(what, nameOf(connection), after)}
            />
          ))}
        </ul>
      )}
      {keychain === 'ok' && connections.length > 0 && (
        <p className={styles.lead}>{texts.keptIn[keys.kept_in]}</p>
      )}
    </>
  );
}
