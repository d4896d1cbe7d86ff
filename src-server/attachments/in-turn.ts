/** Runs one piece of work at a time for each key, in the order of the calls; other keys do not wait. */
export function inTurn() {
  const last = new Map<string, Promise<unknown>>();

  /** @returns what the work gives; what it throws reaches its caller alone, and the next one still runs */
  return async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const before = last.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    try {
      return await result;
    } finally {
      if (last.get(key) === settled) last.delete(key);
    }
  };
}
