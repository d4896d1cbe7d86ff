import { type Request, type Response, Router } from 'express';
import {
  type ConnectionInfo,
  createConnectionRequestSchema,
  offeredModelsRequestSchema,
  setKeyRequestSchema,
  updateConnectionRequestSchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts, Caller } from '../../accounts/index.ts';
import type { Connections } from '../../connections/index.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';

export interface ConnectionRoutesOptions {
  readonly connections: Connections;
  readonly accounts: Pick<Accounts, 'writeAudit'>;
  readonly guard: CallerGuard;
}

type Change = 'created' | 'changed' | 'deleted' | 'key_changed' | 'models_changed';

/** Looking after connections. Keys come in and never go out. */
export function connectionRoutes({ connections, accounts, guard }: ConnectionRoutesOptions): Router {
  const router = Router();
  const note = (caller: Caller, change: Change, subjectId: string) =>
    accounts.writeAudit({ action: `connection.${change}`, actorId: caller.user.id, subjectId });

  router.get(
    '/connections',
    guard.may(
      'connections.read',
      async (_caller, _request, response) => void response.json({ connections: await connections.list() }),
    ),
  );

  router.post(
    '/connections',
    guard.may('connections.change', async (caller, request, response) => {
      const { api_key, base_url, name, mode } = parseBody(request, createConnectionRequestSchema);
      const created = await withKeychain(() =>
        connections.create({ name, mode, baseUrl: base_url }, api_key ?? null),
      );
      note(caller, 'created', created.id);
      response.status(201).json(created);
    }),
  );

  router.patch(
    '/connections/:id',
    guard.may('connections.change', async (caller, request, response) => {
      const { base_url, name, mode, enabled } = parseBody(request, updateConnectionRequestSchema);
      const updated = await withKeychain(() =>
        connections.update(idOf(request), {
          ...(name !== undefined && { name }),
          ...(mode !== undefined && { mode }),
          ...(enabled !== undefined && { enabled }),
          ...(base_url !== undefined && { baseUrl: base_url }),
        }),
      );
      response.json(noted(caller, 'changed', updated));
    }),
  );

  router.delete(
    '/connections/:id',
    guard.may('connections.change', async (caller, request, response) => {
      const id = idOf(request);
      if (!(await withKeychain(() => connections.remove(id)))) throw new ApiError('not_found');
      note(caller, 'deleted', id);
      response.status(204).end();
    }),
  );

  router.put(
    '/connections/:id/key',
    guard.may('connections.change', async (caller, request, response) => {
      const { api_key, untested } = parseBody(request, setKeyRequestSchema);
      const signal = goneSignal(response);
      const set = await withKeychain(() =>
        connections.setKey(idOf(request), api_key, untested !== true, signal),
      );
      if (set.ok) {
        response.json(noted(caller, 'key_changed', set.value));
        return;
      }
      if (set.error === 'not-found') throw new ApiError('not_found');
      throw new ApiError('key_not_accepted', `(${set.error.outcome})`);
    }),
  );

  router.put(
    '/connections/:id/models',
    guard.may('connections.change', async (caller, request, response) => {
      const { models } = parseBody(request, offeredModelsRequestSchema);
      const id = idOf(request);
      if ((await connections.find(id)) === null) throw new ApiError('not_found');
      if (!connections.offer(id, models).ok) throw new ApiError('model_taken');
      response.json(noted(caller, 'models_changed', await connections.find(id)));
    }),
  );

  router.post(
    '/connections/:id/test',
    guard.may('connections.change', async (_caller, request, response) => {
      const test = await connections.test(idOf(request), goneSignal(response));
      if (test === null) throw new ApiError('not_found');
      response.json(test);
    }),
  );

  return router;

  function noted(caller: Caller, change: Change, connection: ConnectionInfo | null): ConnectionInfo {
    if (connection === null) throw new ApiError('not_found');
    note(caller, change, connection.id);
    return connection;
  }
}

/** Whatever goes wrong here is the keychain's: it has said so before anything was changed. */
async function withKeychain<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'KeychainError') throw new ApiError('keychain_unavailable');
    throw error;
  }
}

/** Aborts when the page that asked has gone. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function idOf(request: Request): string {
  return String(request.params.id);
}
