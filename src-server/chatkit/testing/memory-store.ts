/** The store in memory, with a record of what was written. */
import { memoryStore as plainMemoryStore } from '../memory-store.ts';
import type { Store } from '../store.ts';

export interface MemoryStore<Context> extends Store<Context> {
  /** Every write in order: the method and the id. */
  readonly writes: [string, string][];
}

export function memoryStore<Context>(): MemoryStore<Context> {
  const store = plainMemoryStore<Context>();
  const writes: [string, string][] = [];
  return {
    ...store,
    writes,
    saveThread: (thread, context) => {
      writes.push(['save_thread', thread.id]);
      return store.saveThread(thread, context);
    },
    deleteThread: (id, context) => {
      writes.push(['delete_thread', id]);
      return store.deleteThread(id, context);
    },
    addThreadItem: (threadId, item, context) => {
      writes.push(['add_thread_item', item.id]);
      return store.addThreadItem(threadId, item, context);
    },
    saveItem: (threadId, item, context) => {
      writes.push(['save_item', item.id]);
      return store.saveItem(threadId, item, context);
    },
    deleteThreadItem: (threadId, id, context) => {
      writes.push(['delete_thread_item', id]);
      return store.deleteThreadItem(threadId, id, context);
    },
    saveAttachment: (attachment, context) => {
      writes.push(['save_attachment', attachment.id]);
      return store.saveAttachment(attachment, context);
    },
  };
}
