/** Signing in, and finding out who calls. */
import type { User } from '../../src-shared/api/index.ts';
import type { Role } from '../context.ts';
import type { WriteAudit } from './audit.ts';
import { DataKeyLostError, type DataKeys } from './data-keys.ts';
import type { Atomically } from './database.ts';
import type { GuestStays } from './guest-stays.ts';
import type { Enter, Entrance } from './locking/entrance.ts';
import type { Locks } from './locking/locks.ts';
import type { OpenedSessions } from './opened-sessions.ts';
import { hashPassword, needsRehash, passwordMatches } from './passwords.ts';
import { boundedRefusals } from './refusals.ts';
import type { Passed, SecondStep } from './second-step.ts';
import type { Secrets } from './secrets.ts';
import type { SessionOfUser, Sessions } from './sessions.ts';
import type { Attempt, SignInThrottle } from './throttle.ts';
import type { Tokens } from './tokens.ts';
import { toUser, type Users } from './users.ts';
import type { WorkLimit } from './work-limit.ts';

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
  readonly secondStep: SecondStep;
  readonly openedSessions: OpenedSessions;
  /** Lets only so many passwords be checked at once. */
  readonly oneOfFew: WorkLimit;
  readonly writeAudit: WriteAudit;
  readonly now: () => Date;
}

/** A session whose owner is known, and whose history only the owner can open. */
export interface ClosedSession {
  readonly user: User;
  readonly role: Role;
  readonly sessionId: string;
}

/** Where somebody signs in. */
export interface SignInPlace {
  /** The network address; absent when that says nothing about the caller. */
  readonly address?: string | undefined;
  /** What people recognise it by. */
  readonly place?: string | null | undefined;
}

export function authentication(parts: AuthenticationParts) {
  const { atomically, users, sessions, tokens, dataKeys, stays, throttle, locks, enter } = parts;
  const { secrets, secondStep, openedSessions, oneOfFew, writeAudit, now } = parts;
  /** Checked for addresses that nobody has, so that they take as long as a wrong password. */
  const decoy = hashPassword('no account has this password');

  /** Null when the person was deleted, deactivated or given another password since they were looked up. */
  const openSession = async (
    { row: found, dataKey }: Passed,
    place: string | null,
    entrance: Entrance | null,
  ): Promise<SignedIn | null> => {
    await stays.settled(found.id);
    const opened = atomically(() => {
      const row = users.findById(found.id);
      if (row?.passwordHash !== found.passwordHash || row.status !== 'active') return null;
      return { row, ...enter(row, place, entrance) };
    });
    if (opened === null) {
      dataKey?.fill(0);
      return null;
    }
    const { row, session, replaced } = opened;
    // Its cookie is overwritten now: nobody could lock it any more.
    if (replaced !== null) locks.lock([replaced], null);
    // A session that is gone on with was perhaps opened before, by somebody who could.
    if (dataKey === null) openedSessions.remove([session.id]);
    else {
      dataKeys.hold(row.id, dataKey);
      openedSessions.add(session.id, row.id);
    }
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

  const isOpen = ({ user, sessionId }: SessionOfUser): boolean =>
    dataKeys.isOpen(user.id) && (user.protection === 'managed' || openedSessions.has(sessionId));

  /** Null unless the person is active, and what they write can be opened. */
  const callerOf = (found: SessionOfUser | null): Caller | null => {
    if (found === null || found.user.status !== 'active' || !isOpen(found)) return null;
    if (found.user.role === 'guest' && stays.key(found.user.id) === null) return null;
    return { user: toUser(found.user), role: found.user.role, sessionId: found.sessionId };
  };

  /** Checks the password and opens the history; null when that does not make a session. */
  const check = async (input: { email: string; password: string }): Promise<Passed | null> => {
    const row = users.findByEmail(input.email);
    const matches = await passwordMatches(row?.passwordHash ?? (await decoy), input.password);
    // Who is deactivated is told what somebody with a wrong password is told, and as soon.
    if (row === null || !matches || row.status !== 'active') return refuse(row?.id ?? null);
    const dataKey = await dataKeys.openAtSignIn(row.id, input.password);
    const renewed =
      dataKey !== null && needsRehash(row.passwordHash)
        ? await secrets.make(row.id, input.password, dataKey)
        : null;
    // Read again: the account can have been deleted, or given another password, while this one was checked.
    const current = atomically(() => {
      const found = users.findById(row.id);
      if (found?.passwordHash !== row.passwordHash || found.status !== 'active') return null;
      if (renewed === null) return found;
      secrets.save(row.id, renewed, 'renewed');
      return users.findById(row.id);
    });
    if (current === null) {
      dataKey?.fill(0);
      return refuse(row.id);
    }
    // What a sealed person's password does not open, their recovery code may: they get a session to say so.
    if (dataKey === null && current.protection === 'managed') {
      refuse(row.id);
      throw new DataKeyLostError(row.id);
    }
    return { row: current, dataKey };
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
     * @throws {SecondFactorRequiredError} when the password is right, a second factor is set and `totp` is absent
     * @throws {SecondFactorRefusedError} when `totp` does not count
     * @throws {DataKeyLostError} when the password is right and the history cannot be opened; there is no session then
     */
    async signIn(
      input: Attempt & SignInPlace & { password: string; totp?: string | undefined },
      entrance: Entrance | null = null,
    ): Promise<SignedIn | null> {
      const passed = await oneOfFew(async () => {
        throttle.admit(input);
        return check(input).catch((error: unknown) => {
          if (error instanceof DataKeyLostError) throttle.succeeded(input);
          throw error;
        });
      });
      if (passed === null) return null;
      throttle.succeeded(input);
      return openSession(secondStep.pass(passed, input.totp, input.address), input.place ?? null, entrance);
    },

    /**
     * The second step of a sign-in. Null when the person was deleted or deactivated meanwhile.
     *
     * @throws {ChallengeGoneError} @throws {SecondFactorRefusedError} @throws {SignInThrottledError}
     */
    answerChallenge: async (
      challenge: string,
      code: string,
      from: SignInPlace = {},
      entrance: Entrance | null = null,
    ): Promise<SignedIn | null> =>
      openSession(secondStep.answer(challenge, code, from.address), from.place ?? null, entrance),

    /**
     * The session of a sealed person that is alive, and whose history waits for its owner; null for all others.
     *
     * @throws {SessionLockedError} when the whole session waits for its owner
     */
    async closedSession(credential: Credential): Promise<ClosedSession | null> {
      const found = await find(credential);
      if (found?.user.protection !== 'sealed' || found.user.status !== 'active') return null;
      locks.requireOpen(found);
      if (isOpen(found)) return null;
      return { user: toUser(found.user), role: found.user.role, sessionId: found.sessionId };
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
