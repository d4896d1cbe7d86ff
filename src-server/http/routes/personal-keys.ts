import { type Request, Router } from 'express';
import {
  type OfferedModel,
  type PersonalKeys,
  type PersonalKeyTest,
  setPersonalKeySchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts, Caller } from '../../accounts/index.ts';
import type { Connections } from '../../connections/index.ts';
import type { RequestContext } from '../../context.ts';
import type { Policies } from '../../policies/index.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';
import { goneSignal, withKeychain } from './key-requests.ts';

export interface PersonalKeyRoutesOptions {
  readonly connections: Pick<Connections, 'personal'>;
  readonly policies: Policies;
  readonly modelsFor: (person: Pick<RequestContext, 'userId' | 'role'>) => Promise<readonly OfferedModel[]>;
  readonly accounts: Pick<Accounts, 'writeAudit'>;
  readonly guard: CallerGuard;
}

/** People's own keys for connections. They come in and never go out, and nobody reaches another person's. */
export function personalKeyRoutes(options: PersonalKeyRoutesOptions): Router {
  const { connections, policies, accounts, guard } = options;
  const { personal } = connections;
  const router = Router();

  const isAllowed = ({ user, role }: Caller) => policies.of(user.id, role).personalKeys;
  const personOf = async ({ user, role }: Caller) => {
    const models = await options.modelsFor({ userId: user.id, role });
    return { userId: user.id, models: models.map(({ id }) => id) };
  };
  const allowedPerson = async (caller: Caller) => {
    if (!isAllowed(caller)) throw new ApiError('personal_keys_off');
    return personOf(caller);
  };
  const noteFor = (caller: Caller) => (change: 'set' | 'removed', subjectId: string) =>
    accounts.writeAudit({ action: `personal_key.${change}`, actorId: caller.user.id, subjectId });

  const present = async (caller: Caller): Promise<PersonalKeys> => {
    const { userId, models } = await personOf(caller);
    const allowed = isAllowed(caller);
    const [place, listed] = await Promise.all([personal.place(), personal.list(userId, models, allowed)]);
    return { allowed, ...place, connections: [...listed] };
  };

  router.get(
    '/users/me/keys',
    guard.may('personal-keys.read', async (caller, _request, response) => {
      response.json(await present(caller));
    }),
  );

  router.put(
    '/users/me/keys/:connection',
    guard.may('personal-keys.change', async (caller, request, response) => {
      const { api_key, untested } = parseBody(request, setPersonalKeySchema);
      const person = await allowedPerson(caller);
      const signal = goneSignal(response);
      const set = await withKeychain(() =>
        personal.set(
          person,
          idOf(request),
          { text: api_key, isTested: untested !== true },
          signal,
          noteFor(caller),
        ),
      );
      if (!set.ok) {
        if (set.error === 'not-found') throw new ApiError('not_found');
        throw new ApiError('key_not_accepted', `(${set.error.outcome})`);
      }
      response.json(await present(caller));
    }),
  );

  // Allowed or not: whoever has a key here can take it away.
  router.delete(
    '/users/me/keys/:connection',
    guard.may('personal-keys.change', async (caller, request, response) => {
      const isRemoved = await withKeychain(() =>
        personal.remove(caller.user.id, idOf(request), noteFor(caller)),
      );
      if (!isRemoved) throw new ApiError('not_found');
      response.json(await present(caller));
    }),
  );

  router.post(
    '/users/me/keys/:connection/test',
    guard.may('personal-keys.change', async (caller, request, response) => {
      const test = await personal.test(await allowedPerson(caller), idOf(request), goneSignal(response));
      if (test === null) throw new ApiError('not_found');
      const answer: PersonalKeyTest = { outcome: test.outcome, milliseconds: test.milliseconds };
      response.json(answer);
    }),
  );

  return router;
}

function idOf(request: Request): string {
  return String(request.params.connection);
}
