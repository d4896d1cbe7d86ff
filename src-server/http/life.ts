import type { Response } from 'express';
import type { LiveRequest } from './live-requests.ts';

/** From the arrival of a request until nothing works for it any more. */
export class Life implements LiveRequest {
  readonly controller = new AbortController();
  readonly signal = this.controller.signal;
  readonly abort = () => this.controller.abort();
  readonly cut: () => void;
  readonly ended: Promise<void>;
  #resolve: () => void = () => undefined;
  #until: Promise<void> | null = null;

  /** @param response is cut off where the work does not end by itself */
  constructor(response: Pick<Response, 'destroy'>) {
    this.cut = () => void response.destroy();
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** The work goes on until then, whatever becomes of the connection. */
  endWith(until: Promise<void>): void {
    this.#until = until;
  }

  end(): void {
    if (this.#until === null) this.#resolve();
    else void this.#until.then(this.#resolve);
  }
}
