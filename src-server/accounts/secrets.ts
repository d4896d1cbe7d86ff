import type { DataKeys } from './data-keys.ts';
import { type Wrap, type WrapStore, wrapWithPassword } from './key-wraps.ts';
import { hashPassword } from './passwords.ts';
import type { Users } from './users.ts';

/** What is made from a password: its hash, and the data key wrapped by it. They change together or not at all. */
export interface PasswordSecrets {
  readonly hash: string;
  readonly wrap: Wrap;
}

export interface Secrets {
  /** @param dataKey default: the person's open one. @throws {DataKeyLockedError} when that is needed and not open */
  make(userId: string, password: string, dataKey?: Buffer): Promise<PasswordSecrets>;
  /**
   * Call within a transaction that has checked that the person still is who they were. A new password ends the PIN:
   * whoever knew the old one could have set it. `renewed` is the same password, hashed anew.
   */
  save(userId: string, made: PasswordSecrets, password: 'new' | 'renewed'): void;
}

/** @param dropPin takes a person's PIN away within the transaction that is under way */
export function passwordSecrets(
  users: Users,
  wraps: WrapStore,
  dataKeys: DataKeys,
  dropPin: (userId: string) => void,
): Secrets {
  return {
    async make(userId, password, dataKey = dataKeys.get(userId)) {
      const [wrap, hash] = await Promise.all([
        wrapWithPassword(dataKey, userId, password),
        hashPassword(password),
      ]);
      return { hash, wrap };
    },
    save(userId, { hash, wrap }, password) {
      if (password === 'new') dropPin(userId);
      users.update(userId, { passwordHash: hash });
      wraps.save(userId, 'password', wrap);
    },
  };
}
