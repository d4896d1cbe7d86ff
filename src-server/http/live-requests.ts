/** One request that is being answered. */
export interface LiveRequest {
  readonly signal: AbortSignal;
  /** Stops the work; harmless after its end. */
  readonly abort: () => void;
  /** The answer is complete: forget the request. */
  end(): void;
}

/** What is being answered right now, by session, so that the end of a session ends its streams too. */
export class LiveRequests {
  readonly #running = new Map<string, Set<AbortController>>();

  start(sessionId: string): LiveRequest {
    const controller = new AbortController();
    const ofSession = this.#running.get(sessionId) ?? new Set();
    ofSession.add(controller);
    this.#running.set(sessionId, ofSession);
    return {
      signal: controller.signal,
      abort: () => controller.abort(),
      end: () => {
        ofSession.delete(controller);
        if (ofSession.size === 0 && this.#running.get(sessionId) === ofSession)
          this.#running.delete(sessionId);
      },
    };
  }

  /** Stops everything that these sessions have running. */
  abort(sessionIds: Iterable<string>): void {
    for (const id of sessionIds) {
      for (const controller of this.#running.get(id) ?? []) controller.abort();
    }
  }

  abortAll(): void {
    this.abort([...this.#running.keys()]);
  }
}
