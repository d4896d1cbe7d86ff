/** One request that is being answered; a turn that outlives its connection is being answered until it is over. */
export interface LiveRequest {
  /** Aborts when the work has to stop: the client has gone, or the caller may not go on. */
  readonly signal: AbortSignal;
  /** Stops the work; harmless after its end. */
  readonly abort: () => void;
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

  /** Resolves when what these sessions have running now is over. */
  async settled(sessionIds: Iterable<string>): Promise<void> {
    await Promise.all(
      [...sessionIds].flatMap((id) => [...(this.#running.get(id) ?? [])].map(({ ended }) => ended)),
    );
  }

  abortAll(): void {
    this.abort([...this.#running.keys()]);
  }
}
