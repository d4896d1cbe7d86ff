import { LOCALE_NAMES, localeSchema } from '../i18n/locale.ts';
import { useI18n, useServices } from '../services.tsx';
import styles from './language-buttons.module.css';

/** The languages side by side, each under its own name: findable by those who cannot read the page. */
export function LanguageButtons() {
  const { preferences } = useServices();
  const { t, locale } = useI18n();
  return (
    <fieldset className={styles.group} aria-label={t.preferences.language}>
      {localeSchema.options.map((option) => (
        <button
          key={option}
          type="button"
          className={styles.language}
          lang={option}
          aria-pressed={option === locale}
          onClick={() => preferences.setLocale(option)}
        >
          {LOCALE_NAMES[option]}
        </button>
      ))}
    </fieldset>
  );
}
