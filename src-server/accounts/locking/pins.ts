/**
 * PINs: six digits or more that open a person's data key on this machine alone. A PIN is worth nothing without a secret
 * in the keychain, and five wrong ones end it.
 */
import { randomBytes } from 'node:crypto';
import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { PinRefusal } from '../../../src-shared/api/index.ts';
import { keyWraps, pins } from '../../database/accounts/schema.ts';
import { type Keychain, KeychainError } from '../../keychain/index.ts';
import type { WriteAudit } from '../audit.ts';
import type { DataKeys } from '../data-keys.ts';
import type { AccountsDatabase, Atomically } from '../database.ts';
import type { Wrap, WrapStore } from '../key-wraps.ts';
import { CURRENT_COST, formatCost } from '../passwords.ts';
import type { UserRow } from '../users.ts';

/** Wrong PINs until there is none any more. */
export const PIN_TRIES = 5;

/**
 * The data key that a right PIN opens, for the caller to hold or wipe. `gone`: it was wrong, and the last one. `no-keychain`: the PIN cannot be checked, and
 * nothing was counted.
 */
export type PinCheck = { readonly dataKey: Buffer } | 'wrong' | 'gone' | 'no-keychain';

export interface PinParts {
  readonly database: AccountsDatabase;
  readonly atomically: Atomically;
  readonly wraps: WrapStore;
  readonly dataKeys: DataKeys;
  readonly keychain: Keychain;
  /** Whether the keychain gave the install key: without, nothing secret is written down in this run. */
  readonly keychainWorks: boolean;
  readonly installId: string;
  /** Takes what was deleted out of the database's files: the wrap of a PIN that has ended must be in no old page. */
  readonly purge: () => void;
  readonly writeAudit: WriteAudit;
  readonly now: () => Date;
}

export type Pins = ReturnType<typeof openPins>;

export function openPins(parts: PinParts) {
  const { database, atomically, wraps, dataKeys, keychain, installId, purge, writeAudit, now } = parts;
  const prefix = `pin:${installId}:`;
  /** Named by the salt: the secret of a new PIN never takes the place of one that still counts. */
  const accountOf = (userId: string, salt: Buffer) => `${prefix}${userId}:${salt.toString('hex')}`;
  /** Checked for people who have no PIN, so that they take as long as a wrong one. */
  const decoy = (): Wrap => ({
    salt: Buffer.alloc(16),
    params: formatCost(CURRENT_COST),
    nonce: Buffer.alloc(12),
    ciphertext: Buffer.alloc(48),
  });

  /** What works on entries of the keychain takes its turn: tidying must not meet a PIN that is half made. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  const drop = (userId: string): boolean => {
    wraps.remove(userId, 'pin');
    return database.delete(pins).where(eq(pins.userId, userId)).run().changes > 0;
  };

  let tidying: NodeJS.Immediate | null = null;
  let closed = false;

  /** Deletes entries of the keychain that no PIN needs any more. A keychain that does not answer is tidied later. */
  const tidy = (): Promise<void> =>
    inTurn(async () => {
      try {
        const entries = (await keychain.list()).filter((account) => account.startsWith(prefix));
        if (entries.length === 0 || closed) return;
        const needed = new Set(
          database
            .select({ userId: keyWraps.userId, salt: keyWraps.salt })
            .from(keyWraps)
            .where(eq(keyWraps.kind, 'pin'))
            .all()
            .map(({ userId, salt }) => accountOf(userId, salt ?? Buffer.alloc(0))),
        );
        for (const account of entries) {
          if (!needed.has(account) && !closed) await keychain.delete(account);
        }
      } catch (error) {
        if (!(error instanceof KeychainError)) throw error;
      }
    });
  /** After the transaction that is under way. */
  const tidySoon = () => {
    if (!parts.keychainWorks) return;
    tidying ??= setImmediate(() => {
      tidying = null;
      void tidy();
    });
  };

  /** Takes one of the tries before the PIN is looked at. @returns the count, or null when none is left */
  const take = (userId: string, wrap: Wrap): number | null =>
    atomically(() => {
      const present = wraps.find(userId, 'pin');
      if (present === null || !present.ciphertext.equals(wrap.ciphertext)) return null;
      return (
        database
          .update(pins)
          .set({ failures: sql`${pins.failures} + 1` })
          .where(and(eq(pins.userId, userId), lt(pins.failures, PIN_TRIES)))
          .returning({ failures: pins.failures })
          .get()?.failures ?? null
      );
    });

  const secretFor = async (userId: string, wrap: Wrap): Promise<Buffer | null | 'no-keychain'> => {
    try {
      const stored = await keychain.get(accountOf(userId, wrap.salt ?? Buffer.alloc(0)));
      return stored === null ? null : Buffer.from(stored, 'base64');
    } catch (error) {
      if (error instanceof KeychainError) return 'no-keychain';
      throw error;
    }
  };

  return {
    /** Why a person cannot have a PIN; null when they can. */
    refusal(row: UserRow): PinRefusal | null {
      if (!parts.keychainWorks || keychain.place === 'session') return 'no-keychain';
      if (row.role === 'guest') return 'guest';
      // Beside the data, the secret protects nothing: only where the install key lies there too is nothing lost by it.
      return keychain.place === 'file' && row.protection === 'sealed' ? 'file' : null;
    },

    /** When the PIN was set, and how many wrong ones are left; null without a PIN. */
    stateOf(userId: string): { createdAt: number; tries: number } | null {
      const row = database.select().from(pins).where(eq(pins.userId, userId)).get();
      return row === undefined ? null : { createdAt: row.createdAt, tries: PIN_TRIES - row.failures };
    },

    /**
     * Gives a person a PIN in place of the one they may have.
     *
     * @param isStill checked with the write: whether the person still is who they were
     * @throws {DataKeyLockedError}
     */
    set: (
      userId: string,
      digits: string,
      isStill: () => boolean,
    ): Promise<'ok' | 'no-keychain' | 'not-found'> =>
      inTurn(async () => {
        const [salt, secret] = [randomBytes(16), randomBytes(32)];
        const wrap = await dataKeys.wrapWithPin(userId, { digits, salt, secret });
        const account = accountOf(userId, salt);
        const kept = secret.toString('base64');
        try {
          await keychain.set(account, kept);
          if ((await keychain.get(account)) !== kept) return 'no-keychain';
        } catch (error) {
          if (error instanceof KeychainError) return 'no-keychain';
          throw error;
        } finally {
          tidySoon();
        }
        let isReplaced = false;
        const outcome = atomically(() => {
          if (!isStill()) return 'not-found';
          isReplaced = drop(userId);
          wraps.save(userId, 'pin', wrap);
          database.insert(pins).values({ userId, createdAt: now().getTime(), failures: 0 }).run();
          writeAudit({ action: 'pin.set', actorId: userId, subjectId: userId });
          return 'ok';
        });
        if (isReplaced) purge();
        return outcome;
      }),

    /** Call within a transaction, and purge after it: whoever changes a password or a data key takes the PIN away. */
    dropIn(userId: string): boolean {
      const dropped = drop(userId);
      if (dropped) {
        writeAudit({ action: 'pin.removed', actorId: null, subjectId: userId });
        tidySoon();
      }
      return dropped;
    },

    /**
     * Checks a PIN, which opens the data key. A wrong one counts before it is looked at, so that neither
     * many at once nor the end of the process get past.
     *
     * @param userId null for somebody who is not known here: that takes as long and is wrong
     */
    async check(userId: string | null, digits: string): Promise<PinCheck> {
      if (!parts.keychainWorks || keychain.place === 'session') return 'no-keychain';
      const found = userId === null ? null : wraps.find(userId, 'pin');
      const wrap = found ?? decoy();
      const owner = userId ?? 'nobody';
      const secret = await secretFor(owner, wrap);
      // A keychain that is locked says nothing about the PIN; one that lost the secret cannot open it either.
      if (secret === 'no-keychain' || (found !== null && secret === null)) return 'no-keychain';
      const count = found === null || userId === null ? null : take(userId, found);
      const pin = { digits, secret: secret ?? Buffer.alloc(32) };
      const dataKey = await dataKeys.openWithPin(owner, count === null ? decoy() : wrap, pin);
      if (userId === null || count === null) return 'wrong';
      const outcome = atomically((): PinCheck => {
        const present = wraps.find(userId, 'pin');
        if (present === null || !present.ciphertext.equals(wrap.ciphertext)) return 'wrong';
        if (dataKey !== null) {
          database.update(pins).set({ failures: 0 }).where(eq(pins.userId, userId)).run();
          return { dataKey };
        }
        if (count < PIN_TRIES) return 'wrong';
        drop(userId);
        writeAudit({ action: 'pin.exhausted', actorId: null, subjectId: userId });
        tidySoon();
        return 'gone';
      });
      if (outcome === 'gone') purge();
      if (typeof outcome === 'string') dataKey?.fill(0);
      return outcome;
    },

    /** At the start: ends PINs whose last try was cut off before it could be answered; soon tidies the keychain. */
    open(): void {
      const exhausted = database
        .select({ userId: pins.userId })
        .from(pins)
        .where(gte(pins.failures, PIN_TRIES))
        .all();
      for (const { userId } of exhausted) {
        atomically(() => {
          drop(userId);
          writeAudit({ action: 'pin.exhausted', actorId: null, subjectId: userId });
        });
      }
      if (exhausted.length > 0) purge();
      tidySoon();
    },

    /** Resolves when no entry of the keychain is being written or deleted. */
    settled: async (): Promise<void> => {
      if (tidying !== null) {
        clearImmediate(tidying);
        tidying = null;
        await tidy();
      }
      await turn;
    },

    close(): void {
      closed = true;
      if (tidying !== null) clearImmediate(tidying);
    },
  };
}
