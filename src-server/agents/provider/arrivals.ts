/** Reads what a model says where it arrives, before the libraries that ask it have worked through it. */
import type { StreamEvent } from '@openai/agents-core';

/** Raw events of one turn, on their way past the libraries. */
export interface Arrivals {
  /** Takes the data of one event as it comes. Never throws. */
  read(data: string): void;
  /** @throws what reading an event has thrown: where the turn is driven, for nobody up there could tell the server */
  check(): void;
}

/**
 * The client and the SDK hand each event on through a dozen iterators; with the events that come before the first
 * word, a person waits half a millisecond for that. Of what is no JSON they say themselves what is wrong with it.
 *
 * @param read must not wait
 */
export function arrivals(read: (event: StreamEvent) => void): Arrivals {
  let failure: { readonly error: unknown } | null = null;
  return {
    read(data) {
      const event = parse(data);
      if (failure !== null || event === undefined) return;
      try {
        read({ type: 'model', event });
      } catch (error) {
        failure = { error };
      }
    },
    check() {
      if (failure !== null) throw failure.error;
    },
  };
}

function parse(data: string): unknown {
  // What chat completions end with.
  if (data === '[DONE]') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
