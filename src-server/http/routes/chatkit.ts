import { type Request, Router } from 'express';
import type { ChatKitRequest } from '../../../src-shared/chatkit/index.ts';
import type { PersonAction } from '../../accounts/index.ts';
import type { ChatKitServer, RunRegistry } from '../../chatkit/index.ts';
import type { RequestContext } from '../../context.ts';
import { chatKitEndpoint } from '../chatkit-endpoint.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { declareRoutes } from '../guards/declared.ts';
import type { LiveRequests } from '../live-requests.ts';
import { localeOf } from '../locale.ts';
import type { RightsWatch } from '../rights-watch.ts';

/** What each operation of the protocol does. The protocol's types hold that none is missing. */
const OPERATIONS: Readonly<Record<ChatKitRequest['type'], PersonAction>> = {
  'threads.create': 'thread.create',
  'threads.add_user_message': 'thread.write',
  'threads.add_client_tool_output': 'thread.write',
  'threads.add_structured_input': 'thread.write',
  'threads.custom_action': 'thread.write',
  'threads.sync_custom_action': 'thread.write',
  'threads.retry_after_item': 'thread.write',
  'threads.edit_user_message': 'thread.write',
  'threads.update': 'thread.write',
  'threads.delete': 'thread.remove',
  'threads.get_by_id': 'thread.read',
  'threads.list': 'thread.read',
  'items.list': 'thread.read',
  'items.feedback': 'thread.write',
  'attachments.create': 'attachment.add',
  'attachments.delete': 'attachment.remove',
  'input.transcribe': 'speech.transcribe',
};

/** An operation that nobody knows is refused later, with what is wrong with it; it does nothing. */
const UNKNOWN_OPERATION: PersonAction = 'thread.read';

const ROUTES: Readonly<Record<string, PersonAction>> = {
  'POST /': UNKNOWN_OPERATION,
  'GET /runs': 'run.list',
  'GET /runs/:id': 'run.follow',
  'POST /runs/:id/stop': 'run.stop',
};

/** What keeps track of turns that are under way. */
export interface RunningTurns {
  readonly live: LiveRequests;
  readonly watch: RightsWatch;
  readonly runs: RunRegistry;
}

/** The ChatKit endpoint for signed-in people. The end of a session ends what it has running. */
export function chatKitRoutes(
  server: ChatKitServer<RequestContext>,
  guard: CallerGuard,
  { live, watch, runs }: RunningTurns,
): Router {
  const endpoint = chatKitEndpoint<RequestContext>({
    server,
    runs,
    ownerOf: ({ userId }) => userId,
    errors: 'next',
    contextOf: async (request, answering) => {
      const caller = await guard.admit(request, actionOf(request));
      live.follow(caller.sessionId, answering);
      watch.follow(caller, answering);
      return {
        userId: caller.user.id,
        role: caller.role,
        locale: localeOf(request),
        signal: answering.signal,
      };
    },
  });
  declareRoutes(endpoint, ROUTES);
  return Router().use('/chatkit', endpoint);
}

/** @throws {ApiError} for a route that stands in no table */
function actionOf(request: Request): PersonAction {
  const route: unknown = request.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : '';
  const action = ROUTES[`${request.method} ${path}`];
  if (action === undefined) throw new ApiError('forbidden');
  const body: unknown = request.body;
  const isOperation = path === '/' && typeof body === 'object' && body !== null && 'type' in body;
  return isOperation && isKnown(body.type) ? OPERATIONS[body.type] : action;
}

function isKnown(type: unknown): type is keyof typeof OPERATIONS {
  return typeof type === 'string' && Object.hasOwn(OPERATIONS, type);
}
