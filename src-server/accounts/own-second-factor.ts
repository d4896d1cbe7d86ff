/** What people do with their own second factor, and how an administrator takes one away. */
import type { WriteAudit } from './audit.ts';
import type { Caller } from './authentication.ts';
import type { ConfirmPassword } from './confirm-password.ts';
import type { DataKeys } from './data-keys.ts';
import type { Atomically } from './database.ts';
import type { EndedSessions } from './ended-sessions.ts';
import { grouped } from './recovery-code.ts';
import type { SecondFactors } from './second-factor.ts';
import type { Sessions } from './sessions.ts';
import type { SignInThrottle } from './throttle.ts';
import { base32, provisioningUri } from './totp.ts';
import type { Users } from './users.ts';

/** What an authenticator app has to be told, once. */
export interface NewSecondFactor {
  /** Base32. */
  readonly secret: string;
  /** `otpauth://…`, for the QR code. */
  readonly uri: string;
}

export interface OwnSecondFactorParts {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly dataKeys: DataKeys;
  readonly secondFactors: SecondFactors;
  readonly throttle: SignInThrottle;
  readonly confirmPassword: ConfirmPassword;
  readonly writeAudit: WriteAudit;
  readonly sessionsEnded: EndedSessions['tell'];
}

export function ownSecondFactor(parts: OwnSecondFactorParts) {
  const { atomically, users, sessions, dataKeys, secondFactors, throttle, confirmPassword } = parts;
  const { writeAudit, sessionsEnded } = parts;

  /** Password and code, and what is done with both, all or nothing. */
  const withBoth = async <T>(
    caller: Caller,
    input: { password: string; code: string },
    work: () => T,
  ): Promise<{ readonly done: T } | 'wrong-password' | 'wrong-code'> => {
    const { id, email } = caller.user;
    if ((await confirmPassword(id, input.password)) === null) return 'wrong-password';
    const attempt = { email, at: 'second-factor' } as const;
    throttle.admit(attempt);
    const outcome = atomically(() => {
      if (secondFactors.take(id, input.code, dataKeys.get(id)) === null) return 'wrong-code' as const;
      return { done: work() };
    });
    if (outcome === 'wrong-code') writeAudit({ action: 'second_factor.refused', actorId: id, subjectId: id });
    else throttle.succeeded(attempt);
    return outcome;
  };

  return {
    /** A new secret for the app; nothing is asked for until a first code confirms it. */
    async beginSecondFactor(
      caller: Caller,
      password: string,
    ): Promise<NewSecondFactor | 'wrong-password' | 'already-on'> {
      const { id, email } = caller.user;
      if ((await confirmPassword(id, password)) === null) return 'wrong-password';
      const secret = secondFactors.begin(id, dataKeys.get(id));
      return secret === null ? 'already-on' : { secret: base32(secret), uri: provisioningUri(secret, email) };
    },

    /** @returns the codes on paper, this once. @throws {SignInThrottledError} */
    async confirmSecondFactor(caller: Caller, code: string): Promise<readonly string[] | 'wrong-code'> {
      const { id, email } = caller.user;
      const attempt = { email, at: 'second-factor' } as const;
      throttle.admit(attempt);
      const codes = atomically(() => {
        const given = secondFactors.confirm(id, code, dataKeys.get(id));
        if (given !== null) writeAudit({ action: 'second_factor.enabled', actorId: id, subjectId: id });
        return given;
      });
      if (codes === null) return 'wrong-code';
      throttle.succeeded(attempt);
      return codes.map(grouped);
    },

    /** New codes on paper; the old ones count no more. @throws {SignInThrottledError} */
    async replaceFactorCodes(caller: Caller, input: { password: string; code: string }) {
      const { id } = caller.user;
      const outcome = await withBoth(caller, input, () => {
        writeAudit({ action: 'second_factor.codes_replaced', actorId: id, subjectId: id });
        return secondFactors.giveCodes(id).map(grouped);
      });
      return typeof outcome === 'string' ? outcome : outcome.done;
    },

    /** Nothing but the password is asked for from then on. @throws {SignInThrottledError} */
    async disableSecondFactor(caller: Caller, input: { password: string; code: string }) {
      const { id } = caller.user;
      const outcome = await withBoth(caller, input, () => {
        secondFactors.remove(id);
        writeAudit({ action: 'second_factor.disabled', actorId: id, subjectId: id });
      });
      return typeof outcome === 'string' ? outcome : 'ok';
    },

    /** An administrator takes away a second factor that was lost, and never sees it. All sessions of the person end. */
    removeSecondFactor(actor: Caller, userId: string): 'ok' | 'not-found' {
      const ended = atomically(() => {
        if (users.findById(userId) === null || !secondFactors.remove(userId)) return null;
        writeAudit({ action: 'second_factor.removed', actorId: actor.user.id, subjectId: userId });
        return sessions.endAllOf(userId);
      });
      if (ended === null) return 'not-found';
      void sessionsEnded({ userId, sessionIds: ended, reason: 'revoked' });
      return 'ok';
    },
  };
}
