/** Accounts: people, passwords, sessions, and the keys that open each person's history. */
import type { Role } from '../context.ts';
import type { Keychain } from '../keychain/index.ts';
import { openAudit } from './audit/open.ts';
import { authentication, type Caller } from './authentication.ts';
import { DataKeyLockedError, DataKeys } from './data-keys.ts';
import { type AccountsDatabase, atomicallyIn, openAccountsDatabase } from './database.ts';
import { endedSessions, type SessionsEndedListener } from './ended-sessions.ts';
import { guestStays } from './guest-stays.ts';
import { deriveKey, type InstallKeyProblem, loadInstallKey } from './install-key.ts';
import { openInstallation } from './installation.ts';
import { wrapStore } from './key-wraps.ts';
import { type Entrance, locking } from './locking/index.ts';
import { openLocking } from './locking/open.ts';
import { OpenedSessions } from './opened-sessions.ts';
import { type PasswordProblem, passwordPolicy } from './password-policy.ts';
import { people } from './people.ts';
import { peopleList } from './people-list.ts';
import { protection } from './protection.ts';
import { openPurging } from './purging.ts';
import { passwordSecrets } from './secrets.ts';
import { sessionList, sessionOwner } from './session-list.ts';
import { openSessions } from './sessions.ts';
import { signedInPlaces } from './signed-in-places.ts';
import { openThrottle } from './throttle.ts';
import { accessTokens } from './tokens.ts';
import { openUsers, toUser } from './users.ts';
import { workLimit } from './work-limit.ts';

export { auditCsv } from './audit/csv.ts';
export type { AuditFilter } from './audit/reader.ts';
export type { Caller, ClosedSession, Credential, SignedIn } from './authentication.ts';
export {
  ACTIONS,
  type Action,
  type Actor,
  authorize,
  type Decision,
  type OpenAction,
  type PersonAction,
} from './authorize.ts';
export { DataKeyLockedError, DataKeyLostError } from './data-keys.ts';
export type { SessionsEnded } from './ended-sessions.ts';
export {
  deviceHashOf,
  type Entrance,
  type Holder,
  newDeviceSecret,
  type Presence,
  SessionLockedError,
  type SessionsLocked,
} from './locking/index.ts';
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
  /** After how many minutes without use sessions in browsers are locked at the latest; 0, the default, for never. */
  readonly longestMinutes?: () => number;
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
  const dataKeys = new DataKeys(
    wraps,
    installKey,
    (userId) => users.findById(userId)?.protection === 'sealed',
  );
  const passwordProblem = passwordPolicy();
  const throttle = openThrottle(database, atomically, now);
  const audit = await openAudit({
    database,
    atomically,
    installation,
    installKey,
    keychain: options.keychain,
    now,
  });
  const { writeAudit } = audit;
  const longestMinutes = options.longestMinutes ?? (() => 0);
  const { purge, purgeAgain } = openPurging(database);
  const { devices, pins, locks, enter, dropPin, onSessionsLocked } = openLocking({
    database,
    atomically,
    sessions,
    wraps,
    dataKeys,
    keychain: options.keychain,
    keychainWorks: installKey.state === 'ok',
    installId: installation.id,
    longestMinutes,
    purge,
    writeAudit,
    now,
  });
  const secrets = passwordSecrets(users, wraps, dataKeys, dropPin);
  const tokens = accessTokens(
    options.authSecret === undefined
      ? deriveKey(installKey.key, 'access-tokens')
      : new TextEncoder().encode(options.authSecret),
    installation.id,
  );

  let clearAway: (userId: string) => Promise<void> = async () => undefined;
  const stays = guestStays((userId) => clearAway(userId));
  const isSignedIn = (userId: string) => sessions.listOf(userId).length > 0;
  const ended = endedSessions(isSignedIn, ({ userId, staysSignedIn }, done) => {
    if (!staysSignedIn) stays.end(userId, done);
  });
  sessions.endAllOfGuests();

  const openedSessions = new OpenedSessions();
  const sessionsEnded: typeof ended.tell = (event) => {
    openedSessions.remove(event.sessionIds);
    return ended.tell(event);
  };

  const parts = {
    database,
    atomically,
    users,
    sessions,
    tokens,
    wraps,
    dataKeys,
    stays,
    throttle,
    locks,
    enter,
    secrets,
    dropPin,
    purge,
    openedSessions,
    oneOfFew: workLimit(CHECKED_AT_ONCE, WAITING),
    writeAudit,
    sessionsEnded,
    now,
  };
  const { secondStep, secondFactors, resetPassword, operations, ...safeguards } = protection(parts);
  const { openSession, find, writeRefusal, ...signingIn } = authentication({ ...parts, secondStep });
  const atThisMachine = locking({ ...parts, devices, pins, find, openSession, writeRefusal, longestMinutes });
  const administration = people({ ...parts, resetPassword });
  pins.open();
  const state: InstallKeyState =
    installKey.state === 'ok' ? { state: 'ok' } : { state: installKey.state, reason: installKey.reason };

  return {
    ...administration,
    ...signingIn,
    ...operations,
    ...atThisMachine,
    ...signedInPlaces(parts),

    /** `DATA/foyer.db`, for the rooms that keep their own tables in it. */
    database,
    /** Writes down who did what; for the rooms that look after connections and policies. */
    writeAudit,
    /** Runs work as one transaction on {@link database}: what is done and what is written down about it. */
    atomically,
    audit: audit.reader,
    auditCheck: audit.check,
    anchorAudit: audit.anchor,

    sessionList: sessionList(database, now),
    sessionOwner: sessionOwner(database),
    sqliteVersion: () => String(database.$client.prepare('SELECT sqlite_version()').pluck().get()),
    /** Random id of this installation; names its entries in the keychain. */
    installId: installation.id,
    installKey: state,

    /** True until there is a first person. */
    needsSetup: () => users.isEmpty(),
    listUsers: () => {
      const withFactor = secondFactors.everybody();
      return users.list().map((row) => ({ ...toUser(row), second_factor: withFactor.has(row.id) }));
    },
    /** Addresses by id, of those there are. */
    emailsOf: (ids: readonly string[]): Record<string, string> =>
      Object.fromEntries(
        ids.flatMap((id) => {
          const row = users.findById(id);
          return row === null ? [] : [[id, row.email]];
        }),
      ),
    peoplePage: peopleList(database, throttle, now, secondFactors.isOn),

    /** A session for somebody who has just been created. @throws when there is no such person */
    async openSession(userId: string, place: string | null = null, entrance: Entrance | null = null) {
      const row = users.findById(userId);
      const passed = row === null ? null : { row, dataKey: Buffer.from(dataKeys.get(userId)) };
      const signedIn = passed === null ? null : await openSession(passed, place, entrance);
      if (signedIn === null) throw new Error(`there is no user ${userId}`);
      return signedIn;
    },

    /** Tries again to take deleted keys out of the files, if somebody was reading them the last time. */
    purgeAgain,

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

    /** The 32 bytes that encrypt a person's history. @throws {DataKeyLockedError} */
    dataKey: (userId: string): Buffer => dataKeys.get(userId),

    /**
     * The 32 bytes that encrypt what somebody writes in a role: of a guest, those of the present stay.
     *
     * @throws {DataKeyLockedError}
     */
    historyKey({ userId, role }: { userId: string; role: Role }): Buffer {
      const key = role === 'guest' ? stays.key(userId) : dataKeys.get(userId);
      if (key === null) throw new DataKeyLockedError(userId);
      return key;
    },

    onSessionsLocked,

    /** Resolves when no entry of the keychain is being written or deleted. */
    keychainSettled: pins.settled,

    /** Ends the stays of guests whose sessions have run out; call now and then. */
    endStaysRunOut(): void {
      for (const userId of stays.guests()) if (!isSignedIn(userId)) stays.end(userId, Promise.resolve());
    },

    /** @param remove removes what a guest wrote; called once after each stay. Must not reject */
    onStayOver(remove: (userId: string) => Promise<void>): void {
      clearAway = remove;
    },

    /** Every listener is called in the tick in which the sessions end. @returns stops listening */
    onSessionsEnded: (listener: SessionsEndedListener) => ended.listen(listener),

    close(): void {
      pins.close();
      safeguards.close();
      dataKeys.close();
      stays.close();
      database.$client.close();
    },
  };
}
