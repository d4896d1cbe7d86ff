/** The ChatKit endpoint for any Express application: one URL for the protocol, and below it the runs. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { ChatKitRequestError, type ChatKitServer, RunRegistry } from '../chatkit/index.ts';
import { chatKitErrorHandler, unsupportedMediaType } from './chatkit-errors.ts';
import { Life } from './life.ts';
import type { LiveRequest } from './live-requests.ts';
import { sendEventStream } from './sse.ts';

export interface ChatKitEndpointOptions<Context> {
  readonly server: ChatKitServer<Context>;
  /**
   * Who is asking; called for every request. Throw a {@link ChatKitRequestError} (401, 403) to refuse.
   *
   * @param live the request's life: its signal aborts when the work has to stop, and its `abort` stops the work
   */
  readonly contextOf: (request: Request, live: LiveRequest) => Context | Promise<Context>;
  /** What stands for a caller: a user id for example. Without it, runs can neither be resumed, listed nor stopped. */
  readonly ownerOf?: (context: Context) => string;
  /** The runs of this process. Give your own to set limits, or to `close` it when the application ends. */
  readonly runs?: RunRegistry;
  /** After so many milliseconds without an event, a comment keeps proxies from closing the stream. Default 15 s. */
  readonly heartbeatMs?: number;
  /** The largest request body in bytes, where the application has not parsed it. Default 1 MB. */
  readonly bodyLimit?: number;
  /** `answer` (default): errors are answered here, in English. `next`: they go to the application's error handler. */
  readonly errors?: 'answer' | 'next';
  /** Gets what clients must not see: the causes of requests that failed. */
  readonly log?: (line: string) => void;
}

const HEARTBEAT_MS = 15_000;
const BODY_LIMIT = 1_048_576;
/** Stands for everybody where callers cannot be told apart. */
const NO_OWNER = '';

const frameNumberSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const runsQuerySchema = z.object({ thread_id: z.string().optional() });
/** Requests that put a message into a thread and have it answered, or take items out of it. */
const changeSchema = z.object({
  type: z.enum(['threads.add_user_message', 'threads.edit_user_message', 'threads.delete']),
  params: z.object({ thread_id: z.string() }),
});

/**
 * Makes a router that speaks the ChatKit protocol (§1.1 to §1.7):
 *
 * - `POST /` answers JSON or an event stream. A client that goes away cancels its turn, unless it sent
 *   `foyer-resume: 1`: then the answer has a `foyer-run-id`, its events have ids, and the turn goes on.
 * - `GET /runs/:id` with `Last-Event-ID` goes on with the events of such a turn.
 * - `GET /runs?thread_id=…` lists the caller's turns that are under way.
 * - `POST /runs/:id/stop` ends one, and answers when what it had is written.
 *
 * The caller's address, origin and rights are the application's to check, in front of it and in `contextOf`.
 */
export function chatKitEndpoint<Context>(options: ChatKitEndpointOptions<Context>): Router {
  const { server, contextOf, ownerOf } = options;
  const runs = options.runs ?? new RunRegistry();
  const heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
  const router = Router();

  router.post('/', bodyParser(options.bodyLimit ?? BODY_LIMIT), async (request, response) => {
    const resumable = ownerOf !== undefined && request.get('foyer-resume') === '1';
    const life = new Life(response);
    let started: () => void = () => undefined;
    if (!resumable) response.once('close', life.abort);
    try {
      const context = await contextOf(request, life);
      if (!request.is('application/json')) throw unsupportedMediaType();
      const owner = ownerOf?.(context) ?? null;
      const change = changeSchema.safeParse(request.body).data;
      if (change !== undefined) {
        await makeWay(runs, owner, change);
        if (change.type !== 'threads.delete')
          started = runs.announce(owner ?? NO_OWNER, change.params.thread_id);
      }
      const result = await server.process(request.body, context, life.signal);
      if (result.kind === 'json') {
        response.setHeader('Cache-Control', 'no-store');
        response.json(result.value);
        return;
      }
      const { run, reader } = runs.start({
        owner: owner ?? NO_OWNER,
        threadId: result.threadId,
        resumable,
        frames: result.frames,
        controller: life.controller,
        cutOff: () => response.destroy(),
      });
      started();
      life.endWith(run.ended);
      await sendEventStream(response, reader, {
        ids: run.resumable,
        heartbeatMs,
        headers: run.resumable ? { 'foyer-run-id': run.id } : {},
      });
    } finally {
      started();
      life.end();
    }
  });

  if (ownerOf !== undefined) {
    /** A request that works as a caller and is over when the handler is. */
    const asOwner =
      (
        handler: (owner: string, request: Request, response: Response, life: Life) => void | Promise<void>,
      ): RequestHandler =>
      async (request, response) => {
        const life = new Life(response);
        response.once('close', life.abort);
        try {
          response.setHeader('Cache-Control', 'no-store');
          await handler(ownerOf(await contextOf(request, life)), request, response, life);
        } finally {
          life.end();
        }
      };

    router.get(
      '/runs',
      asOwner((owner, request, response) => {
        const { thread_id } = parse(runsQuerySchema, request.query);
        const data = runs.list(owner, thread_id ?? null).map((run) => ({
          id: run.id,
          thread_id: run.threadId,
          created_at: run.startedAt.toISOString(),
          last_event_id: run.lastFrame,
          resumable: run.resumable,
        }));
        response.json({ data });
      }),
    );

    router.get(
      '/runs/:id',
      asOwner(async (owner, request, response, life) => {
        const after = parse(frameNumberSchema, request.get('last-event-id') ?? request.query.after ?? '0');
        const attached = runs.attach(owner, idOf(request), after, () => response.destroy());
        switch (attached.kind) {
          case 'unknown':
            throw unknownRun();
          case 'gone':
            throw new ChatKitRequestError(
              410,
              'run_gone',
              'The rest of this answer cannot be followed from here any more. Load the conversation again: what was saved is there.',
            );
          case 'complete':
            response.status(204).end();
            return;
          case 'attached':
            life.signal.addEventListener('abort', () => response.destroy(), { once: true });
            await sendEventStream(response, attached.reader, { ids: true, heartbeatMs, headers: {} });
            return;
          default:
            attached satisfies never;
        }
      }),
    );

    router.post(
      '/runs/:id/stop',
      asOwner(async (owner, request, response) => {
        const id = idOf(request);
        const status = await runs.stop(owner, id);
        if (status === null) throw unknownRun();
        response.json({ id, status });
      }),
    );
  }

  if (options.errors !== 'next') router.use(chatKitErrorHandler(options.log ?? (() => undefined)));
  return router;
}

function bodyParser(limit: number): RequestHandler {
  const parseJson = express.json({ limit, strict: false });
  return (request, response, next) =>
    request.body === undefined ? parseJson(request, response, next) : next();
}

/**
 * Nothing must be written into a thread while items are taken out of it. A deletion ends what is running there; an edit
 * is refused: a person stops the answer first, and keeps it if they want.
 */
async function makeWay(
  runs: RunRegistry,
  owner: string | null,
  { type, params: { thread_id } }: z.infer<typeof changeSchema>,
): Promise<void> {
  if (type === 'threads.add_user_message') return;
  if (type === 'threads.delete') {
    // Without owners, threads of one person cannot be told from those of another.
    if (owner !== null) await runs.stopThread(owner, thread_id);
  } else if (!(await runs.isIdle(owner ?? NO_OWNER, thread_id))) {
    throw new ChatKitRequestError(
      409,
      'busy',
      'An answer is being written in this conversation. Nothing was changed. Stop it, or wait until it is there.',
    );
  }
}

function idOf(request: Request): string {
  const { id } = request.params;
  return typeof id === 'string' ? id : '';
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ChatKitRequestError(422, 'validation', 'Some values cannot be used. Nothing was changed.');
}

function unknownRun(): ChatKitRequestError {
  return new ChatKitRequestError(
    404,
    'run_not_found',
    'This answer is not being written (any more). What was saved is in the conversation.',
  );
}
