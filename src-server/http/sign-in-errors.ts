import {
  ChallengeGoneError,
  DataKeyLostError,
  SecondFactorRefusedError,
  SecondFactorRequiredError,
  SignInThrottledError,
  TooBusyError,
} from '../accounts/index.ts';
import { ApiError, tooManyAttempts } from './errors.ts';
import { BUSY_MS } from './signing-in.ts';

/** Turns what accounts throw while passwords and codes are checked into answers. @throws always */
export function refusedSignIn(error: unknown): never {
  if (error instanceof SignInThrottledError) throw tooManyAttempts(error.retryAfterMs);
  if (error instanceof TooBusyError) throw tooManyAttempts(BUSY_MS);
  if (error instanceof DataKeyLostError) throw new ApiError('history_unreadable');
  if (error instanceof SecondFactorRefusedError) throw new ApiError('second_factor_invalid');
  if (error instanceof ChallengeGoneError) throw new ApiError('challenge_expired');
  if (error instanceof SecondFactorRequiredError) {
    const required = new ApiError('second_factor_required');
    required.challenge = error.challenge;
    throw required;
  }
  throw error;
}
