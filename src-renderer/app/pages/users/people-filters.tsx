import { personStateSchema, roleSchema } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { FieldFrame, TextField } from '../../ui/field.tsx';
import styles from './people-filters.module.css';
import type { PeopleFilter } from './use-people.ts';

/** What people are looked for by. */
export function PeopleFilters(props: { filter: PeopleFilter; onFilter: (filter: PeopleFilter) => void }) {
  const { filter, onFilter } = props;
  const { t } = useFullI18n();
  const texts = t.people.filters;
  return (
    <search className={styles.filters} aria-label={texts.label}>
      <div className={styles.search}>
        <TextField
          label={texts.search}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={filter.query}
          onValue={(query) => onFilter({ ...filter, query })}
        />
      </div>
      <FieldFrame label={texts.role}>
        {(wiring) => (
          <select
            {...wiring}
            value={filter.role ?? ''}
            onChange={({ target }) =>
              onFilter({ ...filter, role: roleSchema.safeParse(target.value).data ?? null })
            }
          >
            <option value="">{texts.everyRole}</option>
            {roleSchema.options.map((role) => (
              <option key={role} value={role}>
                {roleName(role, t)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <FieldFrame label={texts.state}>
        {(wiring) => (
          <select
            {...wiring}
            value={filter.status ?? ''}
            onChange={({ target }) =>
              onFilter({ ...filter, status: personStateSchema.safeParse(target.value).data ?? null })
            }
          >
            <option value="">{texts.everyState}</option>
            {personStateSchema.options.map((state) => (
              <option key={state} value={state}>
                {t.people.state[state]}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
    </search>
  );
}
