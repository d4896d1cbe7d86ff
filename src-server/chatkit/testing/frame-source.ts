/** A turn whose frames a test sends by hand. Ends like a real one when its controller aborts. */
export interface FrameSource {
  readonly frames: AsyncGenerator<string>;
  readonly controller: AbortController;
  /** How many frames were asked for. */
  readonly pulled: () => number;
  send(...frames: string[]): void;
  end(): void;
  fail(error: Error): void;
}

/** @param lastWrite what the turn still does after it was aborted */
export function frameSource(lastWrite: () => Promise<void> = async () => undefined): FrameSource {
  const controller = new AbortController();
  const ready: (string | Error | null)[] = [];
  let wake: () => void = () => undefined;
  let pulled = 0;
  const put = (entry: string | Error | null) => {
    ready.push(entry);
    wake();
  };
  controller.signal.addEventListener('abort', () => wake());

  async function* frames(): AsyncGenerator<string> {
    while (true) {
      pulled += 1;
      while (ready.length === 0 && !controller.signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (controller.signal.aborted) return lastWrite();
      const entry = ready.shift();
      if (entry instanceof Error) throw entry;
      if (typeof entry !== 'string') return;
      yield entry;
    }
  }

  return {
    frames: frames(),
    controller,
    pulled: () => pulled,
    send: (...texts) => {
      for (const text of texts) put(text);
    },
    end: () => put(null),
    fail: put,
  };
}
