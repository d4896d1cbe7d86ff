import { Router } from 'express';
import {
  changePasswordRequestSchema,
  type LoginResponse,
  loginRequestSchema,
} from '../../../src-shared/api/index.ts';
import { type Accounts, DataKeyLostError, type SignedIn } from '../../accounts/index.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';

/** What a successful sign-in answers; the cookie travels beside it. */
export function loginResponse(signedIn: SignedIn): LoginResponse {
  return { access_token: signedIn.accessToken, token_type: 'bearer', user: signedIn.user };
}

/** Signing in and out, and what people can do with their own account. */
export function authenticationRoutes(accounts: Accounts, guard: CallerGuard): Router {
  const router = Router();

  router.post('/auth/login', async (request, response) => {
    const signedIn = await accounts.signIn(parseBody(request, loginRequestSchema)).catch((error: unknown) => {
      throw error instanceof DataKeyLostError ? new ApiError('history_unreadable') : error;
    });
    if (signedIn === null) throw new ApiError('invalid_credentials');
    guard.setCookie(response, signedIn.cookieSecret);
    response.json(loginResponse(signedIn));
  });

  router.post(
    '/auth/logout',
    guard.asUser((caller, _request, response) => {
      accounts.signOut(caller);
      guard.clearCookie(response);
      response.status(204).end();
    }),
  );

  router.get(
    '/users/me',
    guard.asUser((caller, _request, response) => void response.json(caller.user)),
  );

  router.post(
    '/users/me/password',
    guard.asUser(async (caller, request, response) => {
      const { current_password, new_password } = parseBody(request, changePasswordRequestSchema);
      const outcome = await accounts.changeOwnPassword(caller, current_password, new_password);
      if (outcome === 'wrong-password') throw new ApiError('wrong_password');
      response.status(204).end();
    }),
  );

  return router;
}
