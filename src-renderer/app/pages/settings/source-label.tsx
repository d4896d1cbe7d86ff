import type { SettingSource } from '../../../../src-shared/api/index.ts';
import { useI18n } from '../../services.tsx';
import { isFixed } from './changes.ts';
import styles from './settings-page.module.css';

/** Where the value of a setting comes from. */
export function SourceLabel({ source }: { source: SettingSource }) {
  const { t } = useI18n();
  return <span className={styles.source}>{t.settings.source[source]}</span>;
}

/** Builds the hint below a setting: how to use it, or which variable outside Foyer fixes it. */
export function useFieldHint(): (source: SettingSource, variable: string, hint: string) => string {
  const { t } = useI18n();
  return (source, variable, hint) =>
    isFixed(source) ? t.settings.fixed(variable) : `${hint} ${t.settings.emptyForDefault}`;
}
