/** Accounts: people, passwords, sessions, and the keys that open each person's history. */
import type { Session } from '../../src-shared/api/index.ts';
import type { Keychain } from '../keychain/index.ts';
import { openAudit } from './audit.ts';
import { authentication, type Caller } from './authentication.ts';
import { passwordConfirmation } from './confirm-password.ts';
import { DataKeys } from './data-keys.ts';
import { type AccountsDatabase, atomicallyIn, openAccountsDatabase, purgeDeleted } from './database.ts';
import { deriveKey, type InstallKeyProblem, loadInstallKey } from './install-key.ts';
import { openInstallation } from './installation.ts';
import { bringingBack, openKeptHistories } from './kept-histories.ts';
import { wrapStore } from './key-wraps.ts';
import { OpenedSessions } from './opened-sessions.ts';
import { ownSecondFactor } from './own-second-factor.ts';
import { type PasswordProblem, passwordPolicy } from './password-policy.ts';
import { passwordReset } from './password-reset.ts';
import { people, type SessionsEnded } from './people.ts';
import { recovery } from './recovery.ts';
import { RECOVERY_SIGNS, readCode } from './recovery-code.ts';
import { sealing } from './sealing.ts';
import { openSecondFactors } from './second-factor.ts';
import { secondStep } from './second-step.ts';
import { passwordSecrets } from './secrets.ts';
import { openSessions } from './sessions.ts';
import { openThrottle } from './throttle.ts';
import { accessTokens } from './tokens.ts';
import { openUsers, toUser } from './users.ts';
import { workLimit } from './work-limit.ts';

export type { Caller, ClosedSession, Credential, SignedIn } from './authentication.ts';
export { DataKeyLockedError, DataKeyLostError } from './data-keys.ts';
export type { SessionsEnded } from './people.ts';
export {
  ChallengeGoneError,
  SecondFactorRefusedError,
  SecondFactorRequiredError,
} from './second-step.ts';
export { SignInThrottledError } from './throttle.ts';
export { TooBusyError } from './work-limit.ts';

export interface AccountsOptions {
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly keychain: Keychain;
  /** Lifetime of access tokens, and of sessions that are not used. */
  readonly tokenLifetimeMinutes: number;
  /** Signs access tokens instead of a key derived from the install key; 32 characters or more. */
  readonly authSecret?: string;
  readonly now?: () => Date;
}

const AUTH_SECRET_LENGTH = 32;
/** How many passwords are checked at once (about 40 MB each), and how many wait for it. */
const CHECKED_AT_ONCE = 3;
const WAITING = 60;

/** Whether the keychain gave the install key; if not, only passwords open histories in this run. */
export type InstallKeyState =
  | { readonly state: 'ok' }
  | { readonly state: InstallKeyProblem; readonly reason: string };

/** Everything that has to do with who people are. */
export type Accounts = Awaited<ReturnType<typeof openAccounts>>;

/**
 * Opens `DATA/foyer.db` and the install key. No file stays open when it throws.
 *
 * @throws {DatabaseFromFutureError}
 * @throws {RangeError} when `authSecret` is too short
 */
export async function openAccounts(options: AccountsOptions) {
  if (options.authSecret !== undefined && options.authSecret.length < AUTH_SECRET_LENGTH) {
    throw new RangeError(`the secret for access tokens needs ${AUTH_SECRET_LENGTH} characters or more`);
  }
  const database = openAccountsDatabase(options.dataDir, options.migrationsDir);
  try {
    return await accountsIn(database, options);
  } catch (error) {
    database.$client.close();
    throw error;
  }
}

async function accountsIn(database: AccountsDatabase, options: AccountsOptions) {
  const now = options.now ?? (() => new Date());
  const atomically = atomicallyIn(database);
  const installation = openInstallation(database);
  const installKey = await loadInstallKey(options.keychain, installation);

  const users = openUsers(database, now);
  const sessions = openSessions(database, options.tokenLifetimeMinutes * 60_000, now);
  const wraps = wrapStore(database);
  const isSealed = (userId: string) => users.findById(userId)?.protection === 'sealed';
  const dataKeys = new DataKeys(wraps, installKey, isSealed);
  const secrets = passwordSecrets(users, wraps, dataKeys);
  const passwordProblem = passwordPolicy();
  const throttle = openThrottle(database, atomically, now);
  const writeAudit = openAudit(database, now);
  const tokens = accessTokens(
    options.authSecret === undefined
      ? deriveKey(installKey.key, 'access-tokens')
      : new TextEncoder().encode(options.authSecret),
    installation.id,
  );

  const listeners = new Set<(event: SessionsEnded) => void>();
  const openedSessions = new OpenedSessions();
  const sessionsEnded = (event: SessionsEnded) => {
    openedSessions.remove(event.sessionIds);
    for (const listener of listeners) listener(event);
  };

  let isPurged = true;
  const purge = () => {
    isPurged = purgeDeleted(database);
  };
  // A crash can have left deleted keys in the log.
  purge();
  const oneOfFew = workLimit(CHECKED_AT_ONCE, WAITING);
  const confirmPassword = passwordConfirmation({ users, throttle, oneOfFew });
  const secondFactors = openSecondFactors(database, atomically, now);
  const keptHistories = openKeptHistories(database, users, now);
  const step = secondStep({ users, secondFactors, throttle, writeAudit, now });
  const parts = {
    atomically,
    users,
    sessions,
    tokens,
    wraps,
    dataKeys,
    throttle,
    secrets,
    secondFactors,
    secondStep: step,
    keptHistories,
    openedSessions,
    oneOfFew,
    confirmPassword,
    writeAudit,
    sessionsEnded,
    purge,
    now,
  };
  const { openSession, ...signingIn } = authentication(parts);
  const administration = people({ ...parts, resetPassword: passwordReset(parts) });
  const { close: forgetShown, ...ownSealing } = sealing(parts);
  const state: InstallKeyState =
    installKey.state === 'ok' ? { state: 'ok' } : { state: installKey.state, reason: installKey.reason };

  return {
    ...administration,
    ...signingIn,
    ...ownSealing,
    ...recovery(parts),
    ...ownSecondFactor(parts),
    bringBackHistory: bringingBack(parts),

    /** Whether somebody typed a recovery code without a typing error; not whose it is. */
    isRecoveryCode: (typed: string): boolean => readCode(typed, RECOVERY_SIGNS) !== null,

    /** How a person's account is protected. */
    protectionOf: (userId: string) => ({
      protection: users.findById(userId)?.protection ?? 'managed',
      secondFactor: secondFactors.state(userId),
      keptHistories: keptHistories.list(userId),
    }),

    /** Folder of the person's present history below their own; null: the first one. */
    historyFolder: (userId: string): string | null => users.findById(userId)?.historyFolder ?? null,

    /** Tries again to take deleted keys out of the files, if somebody was reading them the last time. */
    purgeAgain(): void {
      if (!isPurged) purge();
    },

    /** Ids of the sealed people whose key is held and who have no session any more that was opened. */
    unusedKeys(): string[] {
      return dataKeys.sealedHeld().filter((userId) => {
        const alive = new Set(sessions.listOf(userId).map(({ id }) => id));
        openedSessions.remove(openedSessions.of(userId).filter((id) => !alive.has(id)));
        return openedSessions.of(userId).length === 0;
      });
    },

    /** Wipes the key of a sealed person from memory. @returns false when a session was opened meanwhile */
    forgetUnused(userId: string): boolean {
      if (!isSealed(userId) || openedSessions.of(userId).length > 0) return false;
      dataKeys.forget(userId);
      return true;
    },

    /** `DATA/foyer.db`, for the rooms that keep their own tables in it. */
    database,
    /** Writes down who did what; for the rooms that look after connections and policies. */
    writeAudit,

    /** Random id of this installation; names its entries in the keychain. */
    installId: installation.id,
    installKey: state,

    /** True until there is a first person. */
    needsSetup: () => users.isEmpty(),
    listUsers: () => {
      const withFactor = secondFactors.everybody();
      return users.list().map((row) => ({ ...toUser(row), second_factor: withFactor.has(row.id) }));
    },

    /** A session for somebody who has just been created. @throws when there is no such person */
    async openSession(userId: string) {
      const row = users.findById(userId);
      if (row === null) throw new Error(`there is no user ${userId}`);
      return openSession(row, Buffer.from(dataKeys.get(userId)));
    },

    /** Why this cannot become the password of an address; null when it can. */
    passwordProblem,

    /** The same for somebody who exists; null also when there is no such person. */
    async passwordProblemOf(userId: string, password: string): Promise<PasswordProblem | null> {
      const row = users.findById(userId);
      return row === null ? null : passwordProblem(password, row.email);
    },

    /** Takes attempts to sign in to this account again at once. @returns false when there is no such person */
    liftLock(actor: Caller, userId: string): boolean {
      const row = users.findById(userId);
      if (row === null) return false;
      atomically(() => {
        throttle.lift(row.email);
        writeAudit({ action: 'user.lock_lifted', actorId: actor.user.id, subjectId: userId });
      });
      return true;
    },

    /** Where the caller is signed in. */
    sessionsOf: (caller: Caller): Session[] =>
      sessions.listOf(caller.user.id).map(({ id, createdAt, lastUsedAt }) => ({
        id,
        created_at: new Date(createdAt).toISOString(),
        last_used_at: new Date(lastUsedAt).toISOString(),
        current: id === caller.sessionId,
      })),

    /**
     * Ends sessions of a person, with their streams and runs.
     *
     * @param which the id of one of them, all, or all but the caller's
     * @returns false when there is no such session, or no such person
     */
    endSessions(actor: Caller, userId: string, which: { one: string } | 'all' | 'others'): boolean {
      const ended = atomically(() => {
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
      if (ended === null) return false;
      sessionsEnded({ userId, sessionIds: ended, reason: 'revoked' });
      return true;
    },

    signOut(caller: { sessionId: string; user: { id: string } }): void {
      atomically(() => {
        sessions.end(caller.sessionId);
        writeAudit({ action: 'session.ended', actorId: caller.user.id, subjectId: caller.user.id });
      });
      sessionsEnded({ userId: caller.user.id, sessionIds: [caller.sessionId], reason: 'signed-out' });
    },

    /** The 32 bytes that encrypt a person's history. @throws {DataKeyLockedError} */
    dataKey: (userId: string): Buffer => dataKeys.get(userId),

    /** @returns stops listening */
    onSessionsEnded(listener: (event: SessionsEnded) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    close(): void {
      step.close();
      forgetShown();
      dataKeys.close();
      database.$client.close();
    },
  };
}
