import type { Request, RequestHandler, Response } from 'express';
import type { PersonAction } from '../accounts/index.ts';
import type { RequestContext } from '../context.ts';
import type { CallerGuard } from './guards/caller.ts';
import { Life } from './life.ts';
import type { LiveRequests } from './live-requests.ts';
import { localeOf } from './locale.ts';

/** Makes a route for whoever may do this. */
export type SessionRoute = (
  action: PersonAction,
  handler: (context: RequestContext, request: Request, response: Response) => Promise<void>,
) => RequestHandler;

/**
 * Routes that end with the session of their caller: the connection is cut, and nothing more is read or told. Their work
 * is told by the signal of the context, also when the client goes.
 */
export function withinSession(guard: CallerGuard, live: LiveRequests): SessionRoute {
  return (action, handler) =>
    guard.may(action, async ({ user, role, sessionId }, request, response) => {
      const life = new Life(response);
      response.once('close', life.abort);
      life.signal.addEventListener('abort', life.cut, { once: true });
      live.follow(sessionId, life);
      try {
        const context = { userId: user.id, role, locale: localeOf(request), signal: life.signal };
        await handler(context, request, response);
      } finally {
        life.end();
      }
    });
}
