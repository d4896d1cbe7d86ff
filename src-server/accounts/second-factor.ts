/** The second factor: an authenticator app, and single-use codes on paper that stand in for it. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { and, count, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { recoveryCodes, secondFactors } from '../database/accounts/schema.ts';
import type { AccountsDatabase, Atomically } from './database.ts';
import { FACTOR_SIGNS, hashCode, newCode, readCode } from './recovery-code.ts';
import { open, seal } from './sealing-box.ts';
import { readTotp, SECRET_BYTES, stepOf } from './totp.ts';

/** How many codes on paper are given out at once. */
export const CODES_GIVEN = 10;

/** What counted as a second factor; null when nothing did. */
export type Taken = 'app' | 'code' | null;

export interface SecondFactorState {
  /** Since when codes are asked for; Unix milliseconds. */
  readonly since: number;
  /** Codes on paper that were not used yet. */
  readonly codesLeft: number;
}

export type SecondFactors = ReturnType<typeof openSecondFactors>;

/** The rows of second factors. Who may do what with them, and the record of it, is for those who call. */
export function openSecondFactors(database: AccountsDatabase, atomically: Atomically, now: () => Date) {
  const find = (userId: string) =>
    database.select().from(secondFactors).where(eq(secondFactors.userId, userId)).get();

  const secretOf = (userId: string, dataKey: Buffer): Buffer | null => {
    const row = find(userId);
    return row === undefined ? null : open(row, keyFor(dataKey), purpose(userId));
  };

  /** Counts a step once, whoever asks at the same time. */
  const takeStep = (userId: string, step: number): boolean =>
    database
      .update(secondFactors)
      .set({ lastStep: step })
      .where(and(eq(secondFactors.userId, userId), lt(secondFactors.lastStep, step)))
      .run().changes === 1;

  const takeCode = (userId: string, code: string): boolean =>
    database
      .update(recoveryCodes)
      .set({ usedAt: now().getTime() })
      .where(
        and(
          eq(recoveryCodes.userId, userId),
          eq(recoveryCodes.hash, hashCode(code)),
          isNull(recoveryCodes.usedAt),
        ),
      )
      .run().changes === 1;

  const takeTotp = (userId: string, typed: string, dataKey: Buffer | null): boolean => {
    const code = readTotp(typed);
    const secret = code === null || dataKey === null ? null : secretOf(userId, dataKey);
    const step = code === null || secret === null ? null : stepOf(code, secret, now());
    return step !== null && takeStep(userId, step);
  };

  const giveCodes = (userId: string): string[] => {
    const codes = Array.from({ length: CODES_GIVEN }, () => newCode(FACTOR_SIGNS));
    database.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)).run();
    database
      .insert(recoveryCodes)
      .values(codes.map((code) => ({ userId, hash: hashCode(code) })))
      .run();
    return codes;
  };

  const remove = (userId: string): boolean => {
    database.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)).run();
    return database.delete(secondFactors).where(eq(secondFactors.userId, userId)).run().changes > 0;
  };

  return {
    /** Null while no code is asked for at sign-in. */
    state(userId: string): SecondFactorState | null {
      const since = find(userId)?.confirmedAt ?? null;
      if (since === null) return null;
      const left = database
        .select({ n: count() })
        .from(recoveryCodes)
        .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
        .get();
      return { since, codesLeft: left?.n ?? 0 };
    },

    isOn: (userId: string): boolean => (find(userId)?.confirmedAt ?? null) !== null,

    /** Ids of everybody who has one. */
    everybody: (): Set<string> =>
      new Set(
        database
          .select({ userId: secondFactors.userId })
          .from(secondFactors)
          .where(isNotNull(secondFactors.confirmedAt))
          .all()
          .map(({ userId }) => userId),
      ),

    /** A new secret, of which nothing is asked until a first code confirms it; null when there is a confirmed one. */
    begin(userId: string, dataKey: Buffer): Buffer | null {
      const secret = randomBytes(SECRET_BYTES);
      const row = { ...seal(secret, keyFor(dataKey), purpose(userId)), confirmedAt: null, lastStep: 0 };
      return atomically(() => {
        if ((find(userId)?.confirmedAt ?? null) !== null) return null;
        database
          .insert(secondFactors)
          .values({ userId, ...row })
          .onConflictDoUpdate({ target: secondFactors.userId, set: row })
          .run();
        return secret;
      });
    },

    /** A first code turns it on. @returns the codes on paper, this once; null for a wrong code or nothing to confirm */
    confirm(userId: string, typed: string, dataKey: Buffer): string[] | null {
      return atomically(() => {
        const row = find(userId);
        if (row === undefined || row.confirmedAt !== null || !takeTotp(userId, typed, dataKey)) return null;
        database
          .update(secondFactors)
          .set({ confirmedAt: now().getTime() })
          .where(eq(secondFactors.userId, userId))
          .run();
        return giveCodes(userId);
      });
    },

    /**
     * Takes a code of the app or one on paper; each counts once, in whatever way it is typed.
     *
     * @param dataKey null when the history is closed: then the app's secret cannot be read, and only paper counts
     */
    take(userId: string, typed: string, dataKey: Buffer | null): Taken {
      return atomically(() => {
        if ((find(userId)?.confirmedAt ?? null) === null) return null;
        if (takeTotp(userId, typed, dataKey)) return 'app';
        const code = readCode(typed, FACTOR_SIGNS);
        return code !== null && takeCode(userId, code) ? 'code' : null;
      });
    },

    /** New codes on paper; the old ones count no more. */
    giveCodes,

    /** Forgets secret and codes; call within a transaction. @returns whether there was anything */
    remove,

    /** Seals the secret with another data key; one that cannot be read is forgotten. Call within a transaction. */
    reseal(userId: string, before: Buffer, after: Buffer): void {
      const secret = secretOf(userId, before);
      if (secret === null) {
        remove(userId);
        return;
      }
      const sealed = seal(secret, keyFor(after), purpose(userId));
      database.update(secondFactors).set(sealed).where(eq(secondFactors.userId, userId)).run();
    },
  };
}

function keyFor(dataKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', 'foyer/second-factor/v1', 32));
}

function purpose(userId: string): string {
  return `foyer/second-factor/${userId}`;
}
