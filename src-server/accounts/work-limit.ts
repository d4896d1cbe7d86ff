/** The machine has more to do than it takes on at once. */
export class TooBusyError extends Error {
  override readonly name = 'TooBusyError';
}

/** Runs work as soon as its turn comes. @throws {TooBusyError} when too much is waiting already */
export type WorkLimit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets only so much heavy work (memory and processor of Argon2) run at once, in the order of its coming.
 *
 * @param running how many run at once
 * @param waiting how many may wait for their turn
 */
export function workLimit(running: number, waiting: number): WorkLimit {
  const queue: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy >= running) {
      if (queue.length >= waiting) throw new TooBusyError('too much work is waiting');
      await new Promise<void>((resolve) => {
        queue.push(resolve);
      });
    } else {
      busy += 1;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      // The place goes on to whoever waits, so that nobody who comes in between takes it.
      if (next === undefined) busy -= 1;
      else next();
    }
  };
}
