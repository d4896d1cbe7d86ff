import type { Caller } from '../accounts/index.ts';
import type { LiveRequest } from './live-requests.ts';

/** How often those who have something running are looked at again, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/**
 * The right to a stream is checked while it runs, not only when it begins. The end of a session ends its streams at
 * once (`LiveRequests`); this finds what ends without a word, within a second: a session that runs out, a role or a
 * person that was changed by other means than Foyer's own.
 */
export class RightsWatch {
  readonly #followed = new Set<{ readonly caller: Caller; readonly request: LiveRequest }>();
  readonly #mayGoOn: (caller: Caller) => boolean;
  #timer: NodeJS.Timeout | null = null;

  /** @param mayGoOn whether somebody is still who they were when they asked */
  constructor(mayGoOn: (caller: Caller) => boolean) {
    this.#mayGoOn = mayGoOn;
  }

  /** Stops the request as soon as its caller may not go on. */
  follow(caller: Caller, request: LiveRequest): void {
    const entry = { caller, request };
    this.#followed.add(entry);
    this.#timer ??= setInterval(() => this.#lookAgain(), LOOK_AGAIN_MS).unref();
    void request.ended.then(() => {
      this.#followed.delete(entry);
      if (this.#followed.size > 0 || this.#timer === null) return;
      clearInterval(this.#timer);
      this.#timer = null;
    });
  }

  #lookAgain(): void {
    for (const { caller, request } of this.#followed) {
      if (!this.#mayGoOn(caller)) request.abort();
    }
  }
}
