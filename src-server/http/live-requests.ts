import type { Response } from 'express';
import type { Caller } from '../accounts/index.ts';

/** One request that is being answered; a turn that outlives its connection is being answered until it is over. */
export interface LiveRequest {
  /** Aborts when the work has to stop: the client has gone, or the caller may not go on. */
  readonly signal: AbortSignal;
  /** Stops the work; harmless after its end. */
  readonly abort: () => void;
  /** Resolves when the answer is complete. Never rejects. */
  readonly ended: Promise<void>;
}

/** How often callers whose requests take long are looked at again, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/**
 * What is being answered right now, by session. The end of a session ends its streams at once; what ends without a
 * word (a session that runs out, a role that changes behind Foyer's back) is found within a second.
 */
export class LiveRequests {
  readonly #running = new Map<string, { caller: Caller; requests: Set<LiveRequest> }>();
  readonly #mayGoOn: (caller: Caller) => boolean;
  #looking: NodeJS.Timeout | null = null;

  /** @param mayGoOn whether somebody is still who they were when they asked */
  constructor(mayGoOn: (caller: Caller) => boolean) {
    this.#mayGoOn = mayGoOn;
  }

  follow(caller: Caller, request: LiveRequest): void {
    const { sessionId } = caller;
    const entry = this.#running.get(sessionId) ?? { caller, requests: new Set() };
    entry.requests.add(request);
    this.#running.set(sessionId, entry);
    this.#looking ??= setInterval(() => this.#lookAgain(), LOOK_AGAIN_MS).unref();
    void request.ended.then(() => {
      entry.requests.delete(request);
      if (entry.requests.size > 0 || this.#running.get(sessionId) !== entry) return;
      this.#running.delete(sessionId);
      if (this.#running.size > 0 || this.#looking === null) return;
      clearInterval(this.#looking);
      this.#looking = null;
    });
  }

  /** Follows an answer that takes long: its connection is cut when the caller may not go on. */
  followResponse(caller: Caller, response: Response): AbortSignal {
    const gone = new AbortController();
    const ended = new Promise<void>((resolve) => {
      response.once('close', () => {
        gone.abort();
        resolve();
      });
    });
    this.follow(caller, { signal: gone.signal, abort: () => response.destroy(), ended });
    return gone.signal;
  }

  /** Stops everything that these sessions have running. */
  abort(sessionIds: Iterable<string>): void {
    for (const id of sessionIds) {
      for (const request of this.#running.get(id)?.requests ?? []) request.abort();
    }
  }

  abortAll(): void {
    this.abort([...this.#running.keys()]);
  }

  #lookAgain(): void {
    const over = [...this.#running].filter(([, { caller }]) => !this.#mayGoOn(caller)).map(([id]) => id);
    this.abort(over);
  }
}
