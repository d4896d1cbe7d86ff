/** A Store in memory: for tests, and as the simplest example of what a Store has to do. */
import type { Attachment, Page, ThreadItem, ThreadMetadata } from '../../../src-shared/chatkit/index.ts';
import { newId } from '../ids.ts';
import { NotFoundError, type PageRequest, type Store } from '../store.ts';

/** The one method that tests may want to look into. */
export interface MemoryStore<Context> extends Store<Context> {
  /** Every write in order: the method and the id. */
  readonly writes: [string, string][];
}

export function memoryStore<Context>(): MemoryStore<Context> {
  const threads = new Map<string, ThreadMetadata>();
  const items = new Map<string, Map<string, ThreadItem>>();
  const attachments = new Map<string, Attachment>();
  const writes: [string, string][] = [];

  const found = <T>(value: T | undefined, what: 'thread' | 'item' | 'attachment', id: string): T => {
    if (value === undefined) throw new NotFoundError(what, id);
    return structuredClone(value);
  };
  const save = (method: string, threadId: string, item: ThreadItem) => {
    writes.push([method, item.id]);
    const ofThread = items.get(threadId) ?? new Map<string, ThreadItem>();
    ofThread.set(item.id, structuredClone(item));
    items.set(threadId, ofThread);
  };

  return {
    writes,
    generateThreadId: () => newId('thread'),
    generateItemId: (kind) => newId(kind),
    loadThread: async (id) => found(threads.get(id), 'thread', id),
    saveThread: async (thread) => {
      writes.push(['save_thread', thread.id]);
      threads.set(thread.id, structuredClone(thread));
    },
    loadThreads: async (page) => paginate([...threads.values()], page, 'thread'),
    deleteThread: async (id) => {
      writes.push(['delete_thread', id]);
      threads.delete(id);
      items.delete(id);
    },
    loadThreadItems: async (threadId, page) =>
      paginate([...(items.get(threadId)?.values() ?? [])], page, 'item'),
    addThreadItem: async (threadId, item) => save('add_thread_item', threadId, item),
    saveItem: async (threadId, item) => save('save_item', threadId, item),
    loadItem: async (threadId, id) => found(items.get(threadId)?.get(id), 'item', id),
    deleteThreadItem: async (threadId, id) => {
      writes.push(['delete_thread_item', id]);
      items.get(threadId)?.delete(id);
    },
    saveAttachment: async (attachment) => {
      writes.push(['save_attachment', attachment.id]);
      attachments.set(attachment.id, structuredClone(attachment));
    },
    loadAttachment: async (id) => found(attachments.get(id), 'attachment', id),
    deleteAttachment: async (id) => {
      attachments.delete(id);
    },
  };
}

function paginate<T extends { id: string }>(all: T[], page: PageRequest, what: 'thread' | 'item'): Page<T> {
  const ordered = page.order === 'asc' ? all : all.toReversed();
  const start = page.after === null ? 0 : ordered.findIndex((entry) => entry.id === page.after) + 1;
  if (page.after !== null && start === 0) throw new NotFoundError(what, page.after);
  const data = structuredClone(ordered.slice(start, start + page.limit));
  const last = data.at(-1);
  return start + page.limit < ordered.length && last !== undefined
    ? { data, has_more: true, after: last.id }
    : { data, has_more: false };
}
