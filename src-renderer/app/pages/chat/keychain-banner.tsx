import { Link } from 'wouter';
import type { KeychainState } from '../../../../src-shared/api/index.ts';
import { keychainProblem } from '../../i18n/keychain-text.ts';
import { useI18n } from '../../services.tsx';
import { Banner } from '../../ui/banner.tsx';
import styles from './chat-page.module.css';

/** Tells an administrator that the keychain needs care, and where to read what to do. Nothing when all is well. */
export function KeychainBanner({ keychain }: { keychain: KeychainState }) {
  const { t } = useI18n();
  const problem = keychainProblem(keychain, t);
  if (problem === null) return null;
  return (
    <div className={styles.banner}>
      <Banner tone="warning" action={<Link href="/admin/settings">{t.keychain.bannerAction}</Link>}>
        {problem.what}
      </Banner>
    </div>
  );
}
