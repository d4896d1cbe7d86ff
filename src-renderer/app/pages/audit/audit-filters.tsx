import { useId } from 'react';
import { auditGroupSchema } from '../../../../src-shared/api/index.ts';
import { useFullI18n } from '../../full-i18n.ts';
import { Button } from '../../ui/button.tsx';
import { FieldFrame, TextField } from '../../ui/field.tsx';
import styles from './audit.module.css';
import { EMPTY_FORM, type FilterForm, type FilterProblem, type NamedPerson } from './filter-form.ts';

/** The fields above the table: they count at once. */
export function AuditFilters(props: {
  form: FilterForm;
  /** Who matches what was typed so far. */
  people: readonly NamedPerson[];
  problem: FilterProblem | null;
  onForm: (form: FilterForm) => void;
}) {
  const { form, people, problem, onForm } = props;
  const { t } = useFullI18n();
  const texts = t.audit;
  const listId = useId();
  const isEmpty = Object.values(form).every((value) => value === '' || value === 'all');
  return (
    <search className={styles.filters} aria-label={texts.filters}>
      <TextField
        label={texts.person}
        hint={texts.personHint}
        error={problem === 'person' ? texts.personUnknown : null}
        type="search"
        list={listId}
        autoComplete="off"
        spellCheck={false}
        value={form.person}
        onValue={(person) => onForm({ ...form, person })}
      />
      <datalist id={listId}>
        {people.map(({ id, email }) => (
          <option key={id} value={email} />
        ))}
      </datalist>
      <FieldFrame label={texts.group}>
        {(wiring) => (
          <select
            {...wiring}
            value={form.group}
            onChange={(event) => {
              const group = auditGroupSchema.safeParse(event.target.value);
              onForm({ ...form, group: group.success ? group.data : 'all' });
            }}
          >
            {(['all', ...auditGroupSchema.options] as const).map((group) => (
              <option key={group} value={group}>
                {texts.groups[group]}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <TextField
        label={texts.from}
        type="date"
        value={form.from}
        error={problem === 'period' ? texts.periodInvalid : null}
        onValue={(from) => onForm({ ...form, from })}
      />
      <TextField label={texts.to} type="date" value={form.to} onValue={(to) => onForm({ ...form, to })} />
      <Button look="quiet" disabled={isEmpty} onClick={() => onForm(EMPTY_FORM)}>
        {texts.reset}
      </Button>
    </search>
  );
}
