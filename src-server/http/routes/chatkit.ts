import { Router } from 'express';
import type { ChatKitServer, RunRegistry } from '../../chatkit/index.ts';
import type { RequestContext } from '../../context.ts';
import { chatKitEndpoint } from '../chatkit-endpoint.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import type { LiveRequests } from '../live-requests.ts';
import { localeOf } from '../locale.ts';

/** The ChatKit endpoint for signed-in people. The end of a session ends what it has running. */
export function chatKitRoutes(
  server: ChatKitServer<RequestContext>,
  guard: CallerGuard,
  live: LiveRequests,
  runs: RunRegistry,
): Router {
  const endpoint = chatKitEndpoint<RequestContext>({
    server,
    runs,
    ownerOf: ({ userId }) => userId,
    errors: 'next',
    contextOf: async (request, answering) => {
      const caller = await guard.find(request);
      if (caller === null) throw new ApiError('unauthorized');
      live.follow(caller.sessionId, answering);
      return {
        userId: caller.user.id,
        role: caller.role,
        locale: localeOf(request),
        signal: answering.signal,
      };
    },
  });
  return Router().use('/chatkit', endpoint);
}
