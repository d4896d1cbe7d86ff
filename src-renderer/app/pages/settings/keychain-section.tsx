import type { KeychainState } from '../../../../src-shared/api/index.ts';
import { keychainProblem } from '../../i18n/keychain-text.ts';
import { useI18n } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import styles from './settings-page.module.css';

/** Where secrets are kept, and what to do when they cannot be kept. */
export function KeychainSection({ keychain }: { keychain: KeychainState }) {
  const { t } = useI18n();
  const problem = keychainProblem(keychain, t);
  return (
    <section className={styles.section} aria-labelledby="keychain">
      <h2 id="keychain">{t.keychain.title}</h2>
      {problem === null ? (
        <p>{t.keychain.ok[keychain.kind]}</p>
      ) : (
        <Banner tone="warning">
          <strong>{problem.what}</strong>
          <p>{problem.consequence}</p>
          <p>{problem.remedy}</p>
          {problem.details !== null && (
            <details>
              <summary>{t.keychain.details}</summary>
              <p lang="en">{problem.details}</p>
            </details>
          )}
        </Banner>
      )}
    </section>
  );
}
