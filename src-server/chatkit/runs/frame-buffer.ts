import { Buffer } from 'node:buffer';

interface KeptFrame {
  readonly text: string;
  /** Bytes of all frames up to and with this one. */
  readonly end: number;
}

/** The frames of one run, numbered from 1. Old ones can be dropped; numbers are never used twice. */
export class FrameBuffer {
  readonly #kept = new Map<number, KeptFrame>();
  #last = 0;
  #end = 0;
  #dropped = 0;
  #droppedEnd = 0;

  /** Number of the newest frame, 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Number of the newest frame that was dropped, 0 when none was. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Bytes of the frames that are kept. */
  get bytes(): number {
    return this.#end - this.#droppedEnd;
  }

  append(text: string): void {
    this.#end += Buffer.byteLength(text);
    this.#last += 1;
    this.#kept.set(this.#last, { text, end: this.#end });
  }

  /** @returns the frame, or null when it is dropped or does not exist yet */
  get(number: number): string | null {
    return this.#kept.get(number)?.text ?? null;
  }

  /** Bytes of the kept frames after this one. */
  bytesAfter(number: number): number {
    if (number >= this.#last) return 0;
    return this.#end - (this.#kept.get(number)?.end ?? this.#droppedEnd);
  }

  /** Drops the oldest frames, up to and with this one. */
  dropThrough(number: number): void {
    while (this.#dropped < Math.min(number, this.#last)) this.#dropOldest();
  }

  /** Drops the oldest frames until the kept ones fit, but none after `through`. */
  dropUntilFits(bytes: number, through: number): void {
    while (this.bytes > bytes && this.#dropped < Math.min(through, this.#last)) this.#dropOldest();
  }

  #dropOldest(): void {
    this.#dropped += 1;
    const oldest = this.#kept.get(this.#dropped);
    if (oldest !== undefined) this.#droppedEnd = oldest.end;
    this.#kept.delete(this.#dropped);
  }
}
