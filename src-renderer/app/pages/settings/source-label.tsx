import type { SettingSource } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { isFixed } from './changes.ts';
import styles from './settings-page.module.css';

/** Where the value of a setting comes from. */
export function SourceLabel({ source }: { source: SettingSource }) {
  const { t } = useFullI18n();
  return <span className={styles.source}>{t.settings.source[source]}</span>;
}

/** Builds the hint below a setting: how to use it, or which variable outside Foyer fixes it. */
export function useFieldHint(): (source: SettingSource, variable: string, hint: string) => string {
  const { t } = useFullI18n();
  return (source, variable, hint) =>
    isFixed(source) ? t.settings.fixed(variable) : `${hint} ${t.settings.emptyForDefault}`;
}
