import type { FrameBuffer } from './frame-buffer.ts';

/** What a reader gets next. After anything but a frame there is nothing more to read. */
export type RunRead =
  | { readonly kind: 'frame'; readonly number: number; readonly text: string }
  /** The run is over and everything was read. */
  | { readonly kind: 'over' }
  /** The run broke off where it could say so to nobody; the error is for the log. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** What comes next is not kept any more: load the thread anew. */
  | { readonly kind: 'gone' }
  /** This reader was closed. */
  | { readonly kind: 'closed' };

/** What a reader sees of its run. */
export interface RunSource {
  readonly frames: FrameBuffer;
  /** How the run ended, null while it goes on. */
  readonly outcome: Extract<RunRead, { kind: 'over' | 'failed' }> | null;
  /** The reader has taken a frame. */
  moved(reader: RunReader): void;
  /** The reader takes no more. */
  left(reader: RunReader): void;
}

/** One client's way through the frames of a run: each frame once, in order. */
export class RunReader {
  readonly #source: RunSource;
  readonly #cutOff: () => void;
  #position: number;
  #closed = false;
  #wake: (() => void) | null = null;

  /**
   * @param after number of the last frame that the client has, 0 for none
   * @param cutOff called when the run goes on without this reader, which took nothing for too long
   */
  constructor(source: RunSource, after: number, cutOff: () => void) {
    this.#source = source;
    this.#position = after;
    this.#cutOff = cutOff;
  }

  /** Number of the last frame that was read. */
  get position(): number {
    return this.#position;
  }

  /** Waits for the next frame. One call at a time. */
  async next(): Promise<RunRead> {
    for (;;) {
      const read = this.poll();
      if (read !== null) return read;
      await this.ready();
    }
  }

  /** What can be read at once; null when it has to be waited for. */
  poll(): RunRead | null {
    if (this.#closed) return { kind: 'closed' };
    const { frames, outcome } = this.#source;
    const number = this.#position + 1;
    if (number <= frames.dropped) {
      this.close();
      return { kind: 'gone' };
    }
    const text = frames.get(number);
    if (text === null) return outcome;
    this.#position = number;
    this.#source.moved(this);
    return { kind: 'frame', number, text };
  }

  /** Resolves when {@link poll} may have something. One call at a time. */
  ready(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** There may be something to read. */
  wake(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }

  /** Leaves the run; harmless when done twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#source.left(this);
    this.wake();
  }

  /** Leaves the run because of the run, not of the client. */
  cut(): void {
    this.close();
    this.#cutOff();
  }
}
