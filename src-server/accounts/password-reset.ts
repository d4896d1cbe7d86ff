/** A new password from an administrator. A sealed history does not open with it: nobody here has what opens it. */
import { type Result, refusal, success } from '../../src-shared/result.ts';
import type { WriteAudit } from './audit.ts';
import type { DataKeys } from './data-keys.ts';
import type { WrapStore } from './key-wraps.ts';
import { hashPassword } from './passwords.ts';
import type { SecondFactors } from './second-factor.ts';
import type { Secrets } from './secrets.ts';
import type { UserRow, Users } from './users.ts';

/** `sealed-account`: the loss was not accepted. `history-locked`: the keychain is needed and away. */
export type ResetRefusal = 'sealed-account' | 'history-locked';

/** Writes the new password; call within a transaction that has read the person again. */
export type SavePassword = (current: UserRow, actorId: string) => Result<null, ResetRefusal>;

export interface PasswordResetParts {
  readonly users: Users;
  readonly wraps: WrapStore;
  readonly dataKeys: DataKeys;
  readonly secrets: Secrets;
  /** Takes a person's PIN away, within the transaction that is under way. */
  readonly dropPin: (userId: string) => void;
  readonly secondFactors: SecondFactors;
  readonly writeAudit: WriteAudit;
}

export type PasswordReset = ReturnType<typeof passwordReset>;

export function passwordReset(parts: PasswordResetParts) {
  const { users, wraps, dataKeys, secrets, dropPin, secondFactors, writeAudit } = parts;

  /** Also while the person is signed in: the open key must not help whoever sets the password. */
  const sealed = async (password: string): Promise<SavePassword> => {
    const passwordHash = await hashPassword(password);
    return ({ id, protection }, actorId) => {
      if (protection !== 'sealed') return refusal('history-locked');
      users.update(id, { passwordHash });
      // Password and PIN before opened it, and count no more. The recovery code's wrap stays.
      wraps.remove(id, 'password');
      dropPin(id);
      // The app's secret is sealed with the data key, which this password does not open.
      if (secondFactors.remove(id)) writeAudit({ action: 'second_factor.removed', actorId, subjectId: id });
      return success(null);
    };
  };

  /**
   * Prepares a new password; the hashing takes its time.
   *
   * @param acceptsLoss the administrator knows that a sealed history will be unreadable without the recovery code
   */
  return async (
    row: UserRow,
    password: string,
    acceptsLoss: boolean,
  ): Promise<Result<SavePassword, ResetRefusal>> => {
    if (row.protection === 'sealed') {
      return acceptsLoss ? success(await sealed(password)) : refusal('sealed-account');
    }
    if (!dataKeys.isOpen(row.id)) return refusal('history-locked');
    const fresh = await secrets.make(row.id, password);
    return success(({ id, protection }) => {
      // Sealed meanwhile: what was made opens it, and must not be written.
      if (protection === 'sealed') return refusal('sealed-account');
      secrets.save(id, fresh, 'new');
      return success(null);
    });
  };
}
