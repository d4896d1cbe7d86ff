/** Where everybody is signed in, for administrators: a page at a time, the session used last first. */
import { and, count, countDistinct, desc, eq, gt, lt, or } from 'drizzle-orm';
import type { AdminSessionPage } from '../../src-shared/api/index.ts';
import { sessions, users } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';

export interface SessionListQuery {
  /** Sessions of this person only. */
  readonly person?: string | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** @returns one page, as seen by the session `asking` */
export function sessionList(database: AccountsDatabase, now: () => Date) {
  return ({ person, after, limit }: SessionListQuery, asking: string): AdminSessionPage => {
    const alive = gt(sessions.expiresAt, now().getTime());
    const [usedAt, id] = after?.split('.') ?? [];
    const isBehind =
      usedAt === undefined || id === undefined
        ? undefined
        : or(
            lt(sessions.lastUsedAt, Number(usedAt)),
            and(eq(sessions.lastUsedAt, Number(usedAt)), lt(sessions.id, id)),
          );
    const rows = database
      .select({
        id: sessions.id,
        userId: sessions.userId,
        email: users.email,
        place: sessions.place,
        createdAt: sessions.createdAt,
        lastUsedAt: sessions.lastUsedAt,
        lockedAt: sessions.lockedAt,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(alive, isBehind, person === undefined ? undefined : eq(sessions.userId, person)))
      .orderBy(desc(sessions.lastUsedAt), desc(sessions.id))
      .limit(limit + 1)
      .all();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const sums = database
      .select({ total: count(), people: countDistinct(sessions.userId) })
      .from(sessions)
      .where(alive)
      .get();
    return {
      sessions: shown.map((row) => ({
        id: row.id,
        user_id: row.userId,
        email: row.email,
        place: row.place,
        created_at: new Date(row.createdAt).toISOString(),
        last_used_at: new Date(row.lastUsedAt).toISOString(),
        locked: row.lockedAt !== null,
        current: row.id === asking,
      })),
      next: rows.length > limit && last !== undefined ? `${last.lastUsedAt}.${last.id}` : null,
      total: sums?.total ?? 0,
      people: sums?.people ?? 0,
    };
  };
}

/** Whose session it is; null when it is not there. */
export function sessionOwner(database: AccountsDatabase) {
  return (id: string): string | null =>
    database.select({ userId: sessions.userId }).from(sessions).where(eq(sessions.id, id)).get()?.userId ??
    null;
}
