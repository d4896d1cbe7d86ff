import type { User } from '../../../../src-shared/api/index.ts';
import { useI18n } from '../../services.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import pageStyles from '../page.module.css';
import { KeysSection } from './keys/keys-section.tsx';
import { PasswordSection } from './password/password-section.tsx';
import { PinSection } from './pin/pin-section.tsx';
import { SessionsSection } from './sessions/sessions-section.tsx';

/** What people do with their own account: one section for each way in, and for what protects it. */
export default function AccountPage({ user }: { user: User }) {
  const { t } = useI18n();
  return (
    <div className={`${pageStyles.page} ${pageStyles.narrow}`}>
      <header>
        <PageHeading title={t.security.account.title} />
        <p className={pageStyles.lead}>{t.security.account.lead(user.email)}</p>
      </header>
      <PasswordSection />
      <PinSection />
      <KeysSection />
      <SessionsSection user={user} />
    </div>
  );
}
