import { newRunId } from '../ids.ts';
import { DEFAULT_RUN_LIMITS, type RunLimits } from './limits.ts';
import type { RunReader } from './reader.ts';
import { Run, type RunState } from './run.ts';

/** A streaming turn that is to be run. */
export interface RunStart {
  /** Who may find, read and stop the run: any string that stands for the caller, a user id for example. */
  readonly owner: string;
  readonly threadId: string;
  /** The client wants to come back: the run goes on without it. Otherwise the run stops when its reader leaves. */
  readonly resumable: boolean;
  /** Ends soon after the controller aborts, when everything is written. */
  readonly frames: AsyncIterable<string>;
  readonly controller: AbortController;
  /** Called when the run goes on without this reader, which took nothing for too long. */
  readonly cutOff?: () => void;
}

/** What an owner may know of a run. */
export interface RunSummary {
  readonly id: string;
  readonly threadId: string;
  readonly startedAt: Date;
  /** Number of the newest frame, 0 before the first. */
  readonly lastFrame: number;
  /** Whether it can be read again from an earlier frame. */
  readonly resumable: boolean;
}

export type AttachResult =
  | { readonly kind: 'attached'; readonly reader: RunReader }
  /** The run is over, and the client has all of it. */
  | { readonly kind: 'complete' }
  /** What follows the client's last frame is not kept (any more): load the thread anew. */
  | { readonly kind: 'gone' }
  /** There is no such run, or it is somebody else's; the two are never told apart. */
  | { readonly kind: 'unknown' };

/**
 * The streaming turns of one process, under way or just over. Knows nothing of HTTP. Several readers may follow one
 * run, each from where it is; a run waits for the fastest.
 */
export class RunRegistry {
  readonly #limits: RunLimits;
  readonly #runs = new Map<string, Run>();
  readonly #forgetting = new Map<string, NodeJS.Timeout>();
  /** Turns that are being prepared, by owner and thread. */
  readonly #announced = new Set<{ readonly owner: string; readonly threadId: string }>();
  readonly #runningChanged: (running: number) => void;
  readonly #runEnded: (owner: string) => void;
  #bytes = 0;
  #closed = false;

  /**
   * @param runningChanged told how many runs are under way, whenever that changes
   * @param runEnded told the owner of each run that is over, when its last write is done
   */
  constructor(
    limits: Partial<RunLimits> = {},
    runningChanged: (running: number) => void = () => undefined,
    runEnded: (owner: string) => void = () => undefined,
  ) {
    this.#runningChanged = runningChanged;
    this.#runEnded = runEnded;
    const merged = { ...DEFAULT_RUN_LIMITS, ...limits };
    this.#limits = { ...merged, aheadBytes: Math.min(merged.aheadBytes, merged.runBytes / 2) };
  }

  /** Bytes of all frames that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Starts reading the frames of a turn, which runs to its end from now on.
   *
   * @returns the run, and its first reader. An owner who has too many runs gets one that cannot be resumed.
   */
  start(options: RunStart): { run: Run; reader: RunReader } {
    const resumable = options.resumable && this.#hasRoom(options.owner);
    if (this.#closed) options.controller.abort();
    const id = newRunId();
    const run = new Run({
      id,
      owner: options.owner,
      threadId: options.threadId,
      startedAt: new Date(),
      resumable,
      frames: options.frames,
      controller: options.controller,
      limits: this.#limits,
      resized: (difference) => {
        if (this.#runs.has(id)) this.#resized(difference);
      },
    });
    this.#runs.set(run.id, run);
    this.#tellRunning();
    void run.ended.then(() => this.#over(run));
    const reader = run.attach(0, options.cutOff ?? (() => undefined));
    if (reader === null) throw new Error('a new run has its first frame');
    return { run, reader };
  }

  /**
   * Reads a run from behind the given frame, 0 for its beginning.
   *
   * @param cutOff called when the run goes on without this reader, which took nothing for too long
   */
  attach(owner: string, id: string, after: number, cutOff: () => void): AttachResult {
    const run = this.#find(owner, id);
    if (run === null) return { kind: 'unknown' };
    if (!run.resumable) return { kind: 'gone' };
    if ((run.state === 'done' || run.state === 'stopped') && after === run.lastFrame)
      return { kind: 'complete' };
    const reader = run.attach(after, cutOff);
    return reader === null ? { kind: 'gone' } : { kind: 'attached', reader };
  }

  /** The owner's runs that are under way, oldest first; of one thread, or of all. */
  list(owner: string, threadId: string | null): RunSummary[] {
    return this.#ofOwner(owner)
      .filter((run) => run.state === 'running' && (threadId === null || run.threadId === threadId))
      .map(({ id, threadId, startedAt, lastFrame, resumable }) => ({
        id,
        threadId,
        startedAt,
        lastFrame,
        resumable,
      }));
  }

  /**
   * Ends a run like a cancelled request (protocol §1.7): what it has written is kept. Can be repeated.
   *
   * @returns how the run ended, when its last write is done; null when there is no such run or it is somebody else's
   */
  async stop(owner: string, id: string): Promise<RunState | null> {
    const run = this.#find(owner, id);
    if (run === null) return null;
    await run.stop();
    return run.state;
  }

  /** Ends what an owner has running in a thread, and waits for the last write. */
  async stopThread(owner: string, threadId: string): Promise<void> {
    await Promise.all(this.#ofThread(owner, threadId).map((run) => run.stop()));
  }

  /** Ends all that an owner has running, and lets go of what is over: nobody finds any of it from now on. */
  forget(owner: string): void {
    for (const run of this.#ofOwner(owner)) {
      void run.stop();
      this.#forget(run);
    }
  }

  /**
   * A turn is going to run in a thread: what it writes can be seen before it starts. The thread is not idle meanwhile.
   *
   * @returns to be called when the turn has been started, or will not be
   */
  announce(owner: string, threadId: string): () => void {
    const announced = { owner, threadId };
    this.#announced.add(announced);
    return () => void this.#announced.delete(announced);
  }

  /** Whether an owner has nothing running in a thread. Waits for the last writes of what is being stopped. */
  async isIdle(owner: string, threadId: string): Promise<boolean> {
    for (const one of this.#announced) if (one.owner === owner && one.threadId === threadId) return false;
    const running = this.#ofThread(owner, threadId).filter(({ state }) => state === 'running');
    if (running.some((run) => !run.stopping)) return false;
    await Promise.all(running.map((run) => run.ended));
    return true;
  }

  /** Ends all runs, now and from now on, and waits for the last writes, not longer than the limit. */
  async close(): Promise<void> {
    this.#closed = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#limits.closeMs);
    });
    await Promise.race([Promise.all([...this.#runs.values()].map((run) => run.stop())), late]);
    clearTimeout(timer);
    for (const run of [...this.#runs.values()]) if (run.state !== 'running') this.#forget(run);
  }

  #find(owner: string, id: string): Run | null {
    const run = this.#runs.get(id);
    return run?.owner === owner ? run : null;
  }

  #ofOwner(owner: string): Run[] {
    return [...this.#runs.values()].filter((run) => run.owner === owner);
  }

  #ofThread(owner: string, threadId: string): Run[] {
    return this.#ofOwner(owner).filter((run) => run.threadId === threadId);
  }

  /** Runs that are over make room for new ones. */
  #hasRoom(owner: string): boolean {
    const kept = this.#ofOwner(owner).filter((run) => run.resumable);
    const surplus = kept.length - this.#limits.perOwner + 1;
    if (surplus <= 0) return true;
    const over = kept.filter((run) => run.state !== 'running').slice(0, surplus);
    for (const run of over) this.#forget(run);
    return over.length === surplus;
  }

  #tellRunning(): void {
    let running = 0;
    for (const { state } of this.#runs.values()) if (state === 'running') running += 1;
    this.#runningChanged(running);
  }

  #over(run: Run): void {
    this.#tellRunning();
    this.#runEnded(run.owner);
    if (!run.resumable || this.#closed || !this.#runs.has(run.id)) {
      this.#forget(run);
      return;
    }
    const timer = setTimeout(() => this.#forget(run), this.#limits.keptMs);
    timer.unref();
    this.#forgetting.set(run.id, timer);
  }

  /** Readers that are still at it read on; nobody new finds the run. */
  #forget(run: Run): void {
    clearTimeout(this.#forgetting.get(run.id));
    this.#forgetting.delete(run.id);
    if (this.#runs.delete(run.id)) this.#bytes -= run.bytes;
  }

  #resized(difference: number): void {
    this.#bytes += difference;
    if (difference <= 0 || this.#bytes <= this.#limits.totalBytes) return;
    for (const run of [...this.#runs.values()]) {
      if (this.#bytes <= this.#limits.totalBytes) return;
      if (run.state !== 'running') this.#forget(run);
    }
    const largestFirst = [...this.#runs.values()].sort((a, b) => b.bytes - a.bytes);
    for (const run of largestFirst) {
      const excess = this.#bytes - this.#limits.totalBytes;
      if (excess <= 0) return;
      run.shrink(excess);
    }
  }
}
