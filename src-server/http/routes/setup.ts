import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { setupRequestSchema } from '../../../src-shared/api/index.ts';
import type { Accounts } from '../../accounts/index.ts';
import { ApiError, refusePassword } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { placeOf } from '../place.ts';
import { parseBody } from '../validate.ts';
import { loginResponse } from './authentication.ts';

/**
 * The one-time token of the first run. Only the desktop window and the terminal have it, so that nobody else on the
 * machine can become the first administrator. It lives in memory and ends with its use.
 */
export class SetupToken {
  #token: string | null;

  constructor(needed: boolean) {
    this.#token = needed ? randomBytes(24).toString('base64url') : null;
  }

  /** Null once set-up is done. */
  get value(): string | null {
    return this.#token;
  }

  matches(candidate: string): boolean {
    return this.#token !== null && timingSafeEqual(digest(candidate), digest(this.#token));
  }

  use(): void {
    this.#token = null;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Creating the first administrator. */
export function setupRoutes(accounts: Accounts, guard: CallerGuard, token: SetupToken): Router {
  const router = Router();

  router.get(
    '/setup',
    guard.open('setup.read', (_request, response) => void response.json({ needed: accounts.needsSetup() })),
  );

  router.post(
    '/setup',
    guard.open('setup.complete', async (request, response) => {
      const input = parseBody(request, setupRequestSchema);
      if (!accounts.needsSetup()) throw new ApiError('setup_done');
      if (!token.matches(input.token)) throw new ApiError('setup_token');
      refusePassword(await accounts.passwordProblem(input.password, input.email));
      const created = await accounts.createFirstAdministrator({
        email: input.email,
        password: input.password,
      });
      if (!created.ok) throw new ApiError('setup_done');
      token.use();
      const signedIn = await accounts.openSession(created.value.id, placeOf(request.get('user-agent')));
      guard.setCookie(response, signedIn.cookieSecret);
      response.status(201).json(loginResponse(signedIn));
    }),
  );

  return router;
}
