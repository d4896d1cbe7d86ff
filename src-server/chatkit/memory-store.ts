/** A Store in memory: for trying things out, for tests, and as the simplest example of what a Store has to do. */
import {
  type Attachment,
  type Page,
  type ThreadItem,
  type ThreadMetadata,
  threadItemSchema,
} from '../../src-shared/chatkit/index.ts';
import { newId } from './ids.ts';
import { NotFoundError, type PageRequest, type Store } from './store.ts';

/** What one person has. */
interface Shelf {
  readonly threads: Map<string, ThreadMetadata>;
  readonly items: Map<string, Map<string, ThreadItem>>;
  readonly attachments: Map<string, Attachment>;
}

/**
 * Makes an empty store, which is lost with the process.
 *
 * @param options.ownerOf who a context stands for: nobody sees what others have. Without it there is one person.
 */
export function memoryStore<Context>(
  options: { ownerOf?: (context: Context) => string } = {},
): Store<Context> {
  const shelves = new Map<string, Shelf>();
  const of = (context: Context): Shelf => {
    const owner = options.ownerOf?.(context) ?? '';
    const shelf = shelves.get(owner) ?? { threads: new Map(), items: new Map(), attachments: new Map() };
    shelves.set(owner, shelf);
    return shelf;
  };
  const save = async (threadId: string, item: ThreadItem, context: Context) => {
    const { items } = of(context);
    const ofThread = items.get(threadId) ?? new Map<string, ThreadItem>();
    ofThread.set(item.id, structuredClone(item));
    items.set(threadId, ofThread);
  };

  return {
    generateThreadId: () => newId('thread'),
    generateItemId: (kind) => newId(kind),
    loadThread: async (id, context) => found(of(context).threads.get(id), 'thread', id),
    saveThread: async (thread, context) => void of(context).threads.set(thread.id, structuredClone(thread)),
    loadThreads: async (page, context) => paginate([...of(context).threads.values()], page, 'thread'),
    deleteThread: async (id, context) => {
      of(context).threads.delete(id);
      of(context).items.delete(id);
    },
    loadThreadItems: async (threadId, page, context) => {
      const found = paginate([...(of(context).items.get(threadId)?.values() ?? [])], page, 'item');
      return { ...found, data: found.data.map((item) => threadItemSchema.parse(item)) };
    },
    addThreadItem: save,
    saveItem: save,
    loadItem: async (threadId, id, context) =>
      threadItemSchema.parse(found(of(context).items.get(threadId)?.get(id), 'item', id)),
    deleteThreadItem: async (threadId, id, context) => void of(context).items.get(threadId)?.delete(id),
    saveAttachment: async (attachment, context) =>
      void of(context).attachments.set(attachment.id, structuredClone(attachment)),
    loadAttachment: async (id, context) => found(of(context).attachments.get(id), 'attachment', id),
    deleteAttachment: async (id, context) => void of(context).attachments.delete(id),
    replaceUserMessage: async ({ replacedId, attachments, message }, context) => {
      const shelf = of(context);
      const ofThread = shelf.items.get(message.thread_id) ?? new Map<string, ThreadItem>();
      const all = [...ofThread.values()];
      const from = all.findIndex(({ id, type }) => id === replacedId && type === 'user_message');
      if (from === -1) throw new NotFoundError('item', replacedId);
      const removed = all.slice(from);
      for (const { id } of removed) ofThread.delete(id);
      ofThread.set(message.id, structuredClone(message));
      for (const attachment of attachments) shelf.attachments.set(attachment.id, structuredClone(attachment));
      const named = new Set(
        [...shelf.items.values()].flatMap((items) => [...items.values()]).flatMap(namedBy),
      );
      for (const id of removed.flatMap(namedBy)) {
        const record = shelf.attachments.get(id);
        if (record?.thread_id === message.thread_id && !named.has(id)) record.thread_id = null;
      }
      return removed.map(({ id, type }) => ({ id, type }));
    },
  };
}

/** Ids of the attachments of a message. */
function namedBy(item: ThreadItem): string[] {
  return item.type === 'user_message' ? item.attachments.map(({ id }) => id) : [];
}

/** What leaves or enters the store is a copy: later changes to it are nobody else's. */
function found<T>(value: T | undefined, what: 'thread' | 'item' | 'attachment', id: string): T {
  if (value === undefined) throw new NotFoundError(what, id);
  return structuredClone(value);
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
