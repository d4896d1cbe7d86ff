/** Sign-ins that wait for the second factor: the password was right, and there is no session yet. */
import { randomBytes } from 'node:crypto';

/** How long somebody has for the second step. */
export const CHALLENGE_MS = 5 * 60_000;
/** How many wait at once; the oldest goes first. One needs a right password, so that nobody fills this up. */
const WAITING = 200;

/** What the first step has shown. */
export interface FirstStep {
  readonly userId: string;
  /** The hash that the password was checked against: with another one the step is void. */
  readonly passwordHash: string;
  /** What the password opened; null when it opened nothing. Wiped when the challenge ends. */
  readonly dataKey: Buffer | null;
}

/** Challenges are good for the second step and nothing else, live in memory, and end with their use or a restart. */
export class Challenges {
  readonly #waiting = new Map<string, FirstStep & { readonly until: number }>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  make(step: FirstStep): string {
    this.#sweep();
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size >= WAITING && oldest !== undefined) this.end(oldest);
    const challenge = randomBytes(32).toString('base64url');
    this.#waiting.set(challenge, { ...step, until: this.#now().getTime() + CHALLENGE_MS });
    return challenge;
  }

  /** Null when there is none (any more). */
  find(challenge: string): FirstStep | null {
    this.#sweep();
    return this.#waiting.get(challenge) ?? null;
  }

  end(challenge: string): void {
    this.#waiting.get(challenge)?.dataKey?.fill(0);
    this.#waiting.delete(challenge);
  }

  close(): void {
    for (const challenge of [...this.#waiting.keys()]) this.end(challenge);
  }

  #sweep(): void {
    const at = this.#now().getTime();
    for (const [challenge, { until }] of this.#waiting) {
      // A clock that was set back must not make one live for longer.
      if (until <= at || until - at > CHALLENGE_MS) this.end(challenge);
    }
  }
}
