/** Signing in, and finding out who calls. */
import type { User } from '../../src-shared/api/index.ts';
import type { Role } from '../context.ts';
import type { WriteAudit } from './audit.ts';
import { DataKeyLostError, type DataKeys } from './data-keys.ts';
import type { Atomically } from './database.ts';
import type { OpenedSessions } from './opened-sessions.ts';
import { hashPassword, needsRehash, passwordMatches } from './passwords.ts';
import { boundedRefusals } from './refusals.ts';
import type { Passed, SecondStep } from './second-step.ts';
import type { Secrets } from './secrets.ts';
import type { SessionOfUser, Sessions } from './sessions.ts';
import type { Attempt, SignInThrottle } from './throttle.ts';
import type { Tokens } from './tokens.ts';
import { toUser, type UserRow, type Users } from './users.ts';
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
  readonly throttle: SignInThrottle;
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

export function authentication(parts: AuthenticationParts) {
  const { atomically, users, sessions, tokens, dataKeys, throttle, secrets, writeAudit, now } = parts;
  const { secondStep, openedSessions, oneOfFew } = parts;
  /** Checked for addresses that nobody has, so that they take as long as a wrong password. */
  const decoy = hashPassword('no account has this password');

  /** @param dataKey what the person opened; null leaves a sealed history closed for this session */
  const openSession = async (row: UserRow, dataKey: Buffer | null): Promise<SignedIn> => {
    const session = atomically(() => {
      writeAudit({ action: 'session.started', actorId: row.id, subjectId: row.id });
      return sessions.create(row.id);
    });
    if (dataKey !== null) {
      dataKeys.hold(row.id, dataKey);
      openedSessions.add(session.id, row.id);
    }
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

  const find = async (credential: Credential): Promise<SessionOfUser | null> => {
    if (credential.kind === 'cookie') return sessions.findBySecret(credential.value);
    const claims = await tokens.verify(credential.value, now());
    if (claims === null) return null;
    const found = sessions.findById(claims.sessionId);
    return found !== null && found.user.id === claims.userId ? found : null;
  };

  const isOpen = ({ user, sessionId }: SessionOfUser): boolean =>
    dataKeys.isOpen(user.id) && (user.protection === 'managed' || openedSessions.has(sessionId));

  /** Checks the password and opens the history; null when that does not make a session. */
  const check = async (input: { email: string; password: string }): Promise<Passed | null> => {
    const row = users.findByEmail(input.email);
    const matches = await passwordMatches(row?.passwordHash ?? (await decoy), input.password);
    if (row === null || !matches) return refuse(row?.id ?? null);
    const dataKey = await dataKeys.openAtSignIn(row.id, input.password);
    const renewed =
      dataKey !== null && needsRehash(row.passwordHash)
        ? await secrets.make(row.id, input.password, dataKey)
        : null;
    // Read again: the account can have been deleted, or given another password, while this one was checked.
    const current = atomically(() => {
      const found = users.findById(row.id);
      if (found?.passwordHash !== row.passwordHash) return null;
      if (renewed === null) return found;
      secrets.save(row.id, renewed);
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

    /**
     * Null for an unknown address and for a wrong password alike.
     *
     * @throws {SignInThrottledError} after too many attempts, before the password is looked at
     * @throws {TooBusyError} when too many others are signing in
     * @throws {SecondFactorRequiredError} when the password is right, a second factor is set and `totp` is absent
     * @throws {SecondFactorRefusedError} when `totp` does not count
     * @throws {DataKeyLostError} when the password is right and the history cannot be opened; there is no session then
     */
    async signIn(input: Attempt & { password: string; totp?: string | undefined }): Promise<SignedIn | null> {
      const passed = await oneOfFew(async () => {
        throttle.admit(input);
        return check(input).catch((error: unknown) => {
          if (error instanceof DataKeyLostError) throttle.succeeded(input);
          throw error;
        });
      });
      if (passed === null) return null;
      throttle.succeeded(input);
      const { row, dataKey } = secondStep.pass(passed, input.totp, input.address);
      return openSession(row, dataKey);
    },

    /**
     * The second step of a sign-in.
     *
     * @throws {ChallengeGoneError} @throws {SecondFactorRefusedError} @throws {SignInThrottledError}
     */
    async answerChallenge(challenge: string, code: string, address?: string): Promise<SignedIn> {
      const { row, dataKey } = secondStep.answer(challenge, code, address);
      return openSession(row, dataKey);
    },

    /** Null unless the session is alive and the person's history can be opened. */
    async authenticate(credential: Credential): Promise<Caller | null> {
      const found = await find(credential);
      if (found === null || !isOpen(found)) return null;
      return { user: toUser(found.user), role: found.user.role, sessionId: found.sessionId };
    },

    /** The session of a sealed person that is alive, and whose history waits for its owner; null for all others. */
    async closedSession(credential: Credential): Promise<ClosedSession | null> {
      const found = await find(credential);
      if (found?.user.protection !== 'sealed' || isOpen(found)) return null;
      return { user: toUser(found.user), role: found.user.role, sessionId: found.sessionId };
    },
  };
}
