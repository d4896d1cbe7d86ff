import { describe, expect, it } from 'vitest';
import { EMPTY_FORM, filterOf } from './filter-form.ts';

const people = [{ id: 'usr_1', email: 'ada@example.org' }];

describe('the filters of the audit', () => {
  it('ask for everything when nothing was chosen', () => {
    expect(filterOf(EMPTY_FORM, people)).toEqual({ ok: true, value: {} });
  });

  it('find people by address in any case, and those who are gone by id', () => {
    expect(filterOf({ ...EMPTY_FORM, person: ' ADA@example.org ' }, people)).toEqual({
      ok: true,
      value: { person: 'usr_1' },
    });
    expect(filterOf({ ...EMPTY_FORM, person: 'usr_gone' }, people)).toMatchObject({
      value: { person: 'usr_gone' },
    });
    expect(filterOf({ ...EMPTY_FORM, person: 'ada' }, people)).toEqual({ ok: false, error: 'person' });
  });

  it('include the whole last day, as days are here', () => {
    const { value } = filterOf({ ...EMPTY_FORM, from: '2026-02-27', to: '2026-02-28' }, people) as {
      value: { from: string; to: string };
    };
    expect(new Date(value.from)).toEqual(new Date(2026, 1, 27));
    expect(new Date(value.to)).toEqual(new Date(2026, 2, 1));
    expect(filterOf({ ...EMPTY_FORM, from: '2026-03-01', to: '2026-02-28' }, people)).toEqual({
      ok: false,
      error: 'period',
    });
  });
});
