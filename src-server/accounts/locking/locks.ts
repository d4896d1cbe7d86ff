/** Locked sessions: alive, with everything that they were about, and of use to nobody until their owner is back. */
import type { WriteAudit } from '../audit.ts';
import type { Atomically } from '../database.ts';
import type { SessionOfUser, Sessions } from '../sessions.ts';

/** Uses are written down at most this often. */
const ACTIVE_MS = 5_000;

/** Thrown for everything but unlocking and signing out while the caller's session is locked. */
export class SessionLockedError extends Error {
  override readonly name = 'SessionLockedError';

  constructor() {
    super('the session is locked');
  }
}

/** Sessions that have been locked: what is open to their pages has to end, what works for their owner goes on. */
export interface SessionsLocked {
  readonly userId: string;
  readonly sessionIds: readonly string[];
}

export interface LockParts {
  readonly atomically: Atomically;
  readonly sessions: Sessions;
  readonly writeAudit: WriteAudit;
  readonly sessionsLocked: (event: SessionsLocked) => void;
  /** After how many minutes without use a session has to be locked, at the latest; 0 for never. */
  readonly longestMinutes: () => number;
  readonly now: () => Date;
}

export type Locks = ReturnType<typeof openLocks>;

export function openLocks(parts: LockParts) {
  const { atomically, sessions, writeAudit, sessionsLocked, longestMinutes, now } = parts;

  /** @param actorId null when it was nobody's wish at this moment */
  const lock = (found: readonly SessionOfUser[], actorId: string | null): void => {
    const open = found.filter(({ lockedAt }) => lockedAt === null);
    if (open.length === 0) return;
    atomically(() => {
      for (const { sessionId, user } of open) {
        sessions.lock(sessionId);
        writeAudit({ action: 'session.locked', actorId, subjectId: user.id });
      }
    });
    for (const { sessionId, user } of open) sessionsLocked({ userId: user.id, sessionIds: [sessionId] });
  };

  /** Null for sessions that are never locked by time: those of programs, and all where nobody wants it. */
  const allowedMs = ({ user, deviceHash }: SessionOfUser): number | null => {
    if (deviceHash === null) return null;
    const limits = [longestMinutes(), user.lockAfterMinutes ?? 0].filter((minutes) => minutes > 0);
    return limits.length === 0 ? null : Math.min(...limits) * 60_000;
  };

  /** Milliseconds until a session has to be locked, 0 when it is time; null when it does not have to. */
  const remainingMs = (found: SessionOfUser): number | null => {
    const allowed = allowedMs(found);
    if (allowed === null) return null;
    // A clock that was set back gives the whole time anew, never more.
    return Math.min(allowed, Math.max(0, found.activeAt + allowed - now().getTime()));
  };

  return {
    lock,
    remainingMs,

    /** @throws {SessionLockedError} when it is locked, or has to be now */
    requireOpen(found: SessionOfUser): void {
      if (found.lockedAt === null && remainingMs(found) !== 0) return;
      lock([found], null);
      throw new SessionLockedError();
    },

    /** Whether it is locked, or has to be now. */
    isLocked: (found: SessionOfUser): boolean => found.lockedAt !== null || remainingMs(found) === 0,

    /** The owner did something at a window of this session. */
    active(found: SessionOfUser): void {
      const at = now().getTime();
      if (Math.abs(at - found.activeAt) >= ACTIVE_MS) sessions.active(found.sessionId);
    },

    /** Locks what was not used for too long; call every few seconds. */
    lockIdle(): void {
      const open = sessions.openOnDevices();
      const ahead = open.filter(({ activeAt }) => activeAt > now().getTime());
      for (const { sessionId } of ahead) sessions.active(sessionId);
      lock(
        open.filter((found) => remainingMs(found) === 0),
        null,
      );
    },

    /** Locks every session in a browser or window, as when nobody sits in front of the machine any more. */
    lockAll: (): void => lock(sessions.openOnDevices(), null),
  };
}
