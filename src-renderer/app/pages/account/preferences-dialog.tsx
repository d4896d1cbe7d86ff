import { type RefObject, useEffect, useState } from 'react';
import { LOCALE_NAMES, localeSchema } from '../../i18n/locale.ts';
import { themeSchema } from '../../preferences/preferences.ts';
import { useI18n, useServices } from '../../services.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog, DialogBody } from '../../ui/dialog.tsx';
import { useStore } from '../../ui/store.ts';
import styles from './preferences-dialog.module.css';

/** What everybody decides for themselves: appearance and language. Changes apply at once. */
export function PreferencesDialog(props: {
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const { preferences } = useServices();
  const { t } = useI18n();
  const { theme, locale } = useStore(preferences);

  return (
    <Dialog title={t.preferences.title} onClose={props.onClose} returnFocusTo={props.returnFocusTo}>
      <DialogBody>
        <Choice
          legend={t.preferences.appearance}
          value={theme}
          onValue={preferences.setTheme}
          options={themeSchema.options.map((value) => ({ value, label: t.preferences.theme[value] }))}
        />
        <Choice
          legend={t.preferences.language}
          value={locale}
          onValue={preferences.setLocale}
          options={localeSchema.options.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        />
        <Version />
      </DialogBody>
    </Dialog>
  );
}

function Version() {
  const { api } = useServices();
  const { t } = useI18n();
  const [version, setVersion] = useState<string | null>(null);
  useEffect(() => {
    void api.health().then((health) => setVersion(health.ok ? health.value.version : null));
  }, [api]);
  return version === null ? null : <p className={styles.version}>{t.preferences.version(version)}</p>;
}
