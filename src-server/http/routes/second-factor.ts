import { Router } from 'express';
import {
  beginSecondFactorRequestSchema,
  bothFactorsRequestSchema,
  confirmSecondFactorRequestSchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts } from '../../accounts/index.ts';
import { ApiError, type ApiErrorCode } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { refusedSignIn } from '../sign-in-errors.ts';
import { parseBody } from '../validate.ts';

const REFUSALS = {
  'wrong-password': 'wrong_password',
  'wrong-code': 'second_factor_wrong',
  'already-on': 'second_factor_on',
} as const satisfies Record<string, ApiErrorCode>;

/** Setting up the own second factor, and taking away somebody's who lost theirs. */
export function secondFactorRoutes(accounts: Accounts, guard: CallerGuard): Router {
  const router = Router();
  const own = '/users/me/second-factor';

  router.post(
    own,
    guard.may('protection.change', async (caller, request, response) => {
      const { password } = parseBody(request, beginSecondFactorRequestSchema);
      const begun = await accounts.beginSecondFactor(caller, password).catch(refusedSignIn);
      if (typeof begun === 'string') throw new ApiError(REFUSALS[begun]);
      response.status(201).json(begun);
    }),
  );

  router.post(
    `${own}/confirm`,
    guard.may('protection.change', async (caller, request, response) => {
      const { code } = parseBody(request, confirmSecondFactorRequestSchema);
      const codes = await accounts.confirmSecondFactor(caller, code).catch(refusedSignIn);
      if (typeof codes === 'string') throw new ApiError(REFUSALS[codes]);
      response.json({ recovery_codes: codes });
    }),
  );

  router.post(
    `${own}/codes`,
    guard.may('protection.change', async (caller, request, response) => {
      const input = parseBody(request, bothFactorsRequestSchema);
      const codes = await accounts.replaceFactorCodes(caller, input).catch(refusedSignIn);
      if (typeof codes === 'string') throw new ApiError(REFUSALS[codes]);
      response.json({ recovery_codes: codes });
    }),
  );

  router.delete(
    own,
    guard.may('protection.change', async (caller, request, response) => {
      const input = parseBody(request, bothFactorsRequestSchema);
      const outcome = await accounts.disableSecondFactor(caller, input).catch(refusedSignIn);
      if (outcome !== 'ok') throw new ApiError(REFUSALS[outcome]);
      response.status(204).end();
    }),
  );

  router.delete(
    '/admin/users/:id/second-factor',
    guard.may('people.change', (caller, request, response) => {
      const outcome = accounts.removeSecondFactor(caller, String(request.params.id));
      if (outcome === 'not-found') throw new ApiError('not_found');
      response.status(204).end();
    }),
  );

  return router;
}
