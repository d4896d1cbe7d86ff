import { HISTORY_ARCHIVE } from '../../../api/exports.ts';
import { useFullI18n } from '../../../full-i18n.ts';
import { DownloadLink } from '../../../ui/download-link.tsx';
import styles from '../account.module.css';
import { AccountSection } from '../account-section.tsx';

/** Taking all conversations along: the server makes the archive while it is saved. */
export function ExportSection() {
  const { t } = useFullI18n();
  const texts = t.exports;
  return (
    <AccountSection title={texts.title} icon="save" lead={texts.lead}>
      <p className={styles.lead}>{texts.open}</p>
      <div className={styles.buttons}>
        <DownloadLink href={HISTORY_ARCHIVE}>{texts.save}</DownloadLink>
      </div>
    </AccountSection>
  );
}
