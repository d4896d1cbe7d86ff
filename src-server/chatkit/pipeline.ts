/** The event pipeline (protocol §5.3): what persists does so before its event leaves, and nothing is lost on cancel. */
import {
  isHiddenItem,
  type StreamOptions,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
} from '../../src-shared/chatkit/index.ts';
import { copyThread, isSameThread } from './copy-thread.ts';
import { StreamError } from './errors.ts';
import { PendingItems } from './pending.ts';
import type { Store } from './store.ts';
import { toThread } from './wire.ts';

export interface PipelineOptions<Context> {
  readonly thread: ThreadMetadata;
  /** The thread as it is on disk; what the handler has changed is noticed by it. */
  readonly saved: ThreadMetadata;
  /** On disk already; sent first. */
  readonly before: readonly ThreadStreamEvent[];
  /** Starts the handler, whose events are pulled one at a time. */
  readonly run: () => AsyncIterable<ThreadStreamEvent>;
  readonly store: Store<Context>;
  readonly context: Context;
  /** Ends the turn; the handler has it too. */
  readonly signal: AbortSignal;
  readonly streamOptions: StreamOptions;
  /** Keeps what was under way when the turn ends early. */
  readonly cancelled: (thread: ThreadMetadata, pending: readonly ThreadItem[]) => Promise<void>;
  readonly log: (line: string) => void;
}

const ABORTED = Symbol('aborted');

/**
 * Runs a handler. Ends early, keeping what was written, when the signal aborts or the consumer stops; a handler that
 * ignores the signal cannot hold the stream up.
 */
export async function* runPipeline<Context>(
  options: PipelineOptions<Context>,
): AsyncGenerator<ThreadStreamEvent> {
  const { thread, store, context, signal } = options;
  const pending = new PendingItems();
  const source = begin(options);
  const announceChange = changeTracker(options);
  const waiting = untilAborted(signal);
  let finished = false;
  try {
    // The handler starts at once: its model works while the client is told what is known already.
    let upcoming = source.next();
    upcoming.catch(() => undefined);
    yield* options.before;
    yield { type: 'stream_options', stream_options: options.streamOptions };
    while (true) {
      const next = await waiting.wait(upcoming);
      if (next === ABORTED) return;
      if (next.done) break;
      const written = persist(next.value, store, thread, context);
      // Most events are pieces of text: not to wait for nothing is a good part of their cost.
      if (written !== null) await written;
      pending.follow(next.value);
      if (isVisible(next.value)) yield next.value;
      const announced = announceChange();
      if (announced !== null) yield await announced;
      upcoming = source.next();
    }
    const updated = await announceChange();
    finished = true;
    if (updated !== null) yield updated;
  } catch (error) {
    if (signal.aborted) return;
    finished = true;
    stop(source);
    yield toErrorEvent(error, options.log);
    const updated = (await announceChange()?.catch(() => null)) ?? null;
    if (updated !== null) yield updated;
  } finally {
    waiting.end();
    if (!finished) {
      stop(source);
      await options.cancelled(thread, pending.list());
    }
  }
}

/** A handler that throws before its first event has failed like one that throws later. */
function begin<Context>({ run }: PipelineOptions<Context>): AsyncIterator<ThreadStreamEvent> {
  try {
    return run()[Symbol.asyncIterator]();
  } catch (error) {
    return { next: () => Promise.reject(error) };
  }
}

/**
 * Store first, event afterwards: a client never hears of something that a crash could undo. Null when there is nothing
 * to store.
 */
function persist<Context>(
  event: ThreadStreamEvent,
  store: Store<Context>,
  thread: ThreadMetadata,
  context: Context,
): Promise<void> | null {
  switch (event.type) {
    case 'thread.item.done':
      return store.addThreadItem(thread.id, event.item, context);
    case 'thread.item.replaced':
      return store.saveItem(thread.id, event.item, context);
    case 'thread.item.removed':
      return store.deleteThreadItem(thread.id, event.item_id, context);
    default:
      return null;
  }
}

/**
 * Handlers change the thread object; this notices, saves it, and gives the event that tells the client, once each. Null
 * when nothing has changed.
 */
function changeTracker<Context>({ thread, store, context, ...options }: PipelineOptions<Context>) {
  let { saved } = options;
  const announce = async (): Promise<ThreadStreamEvent> => {
    saved = copyThread(thread);
    await store.saveThread(saved, context);
    return { type: 'thread.updated', thread: toThread(saved) };
  };
  return () => (isSameThread(thread, saved) ? null : announce());
}

function isVisible(event: ThreadStreamEvent): boolean {
  switch (event.type) {
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced':
      return !isHiddenItem(event.item);
    default:
      return true;
  }
}

/** What a client may know of an error (protocol §1.5); the rest goes to the log. */
export function toErrorEvent(error: unknown, log: (line: string) => void): ThreadStreamEvent {
  if (error instanceof StreamError) {
    return { type: 'error', code: error.code, message: error.publicMessage, allow_retry: error.allowRetry };
  }
  log(`a turn failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return { type: 'error', code: 'stream.error', allow_retry: true };
}

/**
 * Waits for one thing after the other, each only until the signal aborts. One listener serves all of them: a stream has
 * thousands of events.
 */
function untilAborted(signal: AbortSignal) {
  let giveUp: (() => void) | null = null;
  const aborted = () => giveUp?.();
  signal.addEventListener('abort', aborted, { once: true });
  return {
    wait: <T>(work: Promise<T>): Promise<T | typeof ABORTED> =>
      new Promise((resolve, reject) => {
        giveUp = () => resolve(ABORTED);
        work.then(resolve, reject);
        if (signal.aborted) resolve(ABORTED);
      }),
    end: () => signal.removeEventListener('abort', aborted),
  };
}

/** Tells a handler to end without waiting for it: it may be in the middle of something that takes long. */
function stop(source: AsyncIterator<ThreadStreamEvent>): void {
  Promise.resolve(source.return?.()).catch(() => undefined);
}
