import { ChatKitError } from '../errors.ts';

/** Holds public method calls until the element can serve them. */
export interface MethodGate<T> {
  /** Runs `action` once open. Rejects with what the action throws; never throws itself. */
  run<R>(action: (value: T) => R | Promise<R>): Promise<R>;
  /** Lets waiting and future calls through. */
  open(value: T): void;
  /** Future calls wait again (the element left the page but may come back). */
  close(): void;
  /** Rejects waiting calls and, until the next `open`, future ones. */
  fail(error: ChatKitError): void;
}

type State<T> = { kind: 'waiting' } | { kind: 'open'; value: T } | { kind: 'failed'; error: ChatKitError };

export function createMethodGate<T>(): MethodGate<T> {
  let state: State<T> = { kind: 'waiting' };
  let waiting: { resolve: (value: T) => void; reject: (error: ChatKitError) => void }[] = [];

  function enter(): Promise<T> {
    if (state.kind === 'open') return Promise.resolve(state.value);
    if (state.kind === 'failed') return Promise.reject(state.error);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }

  return {
    async run(action) {
      return action(await enter());
    },
    open(value) {
      state = { kind: 'open', value };
      const calls = waiting;
      waiting = [];
      for (const call of calls) call.resolve(value);
    },
    close() {
      state = { kind: 'waiting' };
      const calls = waiting;
      waiting = [];
      for (const call of calls) call.reject(new ChatKitError('disconnected', 'The element left the page.'));
    },
    fail(error) {
      state = { kind: 'failed', error };
      const calls = waiting;
      waiting = [];
      for (const call of calls) call.reject(error);
    },
  };
}
