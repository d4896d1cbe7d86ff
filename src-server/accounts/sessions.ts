/** Sessions are rows: ending one is deleting it, for cookie and access token at once. */
import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm';
import { sessions, users } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';
import type { UserRow } from './users.ts';

/** A use of a session is written down at most this often, and often enough to keep a short session alive. */
const TOUCH_MS = 60_000;

export interface SessionOfUser {
  readonly sessionId: string;
  readonly user: UserRow;
  /** Unix milliseconds; null while it is open. */
  readonly lockedAt: number | null;
  /** When the person last did something at a window of it, in Unix milliseconds. */
  readonly activeAt: number;
  /** SHA-256 of the cookie of its browser or window; null for programs. */
  readonly deviceHash: Buffer | null;
}

export interface NewSession {
  readonly id: string;
  /** Goes into the cookie; only its hash is stored. */
  readonly secret: string;
  readonly expiresAt: Date;
}

/**
 * @param lifetimeMs how long a session lives without being used through its cookie; access tokens last as long from
 *   their making
 */
export function openSessions(database: AccountsDatabase, lifetimeMs: number, now: () => Date) {
  const touchMs = Math.min(TOUCH_MS, lifetimeMs / 4);
  const columns = {
    sessionId: sessions.id,
    lastUsedAt: sessions.lastUsedAt,
    expiresAt: sessions.expiresAt,
    lockedAt: sessions.lockedAt,
    activeAt: sessions.activeAt,
    deviceHash: sessions.deviceHash,
    user: users,
  };
  const joined = () =>
    database.select(columns).from(sessions).innerJoin(users, eq(sessions.userId, users.id)).$dynamic();
  const bySecret = joined()
    .where(eq(sessions.secretHash, sql.placeholder('hash')))
    .prepare();
  const byId = joined()
    .where(eq(sessions.id, sql.placeholder('id')))
    .prepare();

  const idsOf = (userId: string, except: string | null): string[] =>
    database
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), except === null ? undefined : ne(sessions.id, except)))
      .all()
      .map(({ id }) => id);

  /** The sessions of a person that are alive, the one used last first. */
  const listOf = (userId: string) =>
    database
      .select({
        id: sessions.id,
        createdAt: sessions.createdAt,
        lastUsedAt: sessions.lastUsedAt,
        place: sessions.place,
      })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now().getTime())))
      .orderBy(desc(sessions.lastUsedAt), desc(sessions.createdAt))
      .all();

  return {
    /** @param place what people recognise it by, made by the server; null where that is not known */
    create(userId: string, place: string | null, deviceHash: Buffer | null = null): NewSession {
      const at = now().getTime();
      const session = {
        id: `ses_${randomBytes(15).toString('hex')}`,
        secret: randomBytes(32).toString('base64url'),
        expiresAt: new Date(at + lifetimeMs),
      };
      database.delete(sessions).where(lt(sessions.expiresAt, at)).run();
      database
        .insert(sessions)
        .values({
          id: session.id,
          userId,
          secretHash: hashSecret(session.secret),
          createdAt: at,
          lastUsedAt: at,
          expiresAt: session.expiresAt.getTime(),
          place,
          activeAt: at,
          deviceHash,
        })
        .run();
      return session;
    },

    /** Opens a session again, with a new secret for its cookie; what was done with it before belongs to it still. */
    reopen(sessionId: string, deviceHash: Buffer | null): NewSession {
      const at = now().getTime();
      const secret = randomBytes(32).toString('base64url');
      const expiresAt = new Date(at + lifetimeMs);
      database
        .update(sessions)
        .set({
          secretHash: hashSecret(secret),
          lastUsedAt: at,
          activeAt: at,
          expiresAt: expiresAt.getTime(),
          lockedAt: null,
          deviceHash,
        })
        .where(eq(sessions.id, sessionId))
        .run();
      return { id: sessionId, secret, expiresAt };
    },

    lock(sessionId: string): void {
      database
        .update(sessions)
        .set({ lockedAt: now().getTime() })
        .where(and(eq(sessions.id, sessionId), isNull(sessions.lockedAt)))
        .run();
    },

    /** The person did something. */
    active(sessionId: string): void {
      database.update(sessions).set({ activeAt: now().getTime() }).where(eq(sessions.id, sessionId)).run();
    },

    /** The session of a person in a browser or window, whether locked or not; of several the one used last. */
    findOnDevice: (userId: string, deviceHash: Buffer): SessionOfUser | null =>
      joined()
        .where(
          and(
            eq(sessions.userId, userId),
            eq(sessions.deviceHash, deviceHash),
            gt(sessions.expiresAt, now().getTime()),
          ),
        )
        .orderBy(desc(sessions.lastUsedAt))
        .get() ?? null,

    /** The sessions in browsers and windows that are alive and not locked. */
    openOnDevices: (): SessionOfUser[] =>
      joined()
        .where(
          and(
            isNotNull(sessions.deviceHash),
            isNull(sessions.lockedAt),
            gt(sessions.expiresAt, now().getTime()),
          ),
        )
        .all(),

    /** Ids of the sessions of a person, of whatever kind, that are alive and not locked. */
    unlockedOf: (userId: string): string[] =>
      database
        .select({ id: sessions.id })
        .from(sessions)
        .where(
          and(
            eq(sessions.userId, userId),
            isNull(sessions.lockedAt),
            gt(sessions.expiresAt, now().getTime()),
          ),
        )
        .all()
        .map(({ id }) => id),

    /** Finds the session of a cookie; being used prolongs it, unless it is locked or is only looked at. */
    findBySecret(secret: string, isUsed = true): SessionOfUser | null {
      const row = bySecret.get({ hash: hashSecret(secret) });
      const at = now().getTime();
      if (row === undefined || row.expiresAt <= at) return null;
      if (isUsed && row.lockedAt === null && at - row.lastUsedAt > touchMs) {
        database
          .update(sessions)
          .set({ lastUsedAt: at, expiresAt: at + lifetimeMs })
          .where(eq(sessions.id, row.sessionId))
          .run();
      }
      return row;
    },

    /** Finds the session that an access token names. */
    findById(sessionId: string): SessionOfUser | null {
      const row = byId.get({ id: sessionId });
      return row === undefined || row.expiresAt <= now().getTime() ? null : row;
    },

    listOf,

    /** Ends one session of a person, and returns which; null when they have no such session that is alive. */
    endOneOf(userId: string, sessionId: string): string[] | null {
      if (!listOf(userId).some(({ id }) => id === sessionId)) return null;
      database.delete(sessions).where(eq(sessions.id, sessionId)).run();
      return [sessionId];
    },

    /** Guests do not come back after a restart: what opened their conversations is gone. */
    endAllOfGuests(): void {
      const guests = database.select({ id: users.id }).from(users).where(eq(users.role, 'guest'));
      database.delete(sessions).where(inArray(sessions.userId, guests)).run();
    },

    end(sessionId: string): void {
      database.delete(sessions).where(eq(sessions.id, sessionId)).run();
    },

    /** Ends all sessions of a person, but for one; returns which. */
    endAllOf(userId: string, except: string | null = null): string[] {
      const ids = idsOf(userId, except);
      for (const id of ids) database.delete(sessions).where(eq(sessions.id, id)).run();
      return ids;
    },
  };
}

export type Sessions = ReturnType<typeof openSessions>;

function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
