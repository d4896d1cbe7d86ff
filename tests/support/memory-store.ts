/** A Store in memory, for tests of what stands above it. */
import { randomUUID } from 'node:crypto';
import { NotFoundError, type PageRequest, type Store } from '../../src-server/chatkit/store.ts';
import type { RequestContext } from '../../src-server/context.ts';
import type { Attachment, Page, ThreadItem, ThreadMetadata } from '../../src-shared/chatkit/index.ts';

interface Entry {
  thread: ThreadMetadata;
  readonly items: ThreadItem[];
}

/** Scoped by user like the real one; keeps copies, never what it was handed. */
export function memoryStore(): Store<RequestContext> {
  const threads = new Map<string, Entry>();
  const attachments = new Map<string, Attachment>();
  const key = (id: string, { userId }: RequestContext) => `${userId} ${id}`;
  const entry = (id: string, context: RequestContext) => {
    const found = threads.get(key(id, context));
    if (found === undefined) throw new NotFoundError('thread', id);
    return found;
  };
  const save = (threadId: string, item: ThreadItem, context: RequestContext) => {
    const { items } = entry(threadId, context);
    const at = items.findIndex(({ id }) => id === item.id);
    if (at === -1) items.push(structuredClone(item));
    else items[at] = structuredClone(item);
  };

  return {
    generateThreadId: () => `thr_${randomUUID()}`,
    generateItemId: (kind) => `${kind}_${randomUUID()}`,
    loadThread: async (id, context) => structuredClone(entry(id, context).thread),
    saveThread: async (thread, context) => {
      const found = threads.get(key(thread.id, context));
      if (found === undefined)
        threads.set(key(thread.id, context), { thread: structuredClone(thread), items: [] });
      else found.thread = structuredClone(thread);
    },
    loadThreads: async (page, context) => {
      const own = [...threads].filter(([name]) => name.startsWith(`${context.userId} `));
      return cut(
        own.map(([, { thread }]) => thread),
        page,
        'thread',
      );
    },
    deleteThread: async (id, context) => {
      threads.delete(key(id, context));
    },
    loadThreadItems: async (id, page, context) => cut(entry(id, context).items, page, 'item'),
    addThreadItem: async (id, item, context) => save(id, item, context),
    saveItem: async (id, item, context) => save(id, item, context),
    loadItem: async (threadId, id, context) => {
      const found = entry(threadId, context).items.find((item) => item.id === id);
      if (found === undefined) throw new NotFoundError('item', id);
      return structuredClone(found);
    },
    deleteThreadItem: async (threadId, id, context) => {
      const { items } = entry(threadId, context);
      const at = items.findIndex((item) => item.id === id);
      if (at !== -1) items.splice(at, 1);
    },
    saveAttachment: async (attachment, context) => {
      attachments.set(key(attachment.id, context), structuredClone(attachment));
    },
    loadAttachment: async (id, context) => {
      const found = attachments.get(key(id, context));
      if (found === undefined) throw new NotFoundError('attachment', id);
      return structuredClone(found);
    },
    deleteAttachment: async (id, context) => {
      attachments.delete(key(id, context));
    },
  };
}

function cut<T extends { readonly id: string }>(
  all: readonly T[],
  { limit, after, order }: PageRequest,
  what: 'thread' | 'item',
): Page<T> {
  const ordered = order === 'asc' ? all : all.toReversed();
  const cursor = after === null ? -1 : ordered.findIndex(({ id }) => id === after);
  if (after !== null && cursor === -1) throw new NotFoundError(what, after);
  const data = structuredClone(ordered.slice(cursor + 1, cursor + 1 + limit));
  const has_more = cursor + 1 + limit < ordered.length;
  return { data, has_more, after: has_more ? (data.at(-1)?.id ?? null) : null };
}
