import { type Request, Router } from 'express';
import { draftSchema, MAX_DRAFT_BYTES, NEW_THREAD_KEY } from '../../../src-shared/api/index.ts';
import type { Drafts } from '../../history/index.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';

/** The form of a thread's id; whether there is such a thread is for the history to say. */
const THREAD_ID = /^[\w-]{1,100}$/;

/** What a person typed and did not send: read, kept and taken away by its owner alone. */
export function draftRoutes(drafts: (userId: string) => Drafts, guard: CallerGuard): Router {
  const router = Router();
  router.get(
    '/drafts',
    guard.may('draft.read', (caller, _request, response) => {
      response.json({ drafts: drafts(caller.user.id).all() });
    }),
  );
  router.put(
    '/drafts/:key',
    guard.may('draft.write', (caller, request, response) => {
      const key = keyOf(request);
      const draft = parseBody(request, draftSchema);
      if (Buffer.byteLength(JSON.stringify(draft)) > MAX_DRAFT_BYTES) throw new ApiError('draft_too_large');
      drafts(caller.user.id).save(key, draft);
      response.status(204).end();
    }),
  );
  router.delete(
    '/drafts/:key',
    guard.may('draft.write', (caller, request, response) => {
      drafts(caller.user.id).remove(keyOf(request));
      response.status(204).end();
    }),
  );
  return router;
}

function keyOf(request: Request): string {
  const { key } = request.params;
  if (typeof key !== 'string' || (key !== NEW_THREAD_KEY && !THREAD_ID.test(key)))
    throw new ApiError('not_found');
  return key;
}
