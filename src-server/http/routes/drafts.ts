import { type Request, Router } from 'express';
import { draftSchema, MAX_DRAFT_BYTES, NEW_THREAD_KEY } from '../../../src-shared/api/index.ts';
import type { Caller } from '../../accounts/index.ts';
import type { Drafts, Writer } from '../../history/index.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';

/** The form of a thread's id; whether there is such a thread is for the history to say. */
const THREAD_ID = /^[\w-]{1,100}$/;

/** What a person typed and did not send: read, kept and taken away by its owner alone. */
export function draftRoutes(drafts: (writer: Writer) => Drafts, guard: CallerGuard): Router {
  const router = Router();
  router.get(
    '/drafts',
    guard.may('draft.read', (caller, _request, response) => {
      response.json({ drafts: drafts(writerOf(caller)).all() });
    }),
  );
  router.put(
    '/drafts/:key',
    guard.may('draft.write', (caller, request, response) => {
      const key = keyOf(request);
      const draft = parseBody(request, draftSchema);
      if (Buffer.byteLength(JSON.stringify(draft)) > MAX_DRAFT_BYTES) throw new ApiError('draft_too_large');
      drafts(writerOf(caller)).save(key, draft);
      response.status(204).end();
    }),
  );
  router.delete(
    '/drafts/:key',
    guard.may('draft.write', (caller, request, response) => {
      drafts(writerOf(caller)).remove(keyOf(request));
      response.status(204).end();
    }),
  );
  return router;
}

function writerOf({ user, role }: Caller): Writer {
  return { userId: user.id, role };
}

function keyOf(request: Request): string {
  const { key } = request.params;
  if (typeof key !== 'string' || (key !== NEW_THREAD_KEY && !THREAD_ID.test(key)))
    throw new ApiError('not_found');
  return key;
}
