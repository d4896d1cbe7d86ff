/** Lets events that take time to make keep their place among those that do not. */

export interface Ordered<T> {
  emit(value: T): void;
  /** What follows waits until this is there. Null: nothing after all. */
  emitLater(value: Promise<T | null>): void;
  /** Resolves when everything has been emitted. @throws what a value that came later was rejected with */
  settled(): Promise<void>;
}

/** Values that need no waiting are passed on at once, in the same turn of the event loop. */
export function ordered<T>(push: (value: T) => void): Ordered<T> {
  let tail: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  const queue = (work: () => Promise<void> | void) => {
    const mine: Promise<void> = (tail ?? Promise.resolve()).then(work).catch((error: unknown) => {
      failure ??= { error };
    });
    tail = mine;
    void mine.then(() => {
      if (tail === mine) tail = null;
    });
  };

  return {
    emit(value) {
      if (tail === null) push(value);
      else queue(() => push(value));
    },
    emitLater(value) {
      value.catch(() => undefined);
      queue(async () => {
        const made = await value;
        if (made !== null) push(made);
      });
    },
    async settled() {
      while (tail !== null) await tail;
      if (failure !== null) throw failure.error;
    },
  };
}
