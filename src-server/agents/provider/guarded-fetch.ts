/**
 * The one door to a model server. Requests go to the connection's own origin and nowhere else, redirects are not
 * followed, silence ends, and only an event stream counts as an answer.
 */
import type { ConnectionMode } from '../../../src-shared/api/index.ts';
import { originOf } from '../../outgoing/origin.ts';
import { ModelProblem } from '../failures/problem.ts';
import { eventStream } from './event-stream.ts';
import { type IdleWatch, idleWatch } from './idle-watch.ts';

export type Fetch = typeof globalThis.fetch;

/** Characters of an error answer that are read at all. */
const MAX_ERROR_BODY = 65_536;

/** Milliseconds that a server has to end its connection after a complete answer. */
const GRACE_MS = 2_000;

/** Headers of error answers that the client acts on. */
const RETRY_HEADERS = ['content-type', 'retry-after', 'retry-after-ms', 'x-should-retry'] as const;

const NO_STREAM = /^(?:text\/html|application\/(?:xhtml\+xml|json|xml)|text\/xml)\b/i;

export interface GuardedFetchOptions {
  readonly baseUrl: string;
  readonly mode: ConnectionMode;
  readonly idleMs: number;
  readonly fetch: Fetch;
  /** Said of ourselves before what the libraries say of themselves, such as `Foyer/1.2`. */
  readonly userAgent?: string;
  /** Is told what becomes of an answer that is no error. */
  readonly observer?: AnswerObserver;
  /** Gets the data of each event of an answer, mended, before anybody else does. Must not throw. */
  readonly onEvent?: (data: string) => void;
}

/** Follows an answer as it is read. Must not throw. */
export interface AnswerObserver {
  /** The data of each event as it comes, before anybody else gets it. */
  read(data: string): void;
  /** Bytes that were passed on. */
  received(bytes: number): void;
  /** No more will come. @param failure what the reader gets instead of the rest; null at the end of a whole answer */
  ended(failure: unknown): void;
  /** The reader wants no more. */
  cancelled(): void;
}

/**
 * Problems that trying again at once cannot help reach the caller through the body of an answer: what `fetch` itself
 * throws, the client would try again.
 */
export function guardedFetch(options: GuardedFetchOptions): Fetch {
  const origin = originOf(options.baseUrl);
  const fail = (problem: ModelProblem): Response => {
    options.observer?.ended(problem);
    return failedStream(problem);
  };
  const refuse = async (response: Response, watch: IdleWatch, kind: 'redirected' | 'not-a-model-server') => {
    watch.stop();
    await response.body?.cancel();
    return fail(new ModelProblem(kind, response.status));
  };
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (originOf(address) !== origin) return fail(new ModelProblem('redirected'));
    const watch = idleWatch(options.idleMs, init?.signal);
    try {
      const headers = new Headers(init?.headers);
      const agents = [options.userAgent, headers.get('user-agent')].filter((name) => name);
      if (agents.length > 0) headers.set('user-agent', agents.join(' '));
      const response = await options.fetch(address, {
        ...init,
        headers,
        signal: watch.signal,
        redirect: 'manual',
      });
      if (response.status >= 300 && response.status < 400) return await refuse(response, watch, 'redirected');
      if (!response.ok) return await errorAnswer(response, watch);
      const isStream = !NO_STREAM.test(response.headers.get('content-type') ?? '');
      if (!isStream || response.body === null) return await refuse(response, watch, 'not-a-model-server');
      return new Response(watchedStream(response.body, watch, options), {
        headers: { 'content-type': 'text/event-stream' },
      });
    } catch (error) {
      watch.stop();
      if (watch.expired) return fail(new ModelProblem('silent'));
      throw error;
    }
  };
}

/** An answer whose body fails with a problem: thrown by `fetch` itself, the client would try again. */
export function failedStream(problem: ModelProblem): Response {
  const body = new ReadableStream({ start: (controller) => controller.error(problem) });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

async function errorAnswer(response: Response, watch: IdleWatch): Promise<Response> {
  const text = await readAtMost(response, MAX_ERROR_BODY);
  watch.stop();
  const headers = new Headers();
  for (const name of RETRY_HEADERS) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(text, { status: response.status, headers });
}

async function readAtMost(response: Response, limit: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > limit) break;
  }
  return text.slice(0, limit);
}

function watchedStream(
  body: ReadableStream<Uint8Array>,
  watch: IdleWatch,
  { mode, observer, onEvent }: Pick<GuardedFetchOptions, 'mode' | 'observer' | 'onEvent'>,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const events = eventStream(mode, observer?.read, onEvent);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          const passed = done ? events.end() : events.feed(value);
          if (passed.length > 0) {
            observer?.received(passed.length);
            controller.enqueue(passed);
          }
          if (done) {
            watch.stop();
            observer?.ended(null);
            controller.close();
            return;
          }
          watch.touch(events.complete ? GRACE_MS : undefined);
          if (passed.length > 0) return;
        }
      } catch (error) {
        watch.stop();
        if (watch.expired && events.complete) {
          observer?.ended(null);
          controller.close();
        } else {
          const failure = watch.expired ? new ModelProblem('silent') : asProblem(error);
          observer?.ended(failure);
          controller.error(failure);
        }
        await reader.cancel().catch(() => undefined);
      }
    },
    async cancel(reason) {
      watch.stop();
      observer?.cancelled();
      await reader.cancel(reason);
    },
  });
}

/** A connection that breaks is a cut answer; an abort stays what it is. */
function asProblem(error: unknown): unknown {
  if (error instanceof ModelProblem) return error;
  return error instanceof Error && error.name === 'AbortError' ? error : new ModelProblem('cut');
}
