/** The ChatKit server: one request in, JSON or a stream of events out. Knows no HTTP, no database, no model. */
import {
  type ChatKitRequest,
  chatKitRequestSchema,
  isStreamingRequest,
  type ThreadStreamEvent,
} from '../../src-shared/chatkit/index.ts';
import { keepCancelledTurn } from './cancellation.ts';
import { coalesceDeltas } from './coalesce.ts';
import { isTooDeep } from './depth.ts';
import { ChatKitRequestError } from './errors.ts';
import type { ChatKitHandlers } from './handlers.ts';
import type { Environment } from './operations/environment.ts';
import { answerJson } from './operations/json.ts';
import { prepareTurn, type Turn } from './operations/streaming.ts';
import { runPipeline } from './pipeline.ts';
import { type AttachmentStore, NotFoundError, type Store } from './store.ts';
import { type Present, toFrame, toWire } from './wire.ts';

export interface ChatKitServerOptions<Context> {
  readonly store: Store<Context>;
  /** Without one, attachments are refused. */
  readonly attachmentStore?: AttachmentStore<Context>;
  readonly handlers: ChatKitHandlers<Context>;
  /** Gets what clients must not see: the causes of failed turns. */
  readonly log?: (line: string) => void;
  /** Text deltas within this time become one frame; 0 sends each as it comes. Default 16, one display frame. */
  readonly coalesceMs?: number;
  readonly now?: () => Date;
}

/** What a request is answered with. */
export type ChatKitResult =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Server-sent event frames. Ending the iteration early cancels the turn and keeps what was written. */
  | { readonly kind: 'stream'; readonly threadId: string; readonly frames: AsyncGenerator<string> };

/**
 * A ChatKit server for any Store, and any handler that answers.
 *
 * @typeParam Context whatever identifies the caller; passed unchanged to every handler and Store method
 */
export class ChatKitServer<Context> {
  readonly #environment: Environment<Context>;
  readonly #log: (line: string) => void;
  readonly #coalesceMs: number;
  readonly #present: Present | undefined;

  constructor(options: ChatKitServerOptions<Context>) {
    this.#environment = {
      store: options.store,
      attachmentStore: options.attachmentStore ?? null,
      handlers: options.handlers,
      now: options.now ?? (() => new Date()),
    };
    this.#log = options.log ?? (() => undefined);
    this.#coalesceMs = options.coalesceMs ?? 16;
    const { attachmentStore } = options;
    this.#present =
      attachmentStore?.present && ((attachment) => attachmentStore.present?.(attachment) ?? attachment);
  }

  /**
   * Answers one request.
   *
   * @param body the parsed JSON body
   * @param signal aborts when the client has gone
   * @throws {ChatKitRequestError} for requests that cannot be answered; nothing was written then
   */
  async process(body: unknown, context: Context, signal: AbortSignal): Promise<ChatKitResult> {
    const request = parseRequest(body);
    try {
      if (!isStreamingRequest(request)) {
        return {
          kind: 'json',
          value: toWire(await answerJson(request, this.#environment, context), this.#present),
        };
      }
      const life = lifeWithin(signal);
      try {
        const turn = await prepareTurn(request, this.#environment, context, life.signal);
        return { kind: 'stream', threadId: turn.thread.id, frames: this.#frames(turn, context, life) };
      } catch (error) {
        life.stop();
        throw error;
      }
    } catch (error) {
      if (error instanceof NotFoundError)
        throw new ChatKitRequestError(404, 'not_found', notFoundText(error));
      throw error;
    }
  }

  /** The frames of a turn. Whoever stops reading aborts the run, also while it waits for a silent handler. */
  #frames(turn: Turn, context: Context, life: Life): AsyncGenerator<string> {
    return coalesceDeltas(this.#events(turn, context, life.signal), {
      windowMs: this.#coalesceMs,
      encode: (event) => toFrame(event, this.#present),
      abort: life.stop,
    });
  }

  #events({ thread, saved, before, run }: Turn, context: Context, signal: AbortSignal) {
    const { store, handlers, now } = this.#environment;
    if (run === null) return each(before);
    return runPipeline({
      thread,
      saved,
      before,
      run,
      store,
      context,
      signal,
      streamOptions: handlers.getStreamOptions?.(thread, context) ?? { allow_cancel: true },
      cancelled: (cancelledThread, pending) =>
        handlers.handleStreamCancelled === undefined
          ? keepCancelledTurn({ store, thread: cancelledThread, pending, context, now })
          : handlers.handleStreamCancelled(cancelledThread, pending, context),
      log: this.#log,
    });
  }
}

/** The time that a turn has. */
interface Life {
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

/** A life that ends with another, or before. */
function lifeWithin(signal: AbortSignal): Life {
  const stopped = new AbortController();
  const stop = () => {
    signal.removeEventListener('abort', stop);
    stopped.abort();
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return { signal: stopped.signal, stop };
}

async function* each(events: readonly ThreadStreamEvent[]): AsyncGenerator<ThreadStreamEvent> {
  yield* events;
}

function parseRequest(body: unknown): ChatKitRequest {
  if (isTooDeep(body)) {
    throw new ChatKitRequestError(
      422,
      'validation',
      'This request is nested too deeply. Nothing was changed.',
    );
  }
  const parsed = chatKitRequestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ChatKitRequestError(422, 'validation', 'A request is a JSON object with type and params.');
  }
  const issue = parsed.error.issues[0];
  if (issue?.code === 'invalid_union' && issue.path.join('.') === 'type') {
    throw new ChatKitRequestError(
      400,
      'unknown_operation',
      'There is no such operation. Nothing was changed.',
    );
  }
  const paths = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ChatKitRequestError(422, 'validation', `Some values cannot be used (${paths.join('; ')}).`);
}

function notFoundText({ what }: NotFoundError): string {
  return `This ${what === 'item' ? 'message' : what} does not exist (any more). Nothing was changed.`;
}
