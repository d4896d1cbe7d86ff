import { beforeEach, describe, expect, it } from 'vitest';
import { type PeopleQuery, peopleQuerySchema } from '../../src-shared/api/index.ts';
import type { Accounts, Caller } from './index.ts';
import { ADA, addBob, BOB, callerOf, house } from './testing/house.ts';

const { withAda, raw, later } = house();
let accounts: Accounts;
let ada: Caller;
beforeEach(async () => {
  ({ accounts, ada } = await withAda());
});

/** Rows without the slow hashing: nobody signs in as these. */
function addRows(count: number, nameOf: (index: number) => string, role = 'user'): void {
  raw((database) => {
    const insert = database.prepare(
      "INSERT INTO users (id, email, password_hash, role, created_at, updated_at) VALUES (?, ?, 'x', ?, '', '')",
    );
    for (let index = 0; index < count; index += 1) insert.run(`usr_${nameOf(index)}`, nameOf(index), role);
  });
}
const page = (query: Partial<PeopleQuery> = {}) => accounts.peoplePage(peopleQuerySchema.parse(query));
const emails = (query: Partial<PeopleQuery>) => page(query).people.map(({ email }) => email);

describe('people', () => {
  it('come a page at a time, by address, each once', () => {
    addRows(130, (index) => `p${String(index).padStart(3, '0')}@example.org`);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { people, next, total } = page({ limit: 50, ...(after !== undefined && { after }) });
      expect(total).toBe(131);
      seen.push(...people.map(({ email }) => email));
      after = next ?? undefined;
    } while (after !== undefined);
    expect(seen).toHaveLength(131);
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(131);
  });

  it('are found by a part of the address, taken literally, by role and by state', async () => {
    addRows(3, (index) => `a_${index}%@example.org`);
    addRows(2, (index) => `guest${index}@example.org`, 'guest');
    expect(emails({ query: 'A_1%' })).toEqual(['a_1%@example.org']);
    expect(emails({ query: "'; DROP TABLE users; --" })).toEqual([]);
    expect(emails({ role: 'guest' })).toHaveLength(2);
    expect(emails({ role: 'administrator' })).toEqual([ADA.email]);
    const bob = await addBob(accounts, ada);
    expect(emails({ status: 'temporary' })).toEqual([BOB.email]);
    await accounts.updateUser(ada, bob, { is_active: false });
    expect(emails({ status: 'temporary' })).toEqual([]);
    expect(emails({ status: 'deactivated' })).toEqual([BOB.email]);
    expect(page({ status: 'active', query: 'guest' })).toMatchObject({ total: 2, administrators: 1 });
  });

  it('end with the last page when who stood at its edge has gone', () => {
    expect(page({ after: 'usr_nobody' })).toMatchObject({ people: [], next: null, total: 1 });
  });

  it('tell when they last signed in, where they are signed in, and until when they are locked out', async () => {
    await addBob(accounts, ada);
    const bob = () => page({ query: BOB.email }).people[0];
    expect(bob()).toMatchObject({ last_sign_in_at: null, sessions: 0, locked_until: null });
    await callerOf(accounts, BOB);
    later(1);
    const caller = await callerOf(accounts, BOB);
    expect(bob()).toMatchObject({ last_sign_in_at: '2026-11-23T08:01:00.000Z', sessions: 2 });
    accounts.signOut(caller);
    expect(bob()).toMatchObject({ last_sign_in_at: '2026-11-23T08:01:00.000Z', sessions: 1 });
    later(200);
    expect(bob()).toMatchObject({ sessions: 0 });
    for (let attempt = 0; attempt < 5; attempt += 1) await accounts.signIn({ ...BOB, password: 'wrong' });
    expect(bob()?.locked_until).toBe('2026-11-23T11:21:05.000Z');
    accounts.liftLock(ada, bob()?.id ?? '');
    expect(bob()?.locked_until).toBeNull();
  });
});

it('the last sign-in is found through the person, not through the sign-ins of everybody', () => {
  const plan = raw((database) =>
    database
      .prepare(
        "EXPLAIN QUERY PLAN SELECT at FROM audit WHERE subject_id = 'x' AND +action = 'session.started' ORDER BY sequence DESC LIMIT 1",
      )
      .all(),
  ) as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain('audit_by_subject');
});
