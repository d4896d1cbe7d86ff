/** People a page at a time, as administrators look for them. */
import { and, asc, count, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { PeoplePage, PeopleQuery, Person, PersonState } from '../../src-shared/api/index.ts';
import { audit, sessions, users } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';
import type { SignInThrottle } from './throttle.ts';
import { normaliseEmail, toUser, type UserRow } from './users.ts';

const STATES: Readonly<Record<PersonState, SQL | undefined>> = {
  active: eq(users.status, 'active'),
  deactivated: eq(users.status, 'deactivated'),
  temporary: and(eq(users.status, 'active'), eq(users.passwordIsTemporary, true)),
};

export function peopleList(
  database: AccountsDatabase,
  throttle: Pick<SignInThrottle, 'lockedUntil'>,
  now: () => Date,
  hasSecondFactor: (userId: string) => boolean,
) {
  // `+` keeps SQLite from walking through the sign-ins of everybody else, back to the first.
  const lastSignIn = database
    .select({ at: audit.at })
    .from(audit)
    .where(sql`${audit.subjectId} = ${sql.placeholder('id')} AND +${audit.action} = 'session.started'`)
    .orderBy(sql`${audit.sequence} DESC`)
    .limit(1)
    .prepare();

  const countOf = (condition: SQL | undefined): number =>
    database.select({ n: count() }).from(users).where(condition).get()?.n ?? 0;

  const sessionsOf = (ids: readonly string[]): ReadonlyMap<string, number> =>
    new Map(
      database
        .select({ id: sessions.userId, n: count() })
        .from(sessions)
        .where(and(inArray(sessions.userId, [...ids]), gt(sessions.expiresAt, now().getTime())))
        .groupBy(sessions.userId)
        .all()
        .map(({ id, n }) => [id, n]),
    );

  const describe = (row: UserRow, signedIn: ReadonlyMap<string, number>): Person => {
    const lockedUntil = throttle.lockedUntil(row.email);
    return {
      ...toUser(row),
      second_factor: hasSecondFactor(row.id),
      last_sign_in_at: lastSignIn.get({ id: row.id })?.at ?? null,
      locked_until: lockedUntil === null ? null : new Date(lockedUntil).toISOString(),
      sessions: signedIn.get(row.id) ?? 0,
    };
  };

  /** One page, by address. A person who has gone meanwhile and was the last of a page ends the list. */
  return function page({ query, role, status, after, limit }: PeopleQuery): PeoplePage {
    const matching = and(
      query === '' ? undefined : sql`instr(${users.email}, ${normaliseEmail(query)}) > 0`,
      role === undefined ? undefined : eq(users.role, role),
      status === undefined ? undefined : STATES[status],
    );
    const beyond =
      after === undefined
        ? undefined
        : gt(users.email, database.select({ email: users.email }).from(users).where(eq(users.id, after)));
    const rows = database
      .select()
      .from(users)
      .where(and(matching, beyond))
      .orderBy(asc(users.email))
      .limit(limit + 1)
      .all();
    const shown = rows.slice(0, limit);
    const signedIn = sessionsOf(shown.map(({ id }) => id));
    return {
      people: shown.map((row) => describe(row, signedIn)),
      total: countOf(matching),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      administrators: countOf(and(eq(users.role, 'administrator'), eq(users.status, 'active'))),
    };
  };
}
