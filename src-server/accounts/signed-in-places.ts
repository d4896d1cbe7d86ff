/** Where people are signed in, and ending it. */
import type { Session } from '../../src-shared/api/index.ts';
import type { WriteAudit } from './audit.ts';
import type { Caller } from './authentication.ts';
import type { Atomically } from './database.ts';
import type { EndedSessions } from './ended-sessions.ts';
import type { Holder } from './locking/index.ts';
import type { Sessions } from './sessions.ts';
import type { Users } from './users.ts';

/** What people and administrators see of sessions, and how these end them, with their streams and runs. */
export function signedInPlaces(parts: {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly sessionsEnded: EndedSessions['tell'];
  readonly writeAudit: WriteAudit;
}) {
  const { atomically, users, sessions, writeAudit } = parts;
  const sessionsOf = (userId: string, current: string | null): Session[] =>
    sessions.listOf(userId).map(({ id, createdAt, lastUsedAt, place }) => ({
      id,
      created_at: new Date(createdAt).toISOString(),
      last_used_at: new Date(lastUsedAt).toISOString(),
      place,
      current: id === current,
    }));

  return {
    /** Where the caller is signed in. */
    sessionsOf: (caller: Caller) => sessionsOf(caller.user.id, caller.sessionId),

    /** Where somebody is signed in, as administrators see it; null when there is no such person. */
    sessionsOfPerson: (viewer: Caller, userId: string): Session[] | null =>
      users.findById(userId) === null ? null : sessionsOf(userId, viewer.sessionId),

    /**
     * Ends sessions of a person, with their streams and runs.
     *
     * @param which the id of one of them, all, or all but the caller's
     * @returns false when there is no such session, or no such person
     */
    endSessions(actor: Caller, userId: string, which: { one: string } | 'all' | 'others'): boolean {
      const over = atomically(() => {
        if (users.findById(userId) === null) return null;
        const ids =
          typeof which === 'object'
            ? sessions.endOneOf(userId, which.one)
            : sessions.endAllOf(userId, which === 'others' ? actor.sessionId : null);
        if (ids === null) return null;
        if (ids.length > 0) {
          writeAudit({ action: 'session.ended', actorId: actor.user.id, subjectId: userId });
        }
        return ids;
      });
      if (over === null) return false;
      void parts.sessionsEnded({ userId, sessionIds: over, reason: 'revoked' });
      return true;
    },

    signOut(caller: Holder): void {
      atomically(() => {
        sessions.end(caller.sessionId);
        writeAudit({ action: 'session.ended', actorId: caller.user.id, subjectId: caller.user.id });
      });
      void parts.sessionsEnded({
        userId: caller.user.id,
        sessionIds: [caller.sessionId],
        reason: 'signed-out',
      });
    },
  };
}
