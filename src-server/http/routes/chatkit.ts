import { Router } from 'express';
import type { Caller } from '../../accounts/index.ts';
import type { ChatKitServer } from '../../chatkit/index.ts';
import type { RequestContext } from '../../context.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import type { LiveRequests } from '../live-requests.ts';
import { localeOf } from '../locale.ts';
import { sendEventStream } from '../sse.ts';

/** The ChatKit endpoint: one URL, one JSON object in, JSON or an event stream out. */
export function chatKitRoutes(
  server: ChatKitServer<RequestContext>,
  guard: CallerGuard,
  live: LiveRequests,
): Router {
  const router = Router();

  router.post(
    '/chatkit',
    guard.asUser(async (caller, request, response) => {
      if (!request.is('application/json')) throw new ApiError('unsupported_media_type');
      const run = live.start(caller.sessionId);
      response.once('close', run.abort);
      try {
        const result = await server.process(
          request.body,
          contextOf(caller, localeOf(request), run.signal),
          run.signal,
        );
        if (result.kind === 'json') response.json(result.value);
        else await sendEventStream(response, result.frames);
      } finally {
        run.end();
      }
    }),
  );

  return router;
}

function contextOf(caller: Caller, locale: RequestContext['locale'], signal: AbortSignal): RequestContext {
  return { userId: caller.user.id, role: caller.role, locale, signal };
}
