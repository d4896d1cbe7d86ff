import { describe, expect, it } from 'vitest';
import type { Accounts } from '../index.ts';
import { house } from '../testing/house.ts';
import { auditCsv } from './csv.ts';
import { AUDIT_STATEMENTS, type AuditFilter } from './reader.ts';

const { open, withAda, later, now, raw } = house();

const ACTIONS = ['session.started', 'session.ended', 'user.created', 'policy.changed', 'robot.danced'];

/** So many rows, a minute apart, by five people on each other; some of them by nobody. */
async function filled(count: number): Promise<Accounts> {
  const accounts = await open();
  accounts.atomically(() => {
    for (let row = 0; row < count; row += 1) {
      later(1);
      const action = (ACTIONS[row % ACTIONS.length] ?? '') as 'user.created';
      const actorId = row % 4 === 0 ? null : `usr_${row % 5}`;
      accounts.writeAudit({ action, actorId, subjectId: `usr_${(row * 3) % 5}` });
    }
  });
  return accounts;
}

/** Every row of a filter, a page at a time. */
function all({ audit }: Accounts, filter: AuditFilter, limit: number): number[] {
  const found: number[] = [];
  for (let before: number | null = null; ; ) {
    const page = audit.page(filter, before, limit);
    found.push(...page.rows.map(({ sequence }) => sequence));
    if (page.next === null) return found;
    before = page.next;
  }
}

const slow = (where: string): number[] =>
  raw(
    (database) =>
      database
        .prepare(`SELECT sequence FROM audit WHERE ${where} ORDER BY sequence DESC`)
        .pluck()
        .all() as number[],
  );

describe('pages of the audit', () => {
  it.each([
    ['everything', {}, '1'],
    [
      'a person, as who did it or to whom it was done',
      { person: 'usr_2' },
      "'usr_2' IN (actor_id, subject_id)",
    ],
    ['a kind', { groups: ['sessions'] }, "action LIKE 'session.%'"],
    ['two kinds', { groups: ['people', 'limits'] }, "action LIKE 'user.%' OR action LIKE 'policy.%'"],
    ['what is not known here', { groups: ['other'] }, "action = 'robot.danced'"],
    [
      'a person and a kind',
      { person: 'usr_1', groups: ['sessions', 'people'] },
      "'usr_1' IN (actor_id, subject_id) AND (action LIKE 'session.%' OR action LIKE 'user.%')",
    ],
    [
      'a time',
      { from: '2026-11-23T08:20:00.000Z', to: '2026-11-23T09:00:00.000Z' },
      "at >= '2026-11-23T08:20' AND at < '2026-11-23T09:00'",
    ],
    [
      'all of it',
      { person: 'usr_3', groups: ['sessions'], from: '2026-11-23T08:10:30.500Z' },
      "'usr_3' IN (actor_id, subject_id) AND action LIKE 'session.%' AND at >= '2026-11-23T08:10:30.500Z'",
    ],
    ['nobody', { person: 'usr_9' }, '0'],
    ['no time', { from: '2027-01-01T00:00:00Z' }, '0'],
  ] satisfies [string, AuditFilter, string][])(
    'hold %s, each row once, newest first',
    async (_name, filter, where) => {
      const accounts = await filled(120);
      const expected = slow(where);
      for (const limit of [1, 7, 50, 200])
        expect(all(accounts, filter, limit), String(limit)).toEqual(expected);
    },
  );

  it('stay where they are while rows are written', async () => {
    const accounts = await filled(20);
    const first = accounts.audit.page({}, null, 5);
    accounts.writeAudit({ action: 'user.created', actorId: null, subjectId: null });
    const second = accounts.audit.page({}, first.next, 5);
    expect(second.rows.map(({ sequence }) => sequence)).toEqual([15, 14, 13, 12, 11]);
  });

  it('find times also where rows are missing', async () => {
    const accounts = await filled(60);
    raw((database) => database.exec('DELETE FROM audit WHERE sequence BETWEEN 20 AND 40'));
    const from = '2026-11-23T08:30:00.000Z';
    expect(all(accounts, { from }, 50)).toEqual(slow(`at >= '${from}'`));
  });

  it('name people, connections and roles as they are called now', async () => {
    const { accounts, ada } = await withAda();
    accounts.writeAudit({ action: 'policy.changed', actorId: ada.user.id, subjectId: 'guest' });
    accounts.writeAudit({ action: 'connection.changed', actorId: 'usr_gone', subjectId: 'default' });
    const { rows } = accounts.audit.page({}, null, 2);
    expect(rows.map(({ actor, subject }) => [actor, subject])).toEqual([
      [
        { id: 'usr_gone', kind: 'person', label: null },
        { id: 'default', kind: 'connection', label: null },
      ],
      [
        { id: ada.user.id, kind: 'person', label: ada.user.email },
        { id: 'guest', kind: 'role', label: null },
      ],
    ]);
  });
});

describe('every statement', () => {
  it.each(Object.entries(AUDIT_STATEMENTS))(
    '%s goes down one index, and sorts nothing',
    async (_name, sql) => {
      const { database } = await filled(5);
      const plan = database.$client
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...(sql.match(/\?/g) ?? []).map(() => 1))
        .map(({ detail }) => detail);
      expect(plan).toHaveLength(1);
      expect(plan[0]).toMatch(/^SEARCH audit USING (INTEGER PRIMARY KEY|INDEX audit_by_\w+) \(/);
      // All of what is asked for, and the place in the order, is found by going down: nothing is walked through.
      const asked = [...sql.matchAll(/(\w+) = \?/g)].map(([, column]) => `${column}=?`);
      const place = asked.length > 0 ? ['sequence>?', 'sequence<?'] : ['rowid>?', 'rowid<?'];
      expect(plan[0]).toContain(`(${[...asked, ...place].join(' AND ')})`);
    },
  );

  it('that finds the page of sessions goes down its index too', async () => {
    const { database } = await open();
    const plan = database.$client
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id
         WHERE s.expires_at > 1 AND (s.last_used_at < 2 OR (s.last_used_at = 2 AND s.id < 'x'))
         ORDER BY s.last_used_at DESC, s.id DESC LIMIT 51`,
      )
      .all()
      .map(({ detail }) => detail);
    expect(plan.join('\n')).not.toContain('TEMP B-TREE');
  });
});

describe('the audit as CSV', () => {
  it('has each row once in pages, and no text is a formula', async () => {
    const accounts = await filled(1_200);
    accounts.database.$client
      .prepare(
        `INSERT INTO users (id, email, password_hash, role, created_at, updated_at)
         VALUES ('usr_1', '=cmd@example.org', 'x', 'user', '', '')`,
      )
      .run();
    const pieces = [...auditCsv(accounts.audit, {})];
    expect(pieces.length).toBeGreaterThan(3);
    const lines = pieces.join('').trimEnd().split('\r\n');
    expect(lines[0]).toBe('sequence,at,action,actor,actor_name,subject,subject_name,hash');
    expect(lines).toHaveLength(1_201);
    expect(new Set(lines).size).toBe(1_201);
    const ofOne = lines.filter((line) => line.includes(',usr_1,'));
    expect(ofOne.length).toBeGreaterThan(100);
    for (const line of ofOne) expect(line).toContain(",usr_1,'=cmd@example.org,");
    expect(lines[1]).toMatch(new RegExp(`^1200,${now().toISOString()},robot\\.danced,.*,[0-9a-f]{64}$`));
  });

  it('holds what the filter asks for', async () => {
    const accounts = await filled(100);
    const lines = [...auditCsv(accounts.audit, { groups: ['limits'] })].join('').trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 20);
  });
});
