/** A store that remembers every write in order, and what has to be there afterwards, as it was given. */
import type { Attachment, Store, ThreadItem, ThreadMetadata } from '../../src-server/chatkit-server.ts';

export interface RecordedStore<Context> extends Store<Context> {
  /** The method and the id of each write since the last call. */
  takeWrites(): string[][];
  /** What was written, in the form of a case's `final_store`. */
  contents(): { threads: object; items: object; attachments: object };
}

export function recordedStore<Context>(store: Store<Context>): RecordedStore<Context> {
  let writes: string[][] = [];
  const threads = new Map<string, ThreadMetadata>();
  const items = new Map<string, Map<string, ThreadItem>>();
  const attachments = new Map<string, Attachment>();
  const putItem = (threadId: string, item: ThreadItem) => {
    const ofThread = items.get(threadId) ?? new Map<string, ThreadItem>();
    ofThread.set(item.id, structuredClone(item));
    items.set(threadId, ofThread);
  };
  const record = {
    thread(thread: ThreadMetadata) {
      writes.push(['save_thread', thread.id]);
      threads.set(thread.id, structuredClone(thread));
    },
    attachment(attachment: Attachment) {
      writes.push(['save_attachment', attachment.id]);
      attachments.set(attachment.id, structuredClone(attachment));
    },
    added(threadId: string, item: ThreadItem) {
      writes.push(['add_thread_item', item.id]);
      putItem(threadId, item);
    },
  };
  const { saveUserMessage } = store;

  return {
    ...store,
    takeWrites() {
      const taken = writes;
      writes = [];
      return taken;
    },
    contents: () => ({
      threads: Object.fromEntries(threads),
      items: Object.fromEntries(
        [...items]
          .filter(([, ofThread]) => ofThread.size > 0)
          .map(([id, ofThread]) => [id, [...ofThread.values()]]),
      ),
      attachments: Object.fromEntries(attachments),
    }),
    async saveThread(thread, context) {
      await store.saveThread(thread, context);
      record.thread(thread);
    },
    async deleteThread(id, context) {
      await store.deleteThread(id, context);
      writes.push(['delete_thread', id]);
      threads.delete(id);
      items.delete(id);
    },
    async addThreadItem(threadId, item, context) {
      await store.addThreadItem(threadId, item, context);
      record.added(threadId, item);
    },
    async saveItem(threadId, item, context) {
      await store.saveItem(threadId, item, context);
      writes.push(['save_item', item.id]);
      putItem(threadId, item);
    },
    async deleteThreadItem(threadId, id, context) {
      await store.deleteThreadItem(threadId, id, context);
      writes.push(['delete_thread_item', id]);
      items.get(threadId)?.delete(id);
    },
    async saveAttachment(attachment, context) {
      await store.saveAttachment(attachment, context);
      record.attachment(attachment);
    },
    async deleteAttachment(id, context) {
      await store.deleteAttachment(id, context);
      writes.push(['delete_attachment', id]);
      attachments.delete(id);
    },
    ...(saveUserMessage === undefined
      ? {}
      : {
          // One step on the disk; in the protocol's terms the writes that it stands for.
          async saveUserMessage(written, context) {
            await saveUserMessage(written, context);
            if (written.newThread !== null) record.thread(written.newThread);
            for (const attachment of written.attachments) record.attachment(attachment);
            record.added(written.message.thread_id, written.message);
          },
        }),
  };
}
