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
  /** Reads to the end. For one reader. */
  read(): AsyncGenerator<ThreadStreamEvent, void, undefined>;
}

/**
 * Text that follows text of the same part is appended to it, and a newer state of a task replaces an older one that
 * nobody has read. So the queue holds hardly more than the text itself, however slow the reader.
 *
 * @param options.join false for readers that rely on each event as it was written
 */
export function eventQueue({ join: mayJoin = true } = {}): EventQueue {
  let queued: (ThreadStreamEvent | (() => Promise<void>))[] = [];
  let state: 'open' | 'ended' | 'discarded' = 'open';
  let failure: { readonly error: unknown } | null = null;
  let wake: (() => void) | null = null;
  const notify = () => {
    wake?.();
    wake = null;
  };

  return {
    push(event) {
      if (state !== 'open') return;
      const last = queued.at(-1);
      const joined = last === undefined || typeof last === 'function' || !mayJoin ? null : join(last, event);
      if (joined === null) queued.push(event);
      else queued[queued.length - 1] = joined;
      notify();
    },
    pushWork(work) {
      if (state !== 'open') return;
      queued.push(work);
      notify();
    },
    end(error) {
      if (state !== 'open') return;
      state = 'ended';
      if (error !== undefined) failure = { error };
      notify();
    },
    discard() {
      queued = [];
      state = 'discarded';
      notify();
    },
    async *read() {
      for (;;) {
        const batch = queued;
        queued = [];
        for (const event of batch) {
          if (state === 'discarded') return;
          if (typeof event === 'function') await event();
          else yield event;
        }
        if (queued.length > 0) continue;
        if (state === 'open') {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        } else {
          if (state === 'ended' && failure !== null) throw failure.error;
          return;
        }
      }
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
