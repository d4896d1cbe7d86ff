/** The second step of signing in: a code of the authenticator app, or one on paper. */
import type { WriteAudit } from './audit.ts';
import { Challenges } from './challenges.ts';
import { boundedRefusals } from './refusals.ts';
import type { SecondFactors } from './second-factor.ts';
import type { SignInThrottle } from './throttle.ts';
import type { UserRow, Users } from './users.ts';

/** Thrown when the password is right and a second factor is still to be shown. */
export class SecondFactorRequiredError extends Error {
  override readonly name = 'SecondFactorRequiredError';
  /** Names this sign-in in the second step. A secret. */
  readonly challenge: string;

  constructor(challenge: string) {
    super('a second factor is required');
    this.challenge = challenge;
  }
}

/** Thrown when a second factor was shown that does not count. */
export class SecondFactorRefusedError extends Error {
  override readonly name = 'SecondFactorRefusedError';
}

/** Thrown when a challenge is not known (any more): the sign-in begins anew. */
export class ChallengeGoneError extends Error {
  override readonly name = 'ChallengeGoneError';
}

/** Somebody who has shown all that is asked for. The data key is the receiver's to hold or wipe. */
export interface Passed {
  readonly row: UserRow;
  readonly dataKey: Buffer | null;
}

export interface SecondStepParts {
  readonly users: Users;
  readonly secondFactors: SecondFactors;
  readonly throttle: SignInThrottle;
  readonly writeAudit: WriteAudit;
  readonly now: () => Date;
}

export type SecondStep = ReturnType<typeof secondStep>;

export function secondStep(parts: SecondStepParts) {
  const { users, secondFactors, throttle, writeAudit } = parts;
  const challenges = new Challenges(parts.now);
  const writeRefusal = boundedRefusals(writeAudit, parts.now, 'second_factor.refused');

  /** @throws {SignInThrottledError} @throws {SecondFactorRefusedError} */
  const show = (row: UserRow, typed: string, dataKey: Buffer | null, address?: string): void => {
    const attempt = { email: row.email, at: 'second-factor', address } as const;
    throttle.admit(attempt);
    const taken = secondFactors.take(row.id, typed, dataKey);
    if (taken === null) {
      writeRefusal(row.id);
      throw new SecondFactorRefusedError('this code does not count');
    }
    throttle.succeeded(attempt);
    if (taken === 'code') {
      writeAudit({ action: 'second_factor.code_used', actorId: row.id, subjectId: row.id });
    }
  };

  return {
    /**
     * Lets somebody pass whose password is right: at once where there is no second factor, with `totp` if it counts.
     *
     * @throws {SecondFactorRequiredError} with the challenge for {@link answer}
     * @throws {SecondFactorRefusedError}
     * @throws {SignInThrottledError}
     */
    pass({ row, dataKey }: Passed, totp: string | undefined, address?: string): Passed {
      if (!secondFactors.isOn(row.id)) return { row, dataKey };
      if (totp === undefined) {
        throw new SecondFactorRequiredError(
          challenges.make({ userId: row.id, passwordHash: row.passwordHash, dataKey }),
        );
      }
      try {
        show(row, totp, dataKey, address);
      } catch (error) {
        dataKey?.fill(0);
        throw error;
      }
      return { row, dataKey };
    },

    /**
     * The second step. A code that is refused leaves the challenge as it is, so that another can be typed.
     *
     * @throws {ChallengeGoneError} also when the account or its password has changed since the first step
     * @throws {SecondFactorRefusedError}
     * @throws {SignInThrottledError}
     */
    answer(challenge: string, typed: string, address?: string): Passed {
      const step = challenges.find(challenge);
      const row = step === null ? null : users.findById(step.userId);
      if (step === null || row?.passwordHash !== step.passwordHash) {
        challenges.end(challenge);
        throw new ChallengeGoneError('there is no such challenge');
      }
      show(row, typed, step.dataKey, address);
      const dataKey = step.dataKey === null ? null : Buffer.from(step.dataKey);
      challenges.end(challenge);
      return { row, dataKey };
    },

    close: () => challenges.close(),
  };
}
