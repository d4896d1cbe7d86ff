export interface BucketOptions {
  /** Takes at once that fit into a full bucket; as many come back in a minute. */
  readonly perMinute: number;
  /** Buckets that are kept; the one that was used longest ago makes room. Default 10,000. */
  readonly remembered?: number;
  /** Milliseconds of a clock that nobody can set. */
  readonly now?: () => number;
}

const MINUTE_MS = 60_000;

/** Counts how often something is done, by whatever stands for who does it. In memory: a restart forgets. */
export class TokenBuckets {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #perMinute: number;
  readonly #remembered: number;
  readonly #now: () => number;

  constructor({ perMinute, remembered = 10_000, now = () => performance.now() }: BucketOptions) {
    this.#perMinute = perMinute;
    this.#remembered = remembered;
    this.#now = now;
  }

  /** How many are counted at present. */
  get size(): number {
    return this.#buckets.size;
  }

  /** @returns 0 when it was counted; else how many milliseconds until it would be, and nothing is counted */
  take(key: string): number {
    const now = this.#now();
    const bucket = this.#buckets.get(key);
    const perMs = this.#perMinute / MINUTE_MS;
    const held =
      bucket === undefined
        ? this.#perMinute
        : Math.min(this.#perMinute, bucket.tokens + (now - bucket.at) * perMs);
    const tokens = held >= 1 ? held - 1 : held;
    // Deleted first, so that the map stays in the order of use.
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens, at: now });
    if (this.#buckets.size > this.#remembered) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return held >= 1 ? 0 : Math.ceil((1 - held) / perMs);
  }
}
