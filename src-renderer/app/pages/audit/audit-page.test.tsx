import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { AuditPage as AuditPageShape, AuditVerification } from '../../../../src-shared/api/index.ts';
import { fullEn as en } from '../../i18n/full-en.ts';
import {
  ada,
  asPerson,
  bob,
  done,
  fakeAdministration,
  fakeApi,
  fakePeople,
  unreachable,
} from '../../testing/fake-api.ts';
import { click, field, find, render, type } from '../../testing/render.tsx';
import AuditPage from './audit-page.tsx';

const texts = en.audit;
const person = (id: string, label: string | null) => ({ id, kind: 'person' as const, label });
const row = (sequence: number, action: string, rest: object = {}) => ({
  sequence,
  at: '2026-09-02T09:12:00.000Z',
  action,
  actor: person(ada.id, ada.email),
  subject: null,
  chained: true,
  ...rest,
});

async function open(overrides: Parameters<typeof fakeAdministration>[0]) {
  const administration = fakeAdministration(overrides);
  const house = fakePeople({
    page: async ({ query = '' }) => {
      const found = [asPerson(bob)].filter(({ email }) => email.includes(query));
      return done({ people: found, total: found.length, next: null, administrators: 1 });
    },
  });
  const api = fakeApi({ administration, people: house });
  await render(<AuditPage />, { api });
  expect(house.page).not.toHaveBeenCalled();
  return Object.assign(administration, { house });
}

/** Types a person, and waits until they have been looked for. */
async function look(text: string): Promise<void> {
  await type(field(texts.person), text);
  await act(() => new Promise((resolve) => setTimeout(resolve, 250)));
}

describe('the audit log', () => {
  it('says in words who did what to whom, also what it does not know', async () => {
    await open({
      audit: async () =>
        done({
          rows: [
            row(5, 'user.created', { subject: person('usr_gone1234567890', null) }),
            row(4, 'session.refused', { actor: null }),
            row(3, 'policy.changed', { subject: { id: 'guest', kind: 'role', label: null } }),
            row(2, 'audit.rows_adopted', { actor: null }),
            row(1, 'robot.danced', { chained: false }),
          ],
          next: null,
        }),
    });
    const cells = [...document.querySelectorAll('tbody tr')].map((tr) => tr.textContent ?? '');
    expect(cells[0]).toContain(texts.actions['user.created']);
    expect(cells[0]).toContain(`${texts.gone} (usr_gone12…)`);
    expect(cells[1]).toContain(texts.refused);
    expect(cells[1]).toContain(texts.nobody);
    expect(cells[2]).toContain(texts.role.guest);
    expect(cells[3]).toContain(texts.foyer);
    expect(cells[4]).toContain('robot.danced');
    expect(cells[4]).toContain(texts.unchained);
    expect(find('table caption').textContent).toBe(texts.caption);
  });

  it('grows page by page, newest first, each row once', async () => {
    const pages: Record<string, AuditPageShape> = {
      null: { rows: [row(9, 'user.created'), row(8, 'user.created')], next: 8 },
      8: { rows: [row(7, 'user.deleted')], next: null },
    };
    const api = await open({ audit: async (_filter, before) => done(pages[String(before)]!) });
    expect(find('[role=status]', texts.shown('2'))).toBeTruthy();
    await click(find('button', texts.more));
    expect(api.audit.mock.calls.map(([, before]) => before)).toEqual([null, 8]);
    expect(document.querySelectorAll('tbody tr')).toHaveLength(3);
    expect(find('[role=status]', texts.shown('3'))).toBeTruthy();
    expect(document.body.textContent).not.toContain(texts.more);
  });

  it('is filtered by what is typed, and by the name that is pressed', async () => {
    const api = await open({ audit: async () => done({ rows: [row(1, 'user.created')], next: null }) });
    await click(find('tbody button', ada.email));
    expect(field(texts.person).value).toBe(ada.email);
    expect(api.audit.mock.lastCall?.[0]).toEqual({ person: ada.id });
    expect(find('a[download]').getAttribute('href')).toBe(`/api/admin/audit.csv?person=${ada.id}`);
    expect(api.house.page, 'a name that was pressed is known').not.toHaveBeenCalled();
    await type(field(texts.person), 'bob');
    expect(document.body.textContent, 'not before it was looked for').not.toContain(texts.personUnknown);
    expect(document.querySelectorAll('tbody tr'), 'and the table stays').toHaveLength(1);
    await look('bob');
    expect(
      [...document.querySelectorAll('datalist option')].map((option) => option.getAttribute('value')),
    ).toEqual([bob.email]);
    await type(field(texts.person), bob.email.toUpperCase());
    expect(api.audit.mock.lastCall?.[0], 'the one who is proposed').toEqual({ person: bob.id });
    await look('nobody@example.org');
    expect(document.body.textContent).toContain(texts.personUnknown);
    expect(document.querySelectorAll('a[download]')).toHaveLength(0);
    await click(find('button', texts.reset));
    expect(api.audit.mock.lastCall?.[0]).toEqual({});
  });

  it('says when nothing matches, and when it cannot be loaded', async () => {
    const api = await open({ audit: async () => done({ rows: [], next: null }) });
    expect(find('h2', texts.empty)).toBeTruthy();
    await type(field(texts.person), 'usr_x');
    expect(find('h2', texts.noneFound)).toBeTruthy();
    api.audit.mockResolvedValue(unreachable);
    await type(field(texts.person), 'usr_xy');
    expect(find('[role=alert]').textContent).toContain(texts.loadFailed);
    api.audit.mockResolvedValue(done({ rows: [row(1, 'user.created')], next: null }));
    await click(find('button', en.common.tryAgain));
    expect(document.querySelectorAll('tbody tr')).toHaveLength(1);
  });
});

describe('looking for a person', () => {
  it('says when that does not work, and leaves the rows', async () => {
    const api = await open({ audit: async () => done({ rows: [row(1, 'user.created')], next: null }) });
    api.house.page.mockResolvedValue(unreachable);
    await look('bob');
    expect(find('[role=alert]').textContent).toContain(en.errors.unreachable);
    expect(document.body.textContent).not.toContain(texts.personUnknown);
    expect(document.querySelectorAll('tbody tr')).toHaveLength(1);
  });
});

describe('the check of the log', () => {
  it('shows how far it is, can be stopped, and names what was found', async () => {
    let state: AuditVerification = { state: 'idle' };
    const api = await open({
      auditVerification: async () => done(state),
      startAuditVerification: async () => {
        state = { state: 'running', done: 250_000, total: 1_000_000 };
        return done(state);
      },
    });
    await click(find('button', texts.check.start));
    expect(find('progress').getAttribute('value')).toBe('250000');
    expect(document.body.textContent).toContain(texts.check.progress('250,000', '1,000,000'));
    await click(find('button', texts.check.cancel));
    expect(api.cancelAuditVerification).toHaveBeenCalled();
    expect(document.body.textContent).toContain(texts.check.cancelled);

    await click(find('button', texts.check.again));
    const at = '2026-09-02T09:12:00.000Z';
    state = {
      state: 'done',
      at,
      result: {
        outcome: 'broken',
        rows: 9,
        adopted: 2,
        unchained: 0,
        found: 60,
        findings: [
          { kind: 'altered', sequence: 5, at, after: at },
          { kind: 'missing', from: 7, to: 8, after: at, before: null },
        ],
        newest: { sequence: 9, at },
      },
    };
    await act(() => new Promise((resolve) => setTimeout(resolve, 500)));
    const text = document.body.textContent ?? '';
    expect(text).toContain(texts.check.outcome.broken('60'));
    expect(text).toContain(texts.check.finding.altered('5'));
    expect(text).toContain(texts.check.finding.missing('7–8'));
    expect(text).toContain(texts.check.more('58'));
    expect(text).toContain(texts.check.adopted('2'));
  });
});
