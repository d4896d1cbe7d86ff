/**
 * Sealing: afterwards only what the person knows or has on paper opens their history, and the install key does not. A
 * recovery code is made and shown first, and nothing is changed until a part of it was typed back.
 */
import { randomInt } from 'node:crypto';
import type { WriteAudit } from './audit.ts';
import type { Caller } from './authentication.ts';
import type { ConfirmPassword } from './confirm-password.ts';
import type { DataKeys } from './data-keys.ts';
import type { Atomically } from './database.ts';
import type { EndedSessions } from './ended-sessions.ts';
import {
  openWithPassword,
  type Wrap,
  type WrapStore,
  wrapWithPassword,
  wrapWithRecoveryCode,
} from './key-wraps.ts';
import type { OpenedSessions } from './opened-sessions.ts';
import { grouped, groupsOf, newCode, RECOVERY_SIGNS, readSigns } from './recovery-code.ts';
import type { Sessions } from './sessions.ts';
import type { Users } from './users.ts';

/** How long somebody has to write the code down and type a part of it. */
export const CONFIRM_MS = 30 * 60_000;
/** So often the part may be typed wrongly before it takes a new code. */
const TRIES = 10;

/** A code that was shown and does not count yet. */
interface Shown {
  readonly code: string;
  /** Which group is asked for, from 0. */
  readonly group: number;
  readonly passwordHash: string;
  /** A new wrap where the stored one turned out not to open with the password. */
  readonly repaired: Wrap | null;
  readonly until: number;
  tries: number;
}

export interface RecoveryCodeShown {
  /** In groups, as it is written down. */
  readonly code: string;
  /** Which of the groups has to be typed back, counted from 1. */
  readonly group: number;
}

export interface SealingParts {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly wraps: WrapStore;
  readonly dataKeys: DataKeys;
  readonly openedSessions: OpenedSessions;
  /** Takes a person's PIN away, within the transaction that is under way. */
  readonly dropPin: (userId: string) => void;
  readonly confirmPassword: ConfirmPassword;
  readonly writeAudit: WriteAudit;
  readonly sessionsEnded: EndedSessions['tell'];
  /** Takes what was deleted out of the database's files. */
  readonly purge: () => void;
  readonly now: () => Date;
}

export function sealing(parts: SealingParts) {
  const { atomically, users, sessions, wraps, dataKeys, openedSessions } = parts;
  const { confirmPassword, dropPin, writeAudit, sessionsEnded, purge, now } = parts;
  const shown = new Map<string, Shown>();

  return {
    /**
     * Makes a recovery code, for sealing or in place of the one before, and remembers it until a part of it is typed
     * back. Nothing is written.
     */
    async showRecoveryCode(caller: Caller, password: string): Promise<RecoveryCodeShown | 'wrong-password'> {
      const { id } = caller.user;
      const row = await confirmPassword(id, password);
      if (row === null) return 'wrong-password';
      const dataKey = Buffer.from(dataKeys.get(id));
      const wrap = wraps.find(id, 'password');
      // Without the install key the password has to open the history: a damaged wrap would show too late.
      const opened = wrap === null ? null : await openWithPassword(wrap, id, password);
      const repaired =
        opened?.equals(dataKey) === true ? null : await wrapWithPassword(dataKey, id, password);
      opened?.fill(0);
      dataKey.fill(0);
      const code = newCode(RECOVERY_SIGNS);
      const group = randomInt(groupsOf(code).length);
      const until = now().getTime() + CONFIRM_MS;
      shown.set(id, { code, group, passwordHash: row.passwordHash, repaired, until, tries: TRIES });
      return { code: grouped(code), group: group + 1 };
    },

    /**
     * Makes the code that was shown count, and seals the account if it is not sealed yet. All of it happens or nothing.
     *
     * @param typed the group that was asked for
     */
    confirmRecoveryCode(caller: Caller, typed: string): 'ok' | 'wrong-group' | 'expired' {
      const { id } = caller.user;
      const pending = shown.get(id);
      const asOf = users.findById(id);
      const stands =
        pending !== undefined &&
        pending.until > now().getTime() &&
        asOf?.passwordHash === pending.passwordHash &&
        dataKeys.isOpen(id);
      if (!stands) {
        shown.delete(id);
        return 'expired';
      }
      if (readSigns(typed) !== groupsOf(pending.code)[pending.group]) {
        pending.tries -= 1;
        if (pending.tries <= 0) shown.delete(id);
        return pending.tries > 0 ? 'wrong-group' : 'expired';
      }
      const recovery = wrapWithRecoveryCode(dataKeys.get(id), id, pending.code);
      const ended = atomically((): string[] => {
        wraps.save(id, 'recovery', recovery);
        if (pending.repaired !== null) wraps.save(id, 'password', pending.repaired);
        if (users.findById(id)?.protection === 'sealed') {
          writeAudit({ action: 'recovery_code.replaced', actorId: id, subjectId: id });
          return [];
        }
        users.update(id, { protection: 'sealed' });
        wraps.remove(id, 'install');
        dropPin(id);
        writeAudit({ action: 'account.sealed', actorId: id, subjectId: id });
        return sessions.endAllOf(id, caller.sessionId);
      });
      shown.delete(id);
      openedSessions.add(caller.sessionId, id);
      purge();
      void sessionsEnded({ userId: id, sessionIds: ended, reason: 'revoked' });
      return 'ok';
    },

    /** Lets the install key open the history again; the recovery code counts no more. */
    async unseal(
      caller: Caller,
      password: string,
    ): Promise<'ok' | 'wrong-password' | 'keychain-unavailable'> {
      const { id } = caller.user;
      const row = await confirmPassword(id, password);
      if (row === null || !dataKeys.isOpen(id)) return 'wrong-password';
      const install = dataKeys.installWrap(id, dataKeys.get(id));
      if (install === null) return 'keychain-unavailable';
      atomically(() => {
        if (users.findById(id)?.protection !== 'sealed') return;
        users.update(id, { protection: 'managed' });
        wraps.save(id, 'install', install);
        wraps.remove(id, 'recovery');
        dropPin(id);
        writeAudit({ action: 'account.unsealed', actorId: id, subjectId: id });
      });
      shown.delete(id);
      purge();
      return 'ok';
    },

    /** Forgets codes that were shown and never confirmed. */
    close: () => shown.clear(),
  };
}
