/** Between the model, which never waits, and the reader, who may be slow: keeps order, joins what can be joined. */
import type { ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';

export interface EventQueue {
  push(event: ThreadStreamEvent): void;
  /** Does something as soon as everything before it has been read; what comes later waits. Fails for the reader. */
  pushWork(work: () => Promise<void>): void;
  /** Nothing more will come. With an error, the reader gets it after everything that is queued. */
  end(error?: unknown): void;
  /** Drops what is queued and ends: the reader has gone. */
  discard(): void;
  /**
   * Reads to the end. For one reader, which asks for one event at a time.
   *
   * @param stopped called when the reader takes no more, before the end or after it
   */
  read(stopped?: () => void): AsyncIterableIterator<ThreadStreamEvent, undefined>;
}

type Read = IteratorResult<ThreadStreamEvent, undefined>;

const OVER: Read = { done: true, value: undefined };

/**
 * Text that follows text of the same part is appended to it, and a newer state of a task replaces an older one that
 * nobody has read. So the queue holds hardly more than the text itself, however slow the reader.
 *
 * @param options.join false for readers that rely on each event as it was written
 */
export function eventQueue({ join: mayJoin = true } = {}): EventQueue {
  type Entry = ThreadStreamEvent | (() => Promise<void>);
  let queued: Entry[] = [];
  /** What was queued when the reader last had nothing left, the next one last. */
  let unread: Entry[] = [];
  let state: 'open' | 'ended' | 'discarded' = 'open';
  let failure: { readonly error: unknown } | null = null;
  /** The reader, when it waits. */
  let waiting: ((read: Read | Promise<Read>) => void) | null = null;

  const notify = (read: Read | Promise<Read>) => {
    const wake = waiting;
    waiting = null;
    wake?.(read);
  };
  const next = (): Promise<Read> => {
    if (unread.length === 0) {
      unread = queued.reverse();
      queued = [];
    }
    const head = unread.pop();
    if (head !== undefined) {
      return typeof head === 'function' ? head().then(next) : Promise.resolve({ done: false, value: head });
    }
    if (state === 'open') {
      return new Promise((resolve) => {
        waiting = resolve;
      });
    }
    if (state === 'discarded' || failure === null) return Promise.resolve(OVER);
    const { error } = failure;
    failure = null;
    return Promise.reject(error);
  };

  return {
    push(event) {
      if (state !== 'open') return;
      if (waiting !== null) {
        notify({ done: false, value: event });
        return;
      }
      const last = queued.at(-1);
      const joined = last === undefined || typeof last === 'function' || !mayJoin ? null : join(last, event);
      if (joined === null) queued.push(event);
      else queued[queued.length - 1] = joined;
    },
    pushWork(work) {
      if (state !== 'open') return;
      queued.push(work);
      // Never within this call: whoever asks for it may not be ready for it yet.
      if (waiting !== null) notify(Promise.resolve().then(next));
    },
    end(error) {
      if (state !== 'open') return;
      state = 'ended';
      if (error !== undefined) failure = { error };
      if (waiting !== null) notify(next());
    },
    discard() {
      queued = [];
      unread = [];
      state = 'discarded';
      notify(OVER);
    },
    read(stopped = () => undefined) {
      return {
        next,
        return() {
          stopped();
          return Promise.resolve(OVER);
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}

function join(last: ThreadStreamEvent, next: ThreadStreamEvent): ThreadStreamEvent | null {
  if (last.type !== 'thread.item.updated' || next.type !== 'thread.item.updated') return null;
  if (last.item_id !== next.item_id) return null;
  const [a, b] = [last.update, next.update];
  if (
    a.type === 'assistant_message.content_part.text_delta' &&
    b.type === 'assistant_message.content_part.text_delta' &&
    a.content_index === b.content_index
  ) {
    return { ...next, update: { ...b, delta: a.delta + b.delta } };
  }
  const replaces =
    a.type === 'workflow.task.updated' && b.type === 'workflow.task.updated' && a.task_index === b.task_index;
  return replaces ? next : null;
}
