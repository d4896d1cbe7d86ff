import type { AuditGroup } from '../../../../src-shared/api/index.ts';
import { type Result, refusal, success } from '../../../../src-shared/result.ts';
import type { AuditFilter } from '../../api/administration.ts';

/** What stands in the fields above the table. Days are those of the person who looks. */
export interface FilterForm {
  /** A mail address, or an id. */
  readonly person: string;
  readonly group: AuditGroup | 'all';
  /** `YYYY-MM-DD`, or empty. */
  readonly from: string;
  /** The last day, included. */
  readonly to: string;
}

export const EMPTY_FORM: FilterForm = { person: '', group: 'all', from: '', to: '' };

export interface NamedPerson {
  readonly id: string;
  readonly email: string;
}

export type FilterProblem = 'person' | 'period';

/** What to ask the server for; a problem when the fields make no sense yet. */
export function filterOf(
  form: FilterForm,
  people: readonly NamedPerson[],
): Result<AuditFilter, FilterProblem> {
  const wanted = form.person.trim().toLowerCase();
  const person = isPersonId(wanted) ? wanted : people.find(({ email }) => email.toLowerCase() === wanted)?.id;
  if (wanted !== '' && person === undefined) return refusal('person');
  if (form.from !== '' && form.to !== '' && form.from > form.to) return refusal('period');
  return success({
    ...(person !== undefined && { person }),
    ...(form.group !== 'all' && { group: form.group }),
    ...(form.from !== '' && { from: beginningOf(form.from, 0) }),
    ...(form.to !== '' && { to: beginningOf(form.to, 1) }),
  });
}

/** Whether a text names somebody by itself, also somebody who is gone. */
export function isPersonId(text: string): boolean {
  return /^usr_[a-z0-9]+$/.test(text.trim().toLowerCase());
}

/** Midnight here at the beginning of a day, so many days later. */
function beginningOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
