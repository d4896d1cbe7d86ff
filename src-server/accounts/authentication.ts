/** Signing in, and finding out who calls. */
import type { User } from '../../src-shared/api/index.ts';
import type { Role } from '../context.ts';
import type { WriteAudit } from './audit.ts';
import { DataKeyLostError, type DataKeys } from './data-keys.ts';
import type { Atomically } from './database.ts';
import type { GuestStays } from './guest-stays.ts';
import type { Enter, Entrance } from './locking/entrance.ts';
import type { Locks } from './locking/locks.ts';
import { hashPassword, needsRehash, passwordMatches } from './passwords.ts';
import { boundedRefusals } from './refusals.ts';
import type { Secrets } from './secrets.ts';
import type { SessionOfUser, Sessions } from './sessions.ts';
import type { Attempt, SignInThrottle } from './throttle.ts';
import type { Tokens } from './tokens.ts';
import { toUser, type UserRow, type Users } from './users.ts';
import { workLimit } from './work-limit.ts';

/** A person who has just signed in. */
export interface SignedIn {
  readonly user: User;
  readonly sessionId: string;
  /** For the page's httpOnly cookie. */
  readonly cookieSecret: string;
  /** For programs. */
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** Who is behind a request. */
export interface Caller {
  readonly user: User;
  readonly role: Role;
  readonly sessionId: string;
}

/** What a request brings along to show who calls. */
export interface Credential {
  readonly kind: 'cookie' | 'bearer';
  readonly value: string;
}

export interface AuthenticationParts {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly dataKeys: DataKeys;
  readonly stays: GuestStays;
  readonly throttle: SignInThrottle;
  readonly locks: Locks;
  readonly enter: Enter;
  readonly secrets: Secrets;
  readonly writeAudit: WriteAudit;
  readonly now: () => Date;
}

/** How many sign-ins are checked at once (about 40 MB each), and how many wait for it. */
const CHECKED_AT_ONCE = 3;
const WAITING = 60;

export function authentication(parts: AuthenticationParts) {
  const { atomically, users, sessions, tokens, dataKeys, stays, throttle, locks, enter } = parts;
  const { secrets, writeAudit, now } = parts;
  /** Checked for addresses that nobody has, so that they take as long as a wrong password. */
  const decoy = hashPassword('no account has this password');

  /** Null when the person was deleted, deactivated or given another password since they were looked up. */
  const openSession = async (
    found: UserRow,
    place: string | null,
    entrance: Entrance | null,
  ): Promise<SignedIn | null> => {
    await stays.settled(found.id);
    const opened = atomically(() => {
      const row = users.findById(found.id);
      if (row?.passwordHash !== found.passwordHash || row.status !== 'active') return null;
      return { row, ...enter(row, place, entrance) };
    });
    if (opened === null) return null;
    const { row, session, replaced } = opened;
    // Its cookie is overwritten now: nobody could lock it any more.
    if (replaced !== null) locks.lock([replaced], null);
    if (row.role === 'guest') stays.begin(row.id);
    const claims = { userId: row.id, sessionId: session.id };
    return {
      user: toUser(row),
      sessionId: session.id,
      cookieSecret: session.secret,
      accessToken: await tokens.sign(claims, now(), session.expiresAt),
      expiresAt: session.expiresAt,
    };
  };

  const writeRefusal = boundedRefusals(writeAudit, now);
  const refuse = (subjectId: string | null): null => {
    writeRefusal(subjectId);
    return null;
  };

  const find = async (credential: Credential, isUsed = false): Promise<SessionOfUser | null> => {
    if (credential.kind === 'cookie') return sessions.findBySecret(credential.value, isUsed);
    const claims = await tokens.verify(credential.value, now());
    if (claims === null) return null;
    const found = sessions.findById(claims.sessionId);
    return found !== null && found.user.id === claims.userId ? found : null;
  };

  /** Null unless the person is active, and what they write can be opened. */
  const callerOf = (found: SessionOfUser | null): Caller | null => {
    if (found === null || found.user.status !== 'active' || !dataKeys.isOpen(found.user.id)) return null;
    if (found.user.role === 'guest' && stays.key(found.user.id) === null) return null;
    return { user: toUser(found.user), role: found.user.role, sessionId: found.sessionId };
  };

  const oneOfFew = workLimit(CHECKED_AT_ONCE, WAITING);
  /** Checks the password and opens the history; null when that does not make a session. */
  const check = async (input: { email: string; password: string }): Promise<UserRow | null> => {
    const row = users.findByEmail(input.email);
    const matches = await passwordMatches(row?.passwordHash ?? (await decoy), input.password);
    // Who is deactivated is told what somebody with a wrong password is told, and as soon.
    if (row === null || !matches || row.status !== 'active') return refuse(row?.id ?? null);
    const opened = await dataKeys.openAtSignIn(row.id, input.password);
    const renewed =
      opened && needsRehash(row.passwordHash) ? await secrets.make(row.id, input.password) : null;
    // Read again: the account can have been deleted, or given another password, while this one was checked.
    const current = atomically(() => {
      const found = users.findById(row.id);
      if (found?.passwordHash !== row.passwordHash || found.status !== 'active') return null;
      if (renewed === null) return found;
      secrets.save(row.id, renewed, 'renewed');
      return users.findById(row.id);
    });
    if (current === null) return refuse(row.id);
    if (!opened) {
      refuse(row.id);
      throw new DataKeyLostError(row.id);
    }
    return current;
  };

  return {
    openSession,
    writeRefusal,
    /** The session behind a credential of somebody active, whether it is locked or not. */
    async find(credential: Credential): Promise<SessionOfUser | null> {
      const found = await find(credential);
      return found?.user.status === 'active' ? found : null;
    },

    /**
     * Null for an unknown address, for a wrong password and for a person who is deactivated alike.
     *
     * @throws {SignInThrottledError} after too many attempts, before the password is looked at
     * @throws {TooBusyError} when too many others are signing in
     * @throws {DataKeyLostError} when the password is right and the history cannot be opened; there is no session then
     */
    async signIn(
      input: Attempt & { password: string; place?: string | null },
      entrance: Entrance | null = null,
    ): Promise<SignedIn | null> {
      const row = await oneOfFew(async () => {
        throttle.admit(input);
        return check(input).catch((error: unknown) => {
          if (error instanceof DataKeyLostError) throttle.succeeded(input);
          throw error;
        });
      });
      if (row === null) return null;
      throttle.succeeded(input);
      return openSession(row, input.place ?? null, entrance);
    },

    /**
     * Null unless the session is alive, the person is active, and what they write can be opened.
     *
     * @throws {SessionLockedError} when it waits for its owner
     */
    async authenticate(credential: Credential): Promise<Caller | null> {
      const found = await find(credential, true);
      if (found?.user.status === 'active') locks.requireOpen(found);
      return callerOf(found);
    },

    /**
     * Whether somebody who was let in is still signed in, and may do no less and no more than then. What they have under
     * way goes on while their session is locked.
     */
    mayGoOn({ sessionId, role }: Caller): boolean {
      const found = sessions.findById(sessionId);
      return callerOf(found) !== null && found?.user.role === role;
    },
  };
}
