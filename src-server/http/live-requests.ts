/** One request that is being answered; a turn that outlives its connection is being answered until it is over. */
export interface LiveRequest {
  /** Aborts when the work has to stop: the client has gone, or the caller may not go on. */
  readonly signal: AbortSignal;
  /** Stops the work; harmless after its end. */
  readonly abort: () => void;
  /** Ends what is sent to the client; work that can be found again goes on. */
  readonly disconnect: () => void;
  /** Resolves when the answer is complete. Never rejects. */
  readonly ended: Promise<void>;
}

/** What is being answered right now, by session, so that the end of a session ends its streams too. */
export class LiveRequests {
  readonly #running = new Map<string, Set<LiveRequest>>();

  follow(sessionId: string, request: LiveRequest): void {
    const ofSession = this.#running.get(sessionId) ?? new Set();
    ofSession.add(request);
    this.#running.set(sessionId, ofSession);
    void request.ended.then(() => {
      ofSession.delete(request);
      if (ofSession.size === 0 && this.#running.get(sessionId) === ofSession) this.#running.delete(sessionId);
    });
  }

  /** Stops everything that these sessions have running. */
  abort(sessionIds: Iterable<string>): void {
    for (const id of sessionIds) {
      for (const request of this.#running.get(id) ?? []) request.abort();
    }
  }

  /** Sends nothing more to the clients of these sessions. */
  disconnect(sessionIds: Iterable<string>): void {
    for (const id of sessionIds) {
      for (const request of this.#running.get(id) ?? []) request.disconnect();
    }
  }

  abortAll(): void {
    this.abort([...this.#running.keys()]);
  }
}
