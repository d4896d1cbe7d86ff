/** Histories that were left aside because nobody could open them, each with its data key under the recovery code of then. */
import { randomBytes } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { keptHistories } from '../database/accounts/schema.ts';
import type { WriteAudit } from './audit.ts';
import type { Caller } from './authentication.ts';
import type { ConfirmPassword } from './confirm-password.ts';
import type { DataKeys } from './data-keys.ts';
import type { AccountsDatabase, Atomically } from './database.ts';
import {
  openWithRecoveryCode,
  type RecoveryWrap,
  type WrapStore,
  wrapWithRecoveryCode,
} from './key-wraps.ts';
import { grouped, newCode, RECOVERY_SIGNS, readCode } from './recovery-code.ts';
import type { SecondFactors } from './second-factor.ts';
import type { Secrets } from './secrets.ts';
import type { SignInThrottle } from './throttle.ts';
import type { Users } from './users.ts';

export type KeptHistories = ReturnType<typeof openKeptHistories>;

/** The rows. Changes are called within a transaction. */
export function openKeptHistories(database: AccountsDatabase, users: Users, now: () => Date) {
  const keep = (userId: string, { salt, nonce, ciphertext }: RecoveryWrap): void => {
    database
      .insert(keptHistories)
      .values({
        id: `hst_${randomBytes(12).toString('hex')}`,
        userId,
        folder: users.historyFolder(userId),
        keptAt: now().getTime(),
        salt,
        nonce,
        ciphertext,
      })
      .run();
  };
  return {
    /** Leaves the present history aside with the wrap of its key, and points the person to a new, empty one. */
    keepPresent(userId: string, wrap: RecoveryWrap): void {
      keep(userId, wrap);
      users.update(userId, { historyFolder: `h_${randomBytes(12).toString('hex')}` });
    },

    /** Takes one up again and leaves the present one aside in its place. */
    exchange(userId: string, taken: { id: string; folder: string | null }, presentWrap: RecoveryWrap): void {
      keep(userId, presentWrap);
      database.delete(keptHistories).where(eq(keptHistories.id, taken.id)).run();
      users.update(userId, { historyFolder: taken.folder });
    },

    find: (userId: string, id: string) =>
      database
        .select()
        .from(keptHistories)
        .where(and(eq(keptHistories.userId, userId), eq(keptHistories.id, id)))
        .get() ?? null,

    /** The one left aside last comes first. */
    list: (userId: string): { id: string; keptAt: number }[] =>
      database
        .select({ id: keptHistories.id, keptAt: keptHistories.keptAt })
        .from(keptHistories)
        .where(eq(keptHistories.userId, userId))
        .orderBy(desc(keptHistories.keptAt))
        .all(),
  };
}

export interface BringingBackParts {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly wraps: WrapStore;
  readonly dataKeys: DataKeys;
  readonly secrets: Secrets;
  readonly secondFactors: SecondFactors;
  readonly keptHistories: KeptHistories;
  readonly throttle: SignInThrottle;
  readonly confirmPassword: ConfirmPassword;
  readonly writeAudit: WriteAudit;
  /** Takes what was deleted out of the database's files. */
  readonly purge: () => void;
}

/**
 * Takes up a history that was left aside, with the recovery code of then; the present one is left aside instead. One
 * new code opens both.
 *
 * @throws {SignInThrottledError} @throws {TooBusyError}
 */
export function bringingBack(parts: BringingBackParts) {
  const { atomically, users, wraps, dataKeys, secrets, keptHistories, throttle, confirmPassword } = parts;
  return async (
    caller: Caller,
    historyId: string,
    input: { code: string; password: string },
  ): Promise<{ readonly recoveryCode: string } | 'not-found' | 'wrong-password' | 'wrong-code'> => {
    const { id, email } = caller.user;
    const row = await confirmPassword(id, input.password);
    if (row === null) return 'wrong-password';
    const kept = keptHistories.find(id, historyId);
    if (kept === null) return 'not-found';
    const attempt = { email, at: 'recovery' } as const;
    throttle.admit(attempt);
    const old = openWithRecoveryCode(
      { ...kept, params: null },
      id,
      readCode(input.code, RECOVERY_SIGNS) ?? '',
    );
    if (old === null) {
      parts.writeAudit({ action: 'recovery_code.refused', actorId: id, subjectId: id });
      return 'wrong-code';
    }
    throttle.succeeded(attempt);
    const made = await secrets.make(id, input.password, old);
    const code = newCode(RECOVERY_SIGNS);
    const isDone = atomically(() => {
      const now = users.findById(id);
      const isStill = now?.passwordHash === row.passwordHash && keptHistories.find(id, historyId) !== null;
      if (!isStill || !dataKeys.isOpen(id)) return false;
      const present = dataKeys.get(id);
      keptHistories.exchange(id, kept, wrapWithRecoveryCode(present, id, code));
      wraps.removeAll(id);
      secrets.save(id, made, 'new');
      parts.secondFactors.reseal(id, present, old);
      if (now.protection === 'sealed') wraps.save(id, 'recovery', wrapWithRecoveryCode(old, id, code));
      else {
        const install = dataKeys.installWrap(id, old);
        if (install !== null) wraps.save(id, 'install', install);
      }
      parts.writeAudit({ action: 'account.history_brought_back', actorId: id, subjectId: id });
      return true;
    });
    if (!isDone) {
      old.fill(0);
      return 'not-found';
    }
    parts.purge();
    dataKeys.hold(id, old);
    return { recoveryCode: grouped(code) };
  };
}
