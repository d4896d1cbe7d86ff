import { setImmediate } from 'node:timers/promises';
import { FrameBuffer } from './frame-buffer.ts';
import type { RunLimits } from './limits.ts';
import { RunReader, type RunSource } from './reader.ts';

/** `stopped`: it was ended early, by a person, a lost connection or a limit; what it had written is kept. */
export type RunState = 'running' | 'done' | 'stopped' | 'failed';

export interface RunOptions {
  readonly id: string;
  /** Who may read and stop the run; opaque. */
  readonly owner: string;
  readonly threadId: string;
  readonly startedAt: Date;
  /** Whether the run outlives its readers. */
  readonly resumable: boolean;
  /** Ends soon after the controller aborts, when everything is written. */
  readonly frames: AsyncIterable<string>;
  readonly controller: AbortController;
  readonly limits: RunLimits;
  /** Called when the bytes that the run keeps have changed. */
  readonly resized: (difference: number) => void;
}

/** A turn that never waits for anything would let nothing else happen, not even its own end. */
const FRAMES_AT_A_TIME = 64;

/** More readers than that are of no use to one person; the one that came first has to leave. */
const MAX_READERS = 8;

/**
 * One streaming turn under way. It is read to its end whatever its readers do, so that what it writes gets written;
 * only its controller ends it early.
 */
export class Run {
  readonly id: string;
  readonly owner: string;
  readonly threadId: string;
  readonly startedAt: Date;
  readonly resumable: boolean;
  /** Resolves when the last write of the run is done. Never rejects. */
  readonly ended: Promise<void>;

  readonly #options: RunOptions;
  readonly #frames = new FrameBuffer();
  readonly #readers = new Set<RunReader>();
  readonly #source: RunSource;
  #state: RunState = 'running';
  #failure: unknown = null;
  #wakePump: (() => void) | null = null;
  #detached: NodeJS.Timeout | undefined;
  #reported = 0;

  constructor(options: RunOptions) {
    this.id = options.id;
    this.owner = options.owner;
    this.threadId = options.threadId;
    this.startedAt = options.startedAt;
    this.resumable = options.resumable;
    this.#options = options;
    const outcome = () => this.#outcome();
    this.#source = {
      frames: this.#frames,
      get outcome() {
        return outcome();
      },
      moved: () => this.#readerMoved(),
      left: (reader) => this.#readerLeft(reader),
    };
    this.ended = this.#pump();
  }

  get state(): RunState {
    return this.#state;
  }

  /** Whether it is to end early. */
  get stopping(): boolean {
    return this.#options.controller.signal.aborted;
  }

  /** Number of the newest frame, 0 before the first. */
  get lastFrame(): number {
    return this.#frames.last;
  }

  /** Bytes of the frames that are kept. */
  get bytes(): number {
    return this.#frames.bytes;
  }

  /**
   * A reader from behind the given frame, or null when what follows it is not kept.
   *
   * @param cutOff called when the run goes on without this reader
   */
  attach(after: number, cutOff: () => void): RunReader | null {
    if (after < this.#frames.dropped || after > this.#frames.last) return null;
    clearTimeout(this.#detached);
    const reader = new RunReader(this.#source, after, cutOff);
    this.#readers.add(reader);
    const [first] = this.#readers;
    if (this.#readers.size > MAX_READERS) first?.cut();
    return reader;
  }

  /** Ends the run early and waits until what it has is written; nothing happens when it is over already. */
  async stop(): Promise<void> {
    this.#options.controller.abort();
    await this.ended;
  }

  /** Drops frames that every reader can do without, oldest first, until so many bytes are free. */
  shrink(bytes: number): void {
    this.#frames.dropUntilFits(Math.max(0, this.#frames.bytes - bytes), this.#droppable());
    this.#report();
  }

  async #pump(): Promise<void> {
    const { frames, controller } = this.#options;
    const aborted = () => this.#wakePump?.();
    controller.signal.addEventListener('abort', aborted, { once: true });
    try {
      for await (const frame of frames) {
        this.#frames.append(frame);
        for (const reader of this.#readers) reader.wake();
        this.#trim();
        while (this.#isFarAhead()) await this.#waitForReaders();
        if (this.#frames.last % FRAMES_AT_A_TIME === 0) await setImmediate();
      }
      this.#state = controller.signal.aborted ? 'stopped' : 'done';
    } catch (error) {
      this.#failure = error;
      this.#state = 'failed';
    } finally {
      controller.signal.removeEventListener('abort', aborted);
      clearTimeout(this.#detached);
      for (const reader of this.#readers) reader.wake();
    }
  }

  /** One reader that keeps up is enough; the others read what is kept. */
  #isFarAhead(): boolean {
    const { controller, limits } = this.#options;
    // Looked at for each frame, so without ado where nobody can be behind.
    if (this.#readers.size === 0 || this.#frames.bytes <= limits.aheadBytes) return false;
    if (controller.signal.aborted) return false;
    return [...this.#readers].every((reader) => this.#frames.bytesAfter(reader.position) > limits.aheadBytes);
  }

  async #waitForReaders(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const stalled = await new Promise<boolean>((resolve) => {
      this.#wakePump = () => resolve(false);
      // Without a promise to outlive its client, a run may wait for it as long as the connection lasts.
      if (this.resumable) timer = setTimeout(resolve, this.#options.limits.stalledMs, true);
    });
    clearTimeout(timer);
    this.#wakePump = null;
    if (stalled) for (const reader of [...this.#readers]) reader.cut();
  }

  #readerMoved(): void {
    if (!this.resumable) this.#trim();
    this.#wakePump?.();
  }

  #readerLeft(reader: RunReader): void {
    this.#readers.delete(reader);
    if (this.#readers.size === 0 && this.#state === 'running') this.#alone();
    this.#wakePump?.();
  }

  #alone(): void {
    const { controller, limits } = this.#options;
    if (!this.resumable) {
      controller.abort();
      this.#trim();
      return;
    }
    this.#detached = setTimeout(() => controller.abort(), limits.detachedMs);
    this.#detached.unref();
  }

  #trim(): void {
    if (this.resumable) this.#frames.dropUntilFits(this.#options.limits.runBytes, this.#droppable());
    else this.#frames.dropThrough(this.#readByAll());
    this.#report();
  }

  #readByAll(): number {
    let lowest = this.#frames.last;
    for (const { position } of this.#readers) lowest = Math.min(lowest, position);
    return lowest;
  }

  /** The newest frame that may be dropped: the fastest reader's, so that at least one always reaches the end. */
  #droppable(): number {
    if (this.#readers.size === 0) return this.#frames.last - 1;
    let highest = 0;
    for (const { position } of this.#readers) highest = Math.max(highest, position);
    return highest;
  }

  #report(): void {
    const difference = this.#frames.bytes - this.#reported;
    this.#reported = this.#frames.bytes;
    if (difference !== 0) this.#options.resized(difference);
  }

  #outcome(): RunSource['outcome'] {
    if (this.#state === 'running') return null;
    return this.#state === 'failed' ? { kind: 'failed', error: this.#failure } : { kind: 'over' };
  }
}
