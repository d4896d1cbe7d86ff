/** What protects single accounts: sealing, recovery codes, the second factor. Puts their parts together. */

import type { WriteAudit } from './audit.ts';
import { passwordConfirmation } from './confirm-password.ts';
import type { DataKeys } from './data-keys.ts';
import type { AccountsDatabase, Atomically } from './database.ts';
import type { EndedSessions } from './ended-sessions.ts';
import { bringingBack, openKeptHistories } from './kept-histories.ts';
import type { WrapStore } from './key-wraps.ts';
import type { OpenedSessions } from './opened-sessions.ts';
import { ownSecondFactor } from './own-second-factor.ts';
import { passwordReset } from './password-reset.ts';
import type { Purging } from './purging.ts';
import { recovery } from './recovery.ts';
import { RECOVERY_SIGNS, readCode } from './recovery-code.ts';
import { sealing } from './sealing.ts';
import { openSecondFactors } from './second-factor.ts';
import { secondStep } from './second-step.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import type { SignInThrottle } from './throttle.ts';
import type { Users } from './users.ts';
import type { WorkLimit } from './work-limit.ts';

export interface ProtectionParts {
  readonly database: AccountsDatabase;
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly wraps: WrapStore;
  readonly dataKeys: DataKeys;
  readonly secrets: Secrets;
  /** Takes a person's PIN away, within the transaction that is under way. */
  readonly dropPin: (userId: string) => void;
  /** Takes what was deleted out of the database's files. */
  readonly purge: Purging['purge'];
  readonly throttle: SignInThrottle;
  readonly openedSessions: OpenedSessions;
  readonly oneOfFew: WorkLimit;
  readonly writeAudit: WriteAudit;
  readonly sessionsEnded: EndedSessions['tell'];
  readonly now: () => Date;
}

export function protection(given: ProtectionParts) {
  const { database, atomically, users, sessions, dataKeys, openedSessions, now } = given;
  const secondFactors = openSecondFactors(database, atomically, now);
  const keptHistories = openKeptHistories(database, users, now);
  const parts = {
    ...given,
    secondFactors,
    keptHistories,
    confirmPassword: passwordConfirmation(given),
  };
  const step = secondStep(parts);
  const { close: forgetShown, ...ownSealing } = sealing(parts);
  /** Whether a person has a session that was opened, is alive, and is not locked. */
  const isAtWork = (userId: string): boolean =>
    sessions.unlockedOf(userId).some((id) => openedSessions.has(id));

  return {
    secondStep: step,
    secondFactors,
    resetPassword: passwordReset(parts),

    /** What people and administrators do. */
    operations: {
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
      historyFolder: users.historyFolder,

      /** Ids of the sealed people whose key is held, and at none of whose windows they can be. */
      unusedKeys: (): string[] => dataKeys.sealedHeld().filter((userId) => !isAtWork(userId)),

      /**
       * Wipes the key of a sealed person from memory; what still works for them has to be over. Their sessions, locked
       * or not, have to be opened again.
       *
       * @returns false when a session is open
       */
      forgetUnused(userId: string): boolean {
        if (users.findById(userId)?.protection !== 'sealed' || isAtWork(userId)) return false;
        dataKeys.forget(userId);
        openedSessions.remove(openedSessions.of(userId));
        return true;
      },
    },

    close(): void {
      step.close();
      forgetShown();
    },
  };
}
