/** Accounts: people, passwords, sessions, and the keys that open each person's history. */
import type { Session } from '../../src-shared/api/index.ts';
import type { Keychain } from '../keychain/index.ts';
import { openAudit } from './audit.ts';
import { authentication, type Caller } from './authentication.ts';
import { DataKeys } from './data-keys.ts';
import { type AccountsDatabase, atomicallyIn, openAccountsDatabase } from './database.ts';
import { deriveKey, type InstallKeyProblem, loadInstallKey } from './install-key.ts';
import { openInstallation } from './installation.ts';
import { wrapStore } from './key-wraps.ts';
import { openDevices } from './locking/devices.ts';
import { type Entrance, entering } from './locking/entrance.ts';
import { type Holder, locking, type SessionsLocked } from './locking/index.ts';
import { openLocks } from './locking/locks.ts';
import { openPins } from './locking/pins.ts';
import { type PasswordProblem, passwordPolicy } from './password-policy.ts';
import { people, type SessionsEnded } from './people.ts';
import { passwordSecrets } from './secrets.ts';
import { openSessions } from './sessions.ts';
import { openThrottle } from './throttle.ts';
import { accessTokens } from './tokens.ts';
import { openUsers, toUser } from './users.ts';

export type { Caller, Credential, SignedIn } from './authentication.ts';
export { DataKeyLockedError, DataKeyLostError } from './data-keys.ts';
export {
  deviceHashOf,
  type Entrance,
  type Holder,
  newDeviceSecret,
  type Presence,
  SessionLockedError,
  type SessionsLocked,
} from './locking/index.ts';
export type { SessionsEnded } from './people.ts';
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
  /** After how many minutes without use sessions in browsers are locked at the latest; 0, the default, for never. */
  readonly longestMinutes?: () => number;
  readonly now?: () => Date;
}

const AUTH_SECRET_LENGTH = 32;

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
  const dataKeys = new DataKeys(wraps, installKey);
  const passwordProblem = passwordPolicy();
  const throttle = openThrottle(database, atomically, now);
  const writeAudit = openAudit(database, now);
  const devices = openDevices(database, now);
  const pins = openPins({
    database,
    atomically,
    wraps,
    dataKeys,
    keychain: options.keychain,
    keychainWorks: installKey.state === 'ok',
    installId: installation.id,
    writeAudit,
    now,
  });
  const dropPin = (userId: string) => void pins.dropIn(userId);
  const secrets = passwordSecrets(users, wraps, dataKeys, dropPin);
  const tokens = accessTokens(
    options.authSecret === undefined
      ? deriveKey(installKey.key, 'access-tokens')
      : new TextEncoder().encode(options.authSecret),
    installation.id,
  );

  const listeners = new Set<(event: SessionsEnded) => void>();
  const sessionsEnded = (event: SessionsEnded) => {
    for (const listener of listeners) listener(event);
  };

  const lockListeners = new Set<(event: SessionsLocked) => void>();
  const longestMinutes = options.longestMinutes ?? (() => 0);
  const locks = openLocks({
    atomically,
    sessions,
    writeAudit,
    sessionsLocked: (event) => {
      for (const listener of lockListeners) listener(event);
    },
    longestMinutes,
    now,
  });
  const enter = entering({ atomically, sessions, devices, locks, writeAudit });

  const { openSession, signIn, authenticate, find, writeRefusal } = authentication({
    atomically,
    users,
    sessions,
    tokens,
    dataKeys,
    throttle,
    locks,
    enter,
    secrets,
    writeAudit,
    now,
  });
  const atThisMachine = locking({
    atomically,
    users,
    sessions,
    dataKeys,
    devices,
    locks,
    pins,
    throttle,
    find,
    openSession,
    writeRefusal,
    writeAudit,
    longestMinutes,
  });
  const administration = people({
    atomically,
    users,
    sessions,
    dataKeys,
    secrets,
    dropPin,
    writeAudit,
    sessionsEnded,
  });
  await pins.open();
  const state: InstallKeyState =
    installKey.state === 'ok' ? { state: 'ok' } : { state: installKey.state, reason: installKey.reason };

  return {
    ...administration,
    ...atThisMachine,
    signIn,
    authenticate,

    /** `DATA/foyer.db`, for the rooms that keep their own tables in it. */
    database,
    /** Writes down who did what; for the rooms that look after connections and policies. */
    writeAudit,

    /** Random id of this installation; names its entries in the keychain. */
    installId: installation.id,
    installKey: state,

    /** True until there is a first person. */
    needsSetup: () => users.isEmpty(),
    listUsers: () => users.list().map(toUser),

    /** A session for somebody who has just been created. @throws when there is no such person */
    async openSession(userId: string, entrance: Entrance | null = null) {
      const row = users.findById(userId);
      if (row === null) throw new Error(`there is no user ${userId}`);
      return openSession(row, entrance);
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

    signOut(caller: Holder): void {
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

    /** @returns stops listening */
    onSessionsLocked(listener: (event: SessionsLocked) => void): () => void {
      lockListeners.add(listener);
      return () => lockListeners.delete(listener);
    },

    /** Resolves when no entry of the keychain is being written or deleted. */
    keychainSettled: pins.settled,

    close(): void {
      pins.close();
      dataKeys.close();
      database.$client.close();
    },
  };
}
