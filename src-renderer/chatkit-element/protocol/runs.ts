/** Answers that go on without their page: an extension of Foyer's server (docs/chatkit-server.md, resume). */
import { z } from 'zod';
import type { ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { ChatKitError, isAbort } from '../errors.ts';
import { readNumberedEvents } from './sse.ts';

/** The reason to abort a stream with when a person wants the answer to end, not only this page to stop reading it. */
export class StoppedByPerson extends DOMException {
  constructor() {
    super('The answer was stopped.', 'AbortError');
  }
}

/** How a run is reached: its address below the endpoint, and what else a request says. */
export type AskRun = (
  path: string,
  options: { method: 'GET' | 'POST'; after?: number; signal: AbortSignal | null },
) => Promise<Response>;

export interface RunFollower {
  /** Ends a run on the server; it need not have been followed. Never fails: a run that is over is no error. */
  stop(run: string): void;
  /** The newest run of a thread that is under way, or null; null also where the server knows no runs. */
  find(threadId: string, signal: AbortSignal): Promise<string | null>;
  /**
   * The events of a run, each once, also when the connection breaks in between. Ends the run when the signal aborts
   * with {@link StoppedByPerson}; with another reason the run goes on without this page.
   *
   * @param first the answer that the run began with; null reads it from its beginning
   * @param onLost told each time the connection breaks, before it is tried again
   * @throws {ChatKitError} `interrupted` when the rest cannot be had any more
   */
  follow(
    run: string,
    first: ReadableStream<Uint8Array> | null,
    signal: AbortSignal,
    onLost?: () => void,
  ): AsyncGenerator<ThreadStreamEvent, void, void>;
}

/** Waits before trying again, in milliseconds; after the last one it is given up. */
const WAITS = [250, 1_000, 3_000, 6_000];

const runsSchema = z.object({
  data: z.array(z.object({ id: z.string().regex(/^[\w-]{1,100}$/), resumable: z.boolean() })),
});

export function runFollower(ask: AskRun, onUnknown: (data: string) => void): RunFollower {
  const stop = (run: string) => {
    ask(`/runs/${run}/stop`, { method: 'POST', signal: null }).catch(() => {});
  };
  return {
    stop,
    async find(threadId, signal) {
      try {
        const response = await ask(`/runs?thread_id=${encodeURIComponent(threadId)}`, {
          method: 'GET',
          signal,
        });
        if (!response.ok) return null;
        const { data } = runsSchema.parse(await response.json());
        return data.findLast((run) => run.resumable)?.id ?? null;
      } catch {
        // Not worth an error: the thread itself has been loaded.
        return null;
      }
    },
    async *follow(run, first, signal, onLost) {
      const stopped = () => {
        if (signal.reason instanceof StoppedByPerson) stop(run);
      };
      if (signal.aborted) stopped();
      signal.addEventListener('abort', stopped, { once: true });
      let body = first;
      let after = 0;
      let failures = 0;
      try {
        for (;;) {
          try {
            body ??= await attach(ask, run, after, signal);
            if (body === null) return;
            for await (const { event, id } of readNumberedEvents(body, onUnknown)) {
              after = id ?? after;
              failures = 0;
              yield event;
            }
            return;
          } catch (error) {
            const wait = WAITS[failures];
            if (signal.aborted || isAbort(error) || wait === undefined || !isBroken(error)) throw error;
            failures += 1;
            body = null;
            onLost?.();
            await pause(wait, signal);
          }
        }
      } finally {
        signal.removeEventListener('abort', stopped);
      }
    },
  };
}

/** The id of the run that an answer belongs to, safe in an address; null where the server knows no runs. */
export function runOf(response: Response): string | null {
  const run = response.headers.get('foyer-run-id');
  return run === null ? null : encodeURIComponent(run);
}

/** So long, in milliseconds, a stopped request may still tell the id of its run. */
const LATE_ID_MS = 30_000;

/**
 * Sends the request that begins a run. A person who stops before the server has answered does not wait for it; the
 * request itself goes on until it tells which run to stop, since giving it up would leave that run going.
 *
 * @param late what is done with an answer that comes after the stop
 */
export async function beginRun(
  send: (signal: AbortSignal) => Promise<Response>,
  signal: AbortSignal,
  late: (response: Response) => void,
): Promise<Response> {
  signal.throwIfAborted();
  const request = new AbortController();
  const answer = send(request.signal);
  let abandon = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    abandon = () => {
      if (signal.reason instanceof StoppedByPerson) {
        const timer = setTimeout(() => request.abort(), LATE_ID_MS);
        answer.then(late, () => {}).finally(() => clearTimeout(timer));
      } else request.abort(signal.reason);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abandon, { once: true });
  });
  try {
    const response = await Promise.race([answer, stopped]);
    // From here on the reader of the body follows the signal; a body that is not read any more ends with it.
    signal.addEventListener('abort', () => request.abort(signal.reason), { once: true });
    return response;
  } finally {
    signal.removeEventListener('abort', abandon);
  }
}

/** Null when the run is over and everything was read. */
async function attach(
  ask: AskRun,
  run: string,
  after: number,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | null> {
  const response = await ask(`/runs/${run}`, { method: 'GET', after, signal });
  if (response.status === 204) return null;
  if (response.ok && response.body !== null) return response.body;
  throw new ChatKitError('protocol', 'The rest of this answer cannot be followed any more.');
}

function isBroken(error: unknown): boolean {
  return error instanceof ChatKitError && (error.code === 'interrupted' || error.code === 'network');
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
