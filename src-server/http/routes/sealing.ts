import { Router } from 'express';
import {
  bringBackRequestSchema,
  type ClosedSessionInfo,
  openHistoryRequestSchema,
  openWithCodeRequestSchema,
  recoverRequestSchema,
  recoveryCodeRequestSchema,
  type Security,
  sealRequestSchema,
  startOverRequestSchema,
  unsealRequestSchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts, Caller } from '../../accounts/index.ts';
import type { Policies } from '../../policies/index.ts';
import { ApiError, type ApiErrorCode, refusePassword } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import type { ClientAddress } from '../guards/client-address.ts';
import { refusedSignIn } from '../sign-in-errors.ts';
import { parseBody } from '../validate.ts';

const REFUSALS = {
  'wrong-password': 'wrong_password',
  'wrong-group': 'recovery_group_wrong',
  expired: 'recovery_code_expired',
  'keychain-unavailable': 'unseal_needs_keychain',
  wrong: 'wrong_password',
  'needs-code': 'recovery_code_needed',
  'wrong-code': 'recovery_code_wrong',
  'not-needed': 'history_opens',
  'not-found': 'not_found',
} as const satisfies Record<string, ApiErrorCode>;

export interface SealingRoutesOptions {
  readonly accounts: Accounts;
  readonly policies: Policies;
  readonly guard: CallerGuard;
  readonly addressOf: ClientAddress;
  /** Closes what is open of a person's history, before another one takes its place. */
  readonly releaseHistory: (userId: string) => Promise<void>;
}

/** Sealing the own account, and getting back in with the recovery code. */
export function sealingRoutes(options: SealingRoutesOptions): Router {
  const { accounts, policies, guard, addressOf, releaseHistory } = options;
  const router = Router();

  const policyOf = (caller: Caller) => policies.of(caller.user.id, caller.role).sealing;
  const securityOf = (caller: Caller): Security => {
    const { protection, secondFactor, keptHistories } = accounts.protectionOf(caller.user.id);
    return {
      protection,
      sealing: policyOf(caller),
      second_factor:
        secondFactor === null
          ? null
          : { since: new Date(secondFactor.since).toISOString(), codes_left: secondFactor.codesLeft },
      kept_histories: keptHistories.map(({ id, keptAt }) => ({
        id,
        kept_at: new Date(keptAt).toISOString(),
      })),
    };
  };
  /** A typing error is told as one: the checksum of a code says nothing about whose it is. */
  const refuseTypingError = (code: string) => {
    if (!accounts.isRecoveryCode(code)) throw new ApiError('recovery_code_mistyped');
  };

  router.get(
    '/users/me/security',
    guard.may('protection.read', (caller, _request, response) => void response.json(securityOf(caller))),
  );

  router.post(
    '/users/me/recovery-code',
    guard.may('account.seal', async (caller, request, response) => {
      const { password } = parseBody(request, recoveryCodeRequestSchema);
      const { protection } = accounts.protectionOf(caller.user.id);
      if (protection === 'managed' && policyOf(caller) === 'off') throw new ApiError('sealing_not_allowed');
      const shown = await accounts.showRecoveryCode(caller, password).catch(refusedSignIn);
      if (shown === 'wrong-password') throw new ApiError('wrong_password');
      response.status(201).json(shown);
    }),
  );

  router.post(
    '/users/me/sealing',
    guard.may('account.seal', (caller, request, response) => {
      const { group } = parseBody(request, sealRequestSchema);
      const outcome = accounts.confirmRecoveryCode(caller, group);
      if (outcome !== 'ok') throw new ApiError(REFUSALS[outcome]);
      response.json(securityOf(caller));
    }),
  );

  router.delete(
    '/users/me/sealing',
    guard.may('protection.change', async (caller, request, response) => {
      const { password } = parseBody(request, unsealRequestSchema);
      if (policyOf(caller) === 'required') throw new ApiError('sealing_required');
      const outcome = await accounts.unseal(caller, password).catch(refusedSignIn);
      if (outcome !== 'ok') throw new ApiError(REFUSALS[outcome]);
      response.json(securityOf(caller));
    }),
  );

  router.post(
    '/users/me/kept-histories/:id',
    guard.may('protection.change', async (caller, request, response) => {
      const input = parseBody(request, bringBackRequestSchema);
      refuseTypingError(input.code);
      const id = String(request.params.id);
      const outcome = await accounts.bringBackHistory(caller, id, input).catch(refusedSignIn);
      if (typeof outcome === 'string') throw new ApiError(REFUSALS[outcome]);
      await releaseHistory(caller.user.id);
      response.json({ recovery_code: outcome.recoveryCode });
    }),
  );

  router.post(
    '/auth/recover',
    guard.open('account.recover', async (request, response) => {
      const { email, code, new_password } = parseBody(request, recoverRequestSchema);
      refuseTypingError(code);
      refusePassword(await accounts.passwordProblem(new_password, email));
      const input = { email, code, password: new_password, address: addressOf(request) ?? undefined };
      const recovered = await accounts.recover(input).catch(refusedSignIn);
      if (recovered === null) throw new ApiError('recovery_refused');
      response.json({ recovery_code: recovered.recoveryCode });
    }),
  );

  router.get(
    '/auth/closed',
    guard.whileClosed('history.open', (session, _request, response) => {
      const info: ClosedSessionInfo = { email: session.user.email, needs: accounts.needs(session) };
      response.json(info);
    }),
  );

  router.post(
    '/auth/open',
    guard.whileClosed('history.open', async (session, request, response) => {
      const { password } = parseBody(request, openHistoryRequestSchema);
      const outcome = await accounts.openWithPassword(session, password).catch(refusedSignIn);
      if (outcome !== 'ok') throw new ApiError(REFUSALS[outcome]);
      response.json(session.user);
    }),
  );

  router.post(
    '/auth/open/recovery-code',
    guard.whileClosed('history.open', async (session, request, response) => {
      const { password, code } = parseBody(request, openWithCodeRequestSchema);
      refuseTypingError(code);
      const input = { password, code, address: addressOf(request) ?? undefined };
      const outcome = await accounts.openWithCode(session, input).catch(refusedSignIn);
      if (typeof outcome === 'string') throw new ApiError(REFUSALS[outcome]);
      response.json({ recovery_code: outcome.recoveryCode });
    }),
  );

  router.post(
    '/auth/open/start-over',
    guard.whileClosed('history.open', async (session, request, response) => {
      const { password } = parseBody(request, startOverRequestSchema);
      const outcome = await accounts.startOver(session, password).catch(refusedSignIn);
      if (typeof outcome === 'string') throw new ApiError(REFUSALS[outcome]);
      await releaseHistory(session.user.id);
      response.json({ recovery_code: outcome.recoveryCode });
    }),
  );

  return router;
}
