import { expect, it } from 'vitest';
import type { AuditEntry } from './audit.ts';
import { boundedRefusals, REFUSALS_PER_WINDOW } from './refusals.ts';

function record() {
  const rows: AuditEntry[] = [];
  let at = Date.parse('2026-11-23T08:00:00Z');
  const refuse = boundedRefusals(
    (entry) => void rows.push(entry),
    () => new Date(at),
  );
  const move = (ms: number) => {
    at += ms;
  };
  return { rows, refuse, move };
}

const knock = (refuse: (id: string | null) => void, id: string | null, times: number) => {
  for (let i = 0; i < times; i += 1) refuse(id);
};

it('writes a row for each refusal, then one that says that more are left out', () => {
  const { rows, refuse } = record();
  knock(refuse, null, 5000);
  expect(rows.map(({ action }) => action)).toEqual([
    ...Array.from({ length: REFUSALS_PER_WINDOW }, () => 'session.refused'),
    'session.refusals_omitted',
  ]);
});

it('knocking at one account leaves the record of the others alone', () => {
  const { rows, refuse } = record();
  knock(refuse, null, 100);
  knock(refuse, 'usr_a', 2);
  expect(rows.filter(({ subjectId }) => subjectId === 'usr_a')).toEqual([
    { action: 'session.refused', actorId: null, subjectId: 'usr_a' },
    { action: 'session.refused', actorId: null, subjectId: 'usr_a' },
  ]);
});

it.each([
  ['an hour later', 3_600_000],
  ['when the clock is set back', -1],
])('writes again %s', (_when, ms) => {
  const { rows, refuse, move } = record();
  knock(refuse, 'usr_a', 100);
  const before = rows.length;
  move(ms);
  knock(refuse, 'usr_a', 1);
  expect(rows.length).toBe(before + 1);
  expect(rows.at(-1)?.action).toBe('session.refused');
});
