import { setImmediate } from 'node:timers/promises';
import type { ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';

type DeltaEvent = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }> & {
  readonly update: {
    type: 'assistant_message.content_part.text_delta';
    content_index: number;
    delta: string;
  };
};

/** Text that is held back leaves early when it gets this long, in characters. */
const MAX_HELD = 16_384;

const LATE = Symbol('late');

export interface CoalesceOptions<T> {
  /** Milliseconds within which text is joined; 0 passes each event on as it comes. */
  readonly windowMs: number;
  /** The form in which events leave. */
  readonly encode: (event: ThreadStreamEvent) => T;
  /** Makes the source end soon; called when the consumer stops, while the source may be waiting, and at the end. */
  readonly abort: () => void;
}

/**
 * Joins text deltas of the same part that follow each other within a time, so that a fast model does not cost one
 * frame per token. The first delta leaves at once, and nothing overtakes anything.
 */
export async function* coalesceDeltas<T>(
  source: AsyncGenerator<ThreadStreamEvent>,
  { windowMs, encode, abort }: CoalesceOptions<T>,
): AsyncGenerator<T> {
  if (windowMs === 0) {
    try {
      for await (const event of source) yield encode(event);
    } finally {
      abort();
    }
    return;
  }
  let held: DeltaEvent | null = null;
  let lastSent = Number.NEGATIVE_INFINITY;
  let next = source.next();
  try {
    while (true) {
      const result: IteratorResult<ThreadStreamEvent> | typeof LATE =
        held === null
          ? await next
          : await firstOf(
              next,
              held.update.delta.length < MAX_HELD ? lastSent + windowMs - performance.now() : 0,
            );
      if (result === LATE || result.done || !canJoin(held, result.value)) {
        if (held !== null) {
          yield encode(held);
          held = null;
          lastSent = performance.now();
        }
        if (result === LATE) {
          // A source that never waits would keep timers and sockets from their turn.
          await setImmediate();
          continue;
        }
        if (result.done) return;
      }
      next = source.next();
      const event: ThreadStreamEvent = result.value;
      if (!isDelta(event)) yield encode(event);
      else if (held !== null) held = join(held, event);
      else if (performance.now() - lastSent >= windowMs) {
        yield encode(event);
        lastSent = performance.now();
      } else held = event;
    }
  } finally {
    abort();
    next.catch(() => undefined);
    await source.return(undefined);
  }
}

async function firstOf<T>(next: Promise<T>, milliseconds: number): Promise<T | typeof LATE> {
  if (milliseconds <= 0) return LATE;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, milliseconds, LATE);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isDelta(event: ThreadStreamEvent): event is DeltaEvent {
  return (
    event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta'
  );
}

function canJoin(held: DeltaEvent | null, event: ThreadStreamEvent): boolean {
  return (
    held === null ||
    (isDelta(event) &&
      event.item_id === held.item_id &&
      event.update.content_index === held.update.content_index)
  );
}

function join(first: DeltaEvent, second: DeltaEvent): DeltaEvent {
  return { ...first, update: { ...first.update, delta: first.update.delta + second.update.delta } };
}
