import { type Request, Router } from 'express';
import {
  type ConnectionInfo,
  createConnectionRequestSchema,
  offeredModelsRequestSchema,
  setKeyRequestSchema,
  updateConnectionRequestSchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts, Caller } from '../../accounts/index.ts';
import type { Connections, NoteChange } from '../../connections/index.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';
import { goneSignal, withKeychain } from './key-requests.ts';

export interface ConnectionRoutesOptions {
  readonly connections: Connections;
  readonly accounts: Pick<Accounts, 'writeAudit'>;
  readonly guard: CallerGuard;
}

/** Looking after connections. Keys come in and never go out. */
export function connectionRoutes({ connections, accounts, guard }: ConnectionRoutesOptions): Router {
  const router = Router();
  const noteFor =
    (caller: Caller): NoteChange =>
    (change, subjectId) =>
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
        connections.create({ name, mode, baseUrl: base_url }, api_key ?? null, noteFor(caller)),
      );
      response.status(201).json(created);
    }),
  );

  router.patch(
    '/connections/:id',
    guard.may('connections.change', async (caller, request, response) => {
      const { base_url, name, mode, enabled } = parseBody(request, updateConnectionRequestSchema);
      const updated = await withKeychain(() =>
        connections.update(
          idOf(request),
          {
            ...(name !== undefined && { name }),
            ...(mode !== undefined && { mode }),
            ...(enabled !== undefined && { enabled }),
            ...(base_url !== undefined && { baseUrl: base_url }),
          },
          noteFor(caller),
        ),
      );
      response.json(found(updated));
    }),
  );

  router.delete(
    '/connections/:id',
    guard.may('connections.change', async (caller, request, response) => {
      const isRemoved = await withKeychain(() => connections.remove(idOf(request), noteFor(caller)));
      if (!isRemoved) throw new ApiError('not_found');
      response.status(204).end();
    }),
  );

  router.put(
    '/connections/:id/key',
    guard.may('connections.change', async (caller, request, response) => {
      const { api_key, untested } = parseBody(request, setKeyRequestSchema);
      const signal = goneSignal(response);
      const set = await withKeychain(() =>
        connections.setKey(idOf(request), api_key, untested !== true, signal, noteFor(caller)),
      );
      if (set.ok) {
        response.json(set.value);
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
      if (!connections.offer(id, models, noteFor(caller)).ok) throw new ApiError('model_taken');
      response.json(found(await connections.find(id)));
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
}

function found(connection: ConnectionInfo | null): ConnectionInfo {
  if (connection === null) throw new ApiError('not_found');
  return connection;
}

function idOf(request: Request): string {
  return String(request.params.id);
}
