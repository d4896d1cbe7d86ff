import { Router } from 'express';
import {
  changePasswordRequestSchema,
  loginRequestSchema,
  secondStepRequestSchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts } from '../../accounts/index.ts';
import { ApiError, refusePassword } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import type { ClientAddress } from '../guards/client-address.ts';
import { placeOf } from '../place.ts';
import { refusedSignIn } from '../sign-in-errors.ts';
import { entranceOf, loginResponse } from '../signing-in.ts';
import { parseBody } from '../validate.ts';

/** Signing in and out, and what people can do with their own account. */
export function authenticationRoutes(
  accounts: Accounts,
  guard: CallerGuard,
  addressOf: ClientAddress,
): Router {
  const router = Router();

  router.post(
    '/auth/login',
    guard.open('session.start', async (request, response) => {
      const input = parseBody(request, loginRequestSchema);
      const entrance = entranceOf(input.window, request, response, guard);
      const attempt = {
        email: input.email ?? accounts.addressOf(entrance, input.person),
        password: input.password,
        totp: input.totp,
        address: addressOf(request) ?? undefined,
        place: placeOf(request.get('user-agent')),
      };
      const signedIn = await accounts.signIn(attempt, entrance).catch(refusedSignIn);
      if (signedIn === null) throw new ApiError('invalid_credentials');
      guard.setCookie(response, signedIn.cookieSecret);
      response.json(loginResponse(signedIn));
    }),
  );

  router.post(
    '/auth/login/second-factor',
    guard.open('session.start', async (request, response) => {
      const { challenge, code, window } = parseBody(request, secondStepRequestSchema);
      const entrance = entranceOf(window, request, response, guard);
      const from = { address: addressOf(request) ?? undefined, place: placeOf(request.get('user-agent')) };
      const signedIn = await accounts.answerChallenge(challenge, code, from, entrance).catch(refusedSignIn);
      if (signedIn === null) throw new ApiError('challenge_expired');
      guard.setCookie(response, signedIn.cookieSecret);
      response.json(loginResponse(signedIn));
    }),
  );

  router.post(
    '/auth/logout',
    guard.holder('session.end', (holder, _request, response) => {
      accounts.signOut(holder);
      guard.clearCookie(response);
      response.status(204).end();
    }),
  );

  router.get(
    '/users/me',
    guard.may('account.read', (caller, _request, response) => void response.json(caller.user)),
  );

  router.post(
    '/users/me/password',
    guard.may('password.change', async (caller, request, response) => {
      const { current_password, new_password } = parseBody(request, changePasswordRequestSchema);
      refusePassword(await accounts.passwordProblem(new_password, caller.user.email));
      const outcome = await accounts.changeOwnPassword(caller, current_password, new_password);
      if (outcome === 'wrong-password') throw new ApiError('wrong_password');
      if (outcome === 'unchanged') throw new ApiError('password_unchanged');
      response.status(204).end();
    }),
  );

  router.get(
    '/users/me/sessions',
    guard.may('session.list', (caller, _request, response) => {
      response.json({ sessions: accounts.sessionsOf(caller) });
    }),
  );

  // All but the caller's own; with `?all=true` that one too.
  router.delete(
    '/users/me/sessions',
    guard.may('session.revoke', (caller, request, response) => {
      const all = request.query.all === 'true';
      accounts.endSessions(caller, caller.user.id, all ? 'all' : 'others');
      if (all) guard.clearCookie(response);
      response.status(204).end();
    }),
  );

  router.delete(
    '/users/me/sessions/:id',
    guard.may('session.revoke', (caller, request, response) => {
      const one = String(request.params.id);
      if (!accounts.endSessions(caller, caller.user.id, { one })) throw new ApiError('not_found');
      response.status(204).end();
    }),
  );

  return router;
}
