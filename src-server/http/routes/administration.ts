import { Router } from 'express';
import {
  createUserRequestSchema,
  peopleQuerySchema,
  updateUserRequestSchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts } from '../../accounts/index.ts';
import { ApiError, type ApiErrorCode, refusePassword } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';

const REFUSALS = {
  'not-found': 'not_found',
  'last-administrator': 'last_administrator',
  'history-locked': 'history_locked',
  'email-taken': 'email_taken',
  forbidden: 'forbidden',
  'sealed-account': 'sealed_account',
} as const satisfies Record<string, ApiErrorCode>;

/**
 * Looking after people.
 *
 * @param removeHistory deletes what a deleted person wrote
 */
export function administrationRoutes(
  accounts: Accounts,
  guard: CallerGuard,
  removeHistory: (userId: string) => Promise<void>,
): Router {
  const router = Router();

  router.get(
    '/users',
    guard.may('people.read', (_caller, _request, response) => void response.json(accounts.listUsers())),
  );

  router.get(
    '/people',
    guard.may('people.read', (_caller, request, response) => {
      const query = peopleQuerySchema.safeParse(request.query);
      if (!query.success) throw new ApiError('validation', '(query, role, status, after, limit)');
      response.json(accounts.peoplePage(query.data));
    }),
  );

  router.post(
    '/users',
    guard.may('people.change', async (caller, request, response) => {
      const input = parseBody(request, createUserRequestSchema);
      refusePassword(await accounts.passwordProblem(input.password, input.email));
      const created = await accounts.createUser(caller, input);
      if (!created.ok) throw new ApiError(REFUSALS[created.error]);
      response.status(201).json(created.value);
    }),
  );

  router.patch(
    '/users/:id',
    guard.may('people.change', async (caller, request, response) => {
      const changes = parseBody(request, updateUserRequestSchema);
      const id = String(request.params.id);
      if (changes.password !== undefined) {
        refusePassword(await accounts.passwordProblemOf(id, changes.password));
      }
      const updated = await accounts.updateUser(caller, id, changes);
      if (!updated.ok) throw new ApiError(REFUSALS[updated.error]);
      response.json(updated.value);
    }),
  );

  router.get(
    '/users/:id/sessions',
    guard.may('people.read', (caller, request, response) => {
      const sessions = accounts.sessionsOfPerson(caller, String(request.params.id));
      if (sessions === null) throw new ApiError('not_found');
      response.json({ sessions });
    }),
  );

  router.delete(
    '/users/:id/sessions/:session',
    guard.may('people.sign-out', (caller, request, response) => {
      const { id, session } = request.params;
      if (!accounts.endSessions(caller, String(id), { one: String(session) }))
        throw new ApiError('not_found');
      response.status(204).end();
    }),
  );

  router.delete(
    '/users/:id/sessions',
    guard.may('people.sign-out', (caller, request, response) => {
      const ended = accounts.endSessions(caller, String(request.params.id), 'all');
      if (!ended) throw new ApiError('not_found');
      response.status(204).end();
    }),
  );

  router.delete(
    '/users/:id/lock',
    guard.may('people.change', (caller, request, response) => {
      if (!accounts.liftLock(caller, String(request.params.id))) throw new ApiError('not_found');
      response.status(204).end();
    }),
  );

  router.delete(
    '/users/:id',
    guard.may('people.delete', async (caller, request, response) => {
      const id = String(request.params.id);
      const deleted = await accounts.deleteUser(caller, id);
      if (!deleted.ok) throw new ApiError(REFUSALS[deleted.error]);
      await removeHistory(id);
      response.status(204).end();
    }),
  );

  return router;
}
