/** Asking somebody who is signed in for their password once more, before what could harm them. */
import { passwordMatches } from './passwords.ts';
import type { SignInThrottle } from './throttle.ts';
import type { UserRow, Users } from './users.ts';
import type { WorkLimit } from './work-limit.ts';

/**
 * The person as they are when the password turned out right; null when it is wrong.
 *
 * @throws {SignInThrottledError} wrong ones count like those at sign-in
 * @throws {TooBusyError}
 */
export type ConfirmPassword = (userId: string, password: string) => Promise<UserRow | null>;

export function passwordConfirmation(parts: {
  readonly users: Users;
  readonly throttle: SignInThrottle;
  readonly oneOfFew: WorkLimit;
}): ConfirmPassword {
  const { users, throttle, oneOfFew } = parts;
  return async (userId, password) => {
    const row = users.findById(userId);
    if (row === null) return null;
    const attempt = { email: row.email };
    const matches = await oneOfFew(() => {
      throttle.admit(attempt);
      return passwordMatches(row.passwordHash, password);
    });
    if (!matches) return null;
    throttle.succeeded(attempt);
    const current = users.findById(userId);
    return current?.passwordHash === row.passwordHash ? current : null;
  };
}
