/** One request that is being answered; a turn that outlives its connection is being answered until it is over. */
export interface LiveRequest {
  /** Aborts when the work has to stop: the client has gone, or the caller may not go on. */
  readonly signal: AbortSignal;
  /** Stops the work; harmless after its end. */
  readonly abort: () => void;
  /** Cuts the connection off, whatever is still at work. */
  readonly cut: () => void;
  /** Resolves when the answer is complete. Never rejects. */
  readonly ended: Promise<void>;
}

/** How long work that was stopped may take to write its last words before its connection is cut, in milliseconds. */
const LAST_WORDS_MS = 500;
/** How long it is waited for altogether. */
const PATIENCE_MS = 900;
/** Sessions that are known to be over; ids are never given twice. */
const REMEMBERED = 1_000;

/** What is being answered right now, by session, so that the end of a session ends its streams too. */
export class LiveRequests {
  readonly #running = new Map<string, Set<LiveRequest>>();
  readonly #over = new Set<string>();

  /** A request of a session that is over, although it was let in a moment before, is stopped at once. */
  follow(sessionId: string, request: LiveRequest): void {
    const ofSession = this.#running.get(sessionId) ?? new Set();
    ofSession.add(request);
    this.#running.set(sessionId, ofSession);
    void request.ended.then(() => {
      ofSession.delete(request);
      if (ofSession.size === 0 && this.#running.get(sessionId) === ofSession) this.#running.delete(sessionId);
    });
    if (this.#over.has(sessionId)) request.abort();
  }

  /**
   * Stops everything that these sessions have running, and what they still begin. Connections whose work goes on are
   * cut.
   *
   * @returns resolves when all has ended, or when waiting longer would keep others from their turn
   */
  async end(sessionIds: readonly string[]): Promise<void> {
    for (const id of sessionIds) this.#over.add(id);
    for (const id of this.#over) {
      if (this.#over.size <= REMEMBERED) break;
      this.#over.delete(id);
    }
    const stopped = this.#abort(sessionIds);
    if (stopped.length === 0) return;
    let cutting: NodeJS.Timeout | undefined;
    let giveUp: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      cutting = setTimeout(() => {
        // What has ended by then is closed already.
        for (const request of stopped) request.cut();
      }, LAST_WORDS_MS);
      giveUp = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([Promise.all(stopped.map(({ ended }) => ended)), late]);
    clearTimeout(cutting);
    clearTimeout(giveUp);
  }

  /** Cuts the connections of these sessions; work that can be found again goes on. */
  disconnect(sessionIds: readonly string[]): void {
    for (const id of sessionIds) for (const request of this.#running.get(id) ?? []) request.cut();
  }

  /** Resolves when what these sessions have running now is over. */
  async settled(sessionIds: Iterable<string>): Promise<void> {
    await Promise.all(
      [...sessionIds].flatMap((id) => [...(this.#running.get(id) ?? [])].map(({ ended }) => ended)),
    );
  }

  abortAll(): void {
    this.#abort([...this.#running.keys()]);
  }

  #abort(sessionIds: Iterable<string>): LiveRequest[] {
    const stopped = [...sessionIds].flatMap((id) => [...(this.#running.get(id) ?? [])]);
    for (const request of stopped) request.abort();
    return stopped;
  }
}
