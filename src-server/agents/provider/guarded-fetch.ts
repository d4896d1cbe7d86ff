/**
 * The one door to a model server. Requests go to the connection's own origin and nowhere else, redirects are not
 * followed, silence ends, and only an event stream counts as an answer.
 */
import type { ConnectionMode } from '../../../src-shared/api/index.ts';
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

/**
 * Problems that trying again at once cannot help reach the caller through the body of an answer: what `fetch` itself
 * throws, the client would try again.
 */
export function guardedFetch(options: {
  baseUrl: string;
  mode: ConnectionMode;
  idleMs: number;
  fetch: Fetch;
  /** Said of ourselves before what the libraries say of themselves, such as `Foyer/1.2`. */
  userAgent?: string;
}): Fetch {
  const { origin } = new URL(options.baseUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin) return failedStream(new ModelProblem('redirected'));
    const watch = idleWatch(options.idleMs, init?.signal);
    try {
      const headers = new Headers(init?.headers);
      const agents = [options.userAgent, headers.get('user-agent')].filter((name) => name);
      if (agents.length > 0) headers.set('user-agent', agents.join(' '));
      const response = await options.fetch(url, {
        ...init,
        headers,
        signal: watch.signal,
        redirect: 'manual',
      });
      if (response.status >= 300 && response.status < 400) return await refuse(response, watch, 'redirected');
      if (!response.ok) return await errorAnswer(response, watch);
      const isStream = !NO_STREAM.test(response.headers.get('content-type') ?? '');
      if (!isStream || response.body === null) return await refuse(response, watch, 'not-a-model-server');
      return new Response(watchedStream(response.body, watch, options.mode), {
        headers: { 'content-type': 'text/event-stream' },
      });
    } catch (error) {
      watch.stop();
      if (watch.expired) return failedStream(new ModelProblem('silent'));
      throw error;
    }
  };
}

function failedStream(problem: ModelProblem): Response {
  const body = new ReadableStream({ start: (controller) => controller.error(problem) });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

async function refuse(
  response: Response,
  watch: IdleWatch,
  kind: 'redirected' | 'not-a-model-server',
): Promise<Response> {
  watch.stop();
  await response.body?.cancel();
  return failedStream(new ModelProblem(kind, response.status));
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
  mode: ConnectionMode,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const events = eventStream(mode);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          const passed = done ? events.end() : events.feed(value);
          if (passed.length > 0) controller.enqueue(passed);
          if (done) {
            watch.stop();
            controller.close();
            return;
          }
          watch.touch(events.complete ? GRACE_MS : undefined);
          if (passed.length > 0) return;
        }
      } catch (error) {
        watch.stop();
        if (watch.expired && events.complete) controller.close();
        else controller.error(watch.expired ? new ModelProblem('silent') : asProblem(error));
        await reader.cancel().catch(() => undefined);
      }
    },
    async cancel(reason) {
      watch.stop();
      await reader.cancel(reason);
    },
  });
}

/** A connection that breaks is a cut answer; an abort stays what it is. */
function asProblem(error: unknown): unknown {
  if (error instanceof ModelProblem) return error;
  return error instanceof Error && error.name === 'AbortError' ? error : new ModelProblem('cut');
}
