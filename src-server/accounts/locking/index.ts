/** What the accounts offer for several people at one machine: PINs, locking, who is shown where. */
import { createHash } from 'node:crypto';
import type { OwnLocking, PersonTile } from '../../../src-shared/api/index.ts';
import { TILE_COLORS } from '../../../src-shared/api/index.ts';
import type { WriteAudit } from '../audit.ts';
import type { Caller, Credential, SignedIn } from '../authentication.ts';
import type { DataKeys } from '../data-keys.ts';
import type { Atomically } from '../database.ts';
import { passwordMatches } from '../passwords.ts';
import type { WriteRefusal } from '../refusals.ts';
import type { Passed } from '../second-step.ts';
import type { SessionOfUser, Sessions } from '../sessions.ts';
import type { SignInThrottle } from '../throttle.ts';
import type { UserRow, Users } from '../users.ts';
import { workLimit } from '../work-limit.ts';
import type { Devices } from './devices.ts';
import { type Entrance, isKnownThere, setShown } from './entrance.ts';
import type { Locks } from './locks.ts';
import type { Pins } from './pins.ts';

export { deviceHashOf, newDeviceSecret } from './devices.ts';
export type { Entrance } from './entrance.ts';
export { SessionLockedError, type SessionsLocked } from './locks.ts';

/** A session as its own page may see it, locked or not. */
export type Presence =
  | { readonly state: 'open'; readonly userId: string; readonly locksInMs: number | null }
  | { readonly state: 'locked'; readonly person: PersonTile };

/** Names a session and its owner, whether it is locked or not: enough to sign out. */
export interface Holder {
  readonly sessionId: string;
  readonly user: { readonly id: string };
}

export interface LockingParts {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly dataKeys: DataKeys;
  readonly devices: Devices;
  readonly locks: Locks;
  readonly pins: Pins;
  readonly throttle: SignInThrottle;
  readonly find: (credential: Credential) => Promise<SessionOfUser | null>;
  readonly openSession: (
    passed: Passed,
    place: string | null,
    entrance: Entrance | null,
  ) => Promise<SignedIn | null>;
  readonly purge: () => void;
  readonly writeRefusal: WriteRefusal;
  readonly writeAudit: WriteAudit;
  readonly longestMinutes: () => number;
}

/** How many PINs are checked at once, and how many wait for it. */
const CHECKED_AT_ONCE = 2;
const WAITING = 20;

export function locking(parts: LockingParts) {
  const { atomically, users, sessions, dataKeys, devices, locks, pins, throttle, writeAudit } = parts;
  const oneOfFew = workLimit(CHECKED_AT_ONCE, WAITING);

  const tileOf = (row: UserRow, entrance: Entrance | null, name: string): PersonTile => ({
    id: row.id,
    name,
    color: (createHash('sha256').update(row.id).digest()[0] ?? 0) % TILE_COLORS,
    waiting: entrance !== null && sessions.findOnDevice(row.id, entrance.deviceHash) !== null,
    pin_tries: pins.refusal(row) === null ? (pins.stateOf(row.id)?.tries ?? null) : null,
  });

  return {
    /** The session behind a credential, locked or not; being asked does not count as use. */
    async holder(credential: Credential): Promise<Holder | null> {
      const found = await parts.find(credential);
      return found === null ? null : { sessionId: found.sessionId, user: { id: found.user.id } };
    },

    /** How it stands with that session. */
    presence(sessionId: string, entrance: Entrance | null): Presence | null {
      const found = sessions.findById(sessionId);
      if (found === null) return null;
      if (!locks.isLocked(found)) {
        return { state: 'open', userId: found.user.id, locksInMs: locks.remainingMs(found) };
      }
      locks.lock([found], null);
      return { state: 'locked', person: tileOf(found.user, entrance, localPart(found.user)) };
    },

    /** Locks the caller's session. */
    lockSession(caller: Caller): void {
      const found = sessions.findById(caller.sessionId);
      if (found !== null) locks.lock([found], caller.user.id);
    },

    /** The owner of a session that is not locked did something at a window, now. */
    active({ sessionId }: Pick<Holder, 'sessionId'>): void {
      const found = sessions.findById(sessionId);
      if (found !== null) locks.active(found);
    },

    /** Milliseconds until a session locks itself when nobody does anything; null when it does not. */
    locksInMs({ sessionId }: Pick<Holder, 'sessionId'>): number | null {
      const found = sessions.findById(sessionId);
      return found === null ? null : locks.remainingMs(found);
    },

    lockIdle: locks.lockIdle,
    lockAll: locks.lockAll,

    /** Who is shown in a browser or window; nobody where there is no cookie of it. */
    peopleAt(entrance: Entrance | null): PersonTile[] {
      if (entrance === null) return [];
      const shown = devices.peopleOf(entrance.deviceHash);
      const taken = shown.map(localPart);
      const isAmbiguous = (name: string) => taken.indexOf(name) !== taken.lastIndexOf(name);
      return shown.map((row) =>
        tileOf(row, entrance, isAmbiguous(localPart(row)) ? row.email : localPart(row)),
      );
    },

    /** Somebody in front of a browser or window takes a person off it; harmless when they are not there. */
    hideAt(entrance: Entrance, userId: string): void {
      atomically(() => {
        if (!devices.hide(entrance.deviceHash, userId)) return;
        writeAudit({ action: 'device.hidden', actorId: null, subjectId: userId });
      });
    },

    /**
     * The address of somebody who is named by their id. For people who are not known there it is one that nobody has, so
     * that they are answered like a wrong password.
     */
    addressOf(entrance: Entrance | null, userId: string): string {
      const isKnown = entrance !== null && isKnownThere({ devices, sessions }, userId, entrance);
      return (isKnown ? users.findById(userId)?.email : undefined) ?? `${userId}@`;
    },

    /**
     * Opens the session of somebody who is known there with their PIN: goes on with theirs, or begins one.
     *
     * @param place what people recognise the session by
     * @throws {TooBusyError} when too many others are being checked
     */
    async openWithPin(
      entrance: Entrance,
      userId: string,
      digits: string,
      place: string | null = null,
    ): Promise<SignedIn | 'wrong' | 'gone' | 'no-keychain'> {
      const known = isKnownThere({ devices, sessions }, userId, entrance) ? users.findById(userId) : null;
      const row = known !== null && known.status === 'active' && pins.refusal(known) === null ? known : null;
      const outcome = await oneOfFew(() => pins.check(row?.id ?? null, digits));
      if (typeof outcome === 'object' && row !== null) {
        const opened = await parts.openSession({ row, dataKey: outcome.dataKey }, place, entrance);
        if (opened !== null) return opened;
      }
      if (outcome === 'no-keychain') return outcome;
      if (row !== null) parts.writeRefusal(row.id);
      return outcome === 'gone' ? 'gone' : 'wrong';
    },

    /** What the caller has decided, and may decide. */
    ownLocking(caller: Caller, entrance: Entrance | null): OwnLocking {
      const row = users.findById(caller.user.id);
      const state = pins.stateOf(caller.user.id);
      const refusal = row === null ? 'no-keychain' : pins.refusal(row);
      const longest = parts.longestMinutes();
      return {
        pin:
          refusal !== null
            ? { state: 'impossible', reason: refusal }
            : state === null
              ? { state: 'none' }
              : { state: 'set', created_at: new Date(state.createdAt).toISOString() },
        lock_after_minutes: row?.lockAfterMinutes ?? null,
        longest_minutes: longest > 0 ? longest : null,
        shown_here: entrance !== null && devices.shows(entrance.deviceHash, caller.user.id),
      };
    },

    changeOwnLocking(
      caller: Caller,
      entrance: Entrance | null,
      changes: { lock_after_minutes?: number | null | undefined; shown_here?: boolean | undefined },
    ): void {
      atomically(() => {
        if (users.findById(caller.user.id) === null) return;
        const { lock_after_minutes: lockAfterMinutes, shown_here: show } = changes;
        if (lockAfterMinutes !== undefined) users.update(caller.user.id, { lockAfterMinutes });
        if (show !== undefined && entrance !== null) {
          setShown({ devices, writeAudit }, caller.user.id, entrance.deviceHash, show);
        }
      });
    },

    /**
     * Gives the caller a PIN, or another one.
     *
     * @throws {SignInThrottledError} after too many wrong passwords
     */
    async setPin(
      caller: Caller,
      password: string,
      digits: string,
    ): Promise<'ok' | 'wrong-password' | 'no-keychain' | 'refused'> {
      const row = users.findById(caller.user.id);
      if (row === null) return 'wrong-password';
      if (pins.refusal(row) !== null) return 'refused';
      throttle.admit({ email: row.email });
      if (!(await passwordMatches(row.passwordHash, password)) || !dataKeys.isOpen(row.id)) {
        return 'wrong-password';
      }
      throttle.succeeded({ email: row.email });
      const isStill = () => users.findById(row.id)?.passwordHash === row.passwordHash;
      const outcome = await pins.set(row.id, digits, isStill);
      return outcome === 'not-found' ? 'wrong-password' : outcome;
    },

    removePin(caller: Caller): void {
      if (atomically(() => pins.dropIn(caller.user.id))) parts.purge();
    },
  };
}

function localPart({ email }: UserRow): string {
  return email.split('@')[0] ?? email;
}
