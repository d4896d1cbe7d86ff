/** What every way of signing in has in common: where somebody comes in, and what they are answered. */
import type { Request, Response } from 'express';
import type { LoginRequest, LoginResponse } from '../../src-shared/api/index.ts';
import type { Entrance, SignedIn } from '../accounts/index.ts';
import type { CallerGuard } from './guards/caller.ts';

/** When to come back while too many are signing in, in milliseconds. */
export const BUSY_MS = 2_000;

/** What a successful sign-in answers; the cookie travels beside it. */
export function loginResponse(signedIn: SignedIn): LoginResponse {
  return { access_token: signedIn.accessToken, token_type: 'bearer', user: signedIn.user };
}

/** Where somebody signs in: a page of Foyer, which gets a cookie of its own; null for programs. */
export function entranceOf(
  window: LoginRequest['window'],
  request: Request,
  response: Response,
  guard: CallerGuard,
): Entrance | null {
  if (window === undefined) return null;
  const entrance = guard.entranceFor(request, response);
  return window === 'unchanged' ? entrance : { ...entrance, show: window === 'show' };
}
