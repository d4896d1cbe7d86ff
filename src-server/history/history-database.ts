/** One person's open history with its prepared statements. What is synchronous here is short. */
import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import {
  type Attachment,
  attachmentSchema,
  type Page,
  type ThreadItem,
  type ThreadMetadata,
  threadItemSchema,
  threadMetadataSchema,
} from '../../src-shared/chatkit/index.ts';
import {
  NotFoundError,
  type PageRequest,
  type RemovedItem,
  type UserMessageReplacement,
} from '../chatkit/index.ts';
import { backgroundCommits } from '../database/background-commits.ts';
import { attachments, items, threads } from '../database/history/schema.ts';
import { type OpenDatabaseOptions, openDatabase } from '../database/open.ts';
import { transactionsOf } from '../database/transactions.ts';
import { draftsOver } from './drafts.ts';
import { attachmentIdsOf, releaseAttachments } from './release-attachments.ts';
import { searchText } from './search-text.ts';
import { openTextIndex } from './text-index.ts';
import { userMessagesOver } from './user-messages.ts';

/**
 * Opens a person's history.
 *
 * @throws {DatabaseKeyError} {@link DatabaseFromFutureError}
 */
export function openHistoryDatabase(options: OpenDatabaseOptions) {
  const client = openDatabase(options);
  const database = drizzle(client);
  const $ = sql.placeholder;

  const threadById = database
    .select()
    .from(threads)
    .where(eq(threads.id, $('id')))
    .prepare();
  const threadPages = {
    asc: database
      .select({ body: threads.body })
      .from(threads)
      .where(sql`(${threads.createdAt}, ${threads.sequence}) > (${$('createdAt')}, ${$('sequence')})`)
      .orderBy(asc(threads.createdAt), asc(threads.sequence))
      .limit($('limit'))
      .prepare(),
    desc: database
      .select({ body: threads.body })
      .from(threads)
      .where(sql`(${threads.createdAt}, ${threads.sequence}) < (${$('createdAt')}, ${$('sequence')})`)
      .orderBy(desc(threads.createdAt), desc(threads.sequence))
      .limit($('limit'))
      .prepare(),
  };
  const itemById = database
    .select()
    .from(items)
    .where(and(eq(items.threadId, $('threadId')), eq(items.id, $('id'))))
    .prepare();
  const itemPages = {
    asc: database
      .select({ body: items.body })
      .from(items)
      .where(and(eq(items.threadId, $('threadId')), gt(items.sequence, $('sequence'))))
      .orderBy(asc(items.sequence))
      .limit($('limit'))
      .prepare(),
    desc: database
      .select({ body: items.body })
      .from(items)
      .where(and(eq(items.threadId, $('threadId')), lt(items.sequence, $('sequence'))))
      .orderBy(desc(items.sequence))
      .limit($('limit'))
      .prepare(),
  };
  const writeThread = database
    .insert(threads)
    .values({ id: $('id'), createdAt: $('createdAt'), title: $('title'), body: $('body') })
    .onConflictDoUpdate({
      target: threads.id,
      set: { title: sql`excluded.title`, body: sql`excluded.body` },
    })
    .returning({ sequence: threads.sequence })
    .prepare();
  const writeItem = database
    .insert(items)
    .values({ id: $('id'), threadId: $('threadId'), type: $('type'), body: $('body') })
    .onConflictDoUpdate({
      target: [items.threadId, items.id],
      set: { type: sql`excluded.type`, body: sql`excluded.body` },
    })
    .returning({ sequence: items.sequence })
    .prepare();

  /** One transaction; within another, a part of it. */
  const atomically = transactionsOf(client);

  const drafts = draftsOver(database, atomically);
  const commits = backgroundCommits(client);
  const index = openTextIndex(client, commits);
  const userMessages = userMessagesOver(client, commits, index);

  function saveThread(thread: ThreadMetadata): void {
    const body = JSON.stringify(threadMetadataSchema.parse(thread));
    const title = thread.title ?? null;
    atomically(() => {
      const { sequence } = writeThread.get({ id: thread.id, createdAt: thread.created_at, title, body });
      index.title(sequence, title ?? '');
    });
  }

  function saveItem(threadId: string, item: ThreadItem): void {
    const body = JSON.stringify(item);
    const text = searchText(item);
    atomically(() => {
      if (threadById.get({ id: threadId }) === undefined) throw new NotFoundError('thread', threadId);
      const { sequence } = writeItem.get({ id: item.id, threadId, type: item.type, body });
      index.item(sequence, text);
    });
  }

  function saveAttachment(attachment: Attachment): void {
    const body = JSON.stringify(attachment);
    database
      .insert(attachments)
      .values({ id: attachment.id, body })
      .onConflictDoUpdate({ target: attachments.id, set: { body } })
      .run();
  }

  return {
    loadThread(id: string): ThreadMetadata {
      const row = threadById.get({ id });
      if (row === undefined) throw new NotFoundError('thread', id);
      return threadMetadataSchema.parse(JSON.parse(row.body));
    },

    saveThread,

    loadThreads(request: PageRequest): Page<ThreadMetadata> {
      let cursor = edge(request.order);
      if (request.after !== null) {
        const row = threadById.get({ id: request.after });
        if (row === undefined) throw new NotFoundError('thread', request.after);
        cursor = { createdAt: row.createdAt, sequence: row.sequence };
      }
      const rows = threadPages[request.order].all({ ...cursor, limit: request.limit + 1 });
      return toPage(rows, request.limit, (body) => threadMetadataSchema.parse(JSON.parse(body)));
    },

    deleteThread(id: string): void {
      database.delete(threads).where(eq(threads.id, id)).run();
    },

    loadItems(threadId: string, request: PageRequest): Page<ThreadItem> {
      let { sequence } = edge(request.order);
      if (request.after !== null) {
        const row = itemById.get({ threadId, id: request.after });
        if (row === undefined) throw new NotFoundError('item', request.after);
        sequence = row.sequence;
      }
      const rows = itemPages[request.order].all({ threadId, sequence, limit: request.limit + 1 });
      return toPage(rows, request.limit, (body) => threadItemSchema.parse(JSON.parse(body)));
    },

    loadItem(threadId: string, id: string): ThreadItem {
      const row = itemById.get({ threadId, id });
      if (row === undefined) throw new NotFoundError('item', id);
      return threadItemSchema.parse(JSON.parse(row.body));
    },

    saveItem,

    /** {@link saveItem} without a wait of the whole server for the disk. @throws {NotFlushedError} */
    commitItem: (threadId: string, item: ThreadItem): Promise<void> =>
      commits.commit(() => saveItem(threadId, item)),

    /** {@link saveThread} without a wait of the whole server for the disk. @throws {NotFlushedError} */
    commitThread: (thread: ThreadMetadata): Promise<void> => commits.commit(() => saveThread(thread)),

    deleteItem(threadId: string, id: string): void {
      database
        .delete(items)
        .where(and(eq(items.threadId, threadId), eq(items.id, id)))
        .run();
    },

    saveAttachment,

    saveUserMessage: userMessages.save,

    replaceUserMessage({ replacedId, attachments: records, message }: UserMessageReplacement): RemovedItem[] {
      const threadId = message.thread_id;
      return atomically(() => {
        const replaced = itemById.get({ threadId, id: replacedId });
        if (replaced?.type !== 'user_message') throw new NotFoundError('item', replacedId);
        const removed = database
          .delete(items)
          .where(and(eq(items.threadId, threadId), gte(items.sequence, replaced.sequence)))
          .returning({
            sequence: items.sequence,
            id: items.id,
            type: sql<ThreadItem['type']>`${items.type}`,
            files: attachmentIdsOf(items.body),
          })
          .all()
          // SQLite gives them in no certain order.
          .sort((a, b) => a.sequence - b.sequence);
        for (const record of records) saveAttachment(record);
        saveItem(threadId, message);
        releaseAttachments(
          database,
          threadId,
          removed.flatMap(({ files }) => (files === null ? [] : JSON.parse(files))),
        );
        return removed.map(({ id, type }) => ({ id, type }));
      });
    },

    loadAttachment(id: string): Attachment {
      const row = database.select().from(attachments).where(eq(attachments.id, id)).get();
      if (row === undefined) throw new NotFoundError('attachment', id);
      return attachmentSchema.parse(JSON.parse(row.body));
    },

    /** What was typed and not sent. */
    drafts,

    /** Every record, whether the thread that it was sent in is still there, and whether a draft names it. */
    attachmentRecords(): { attachment: Attachment; threadExists: boolean; inDraft: boolean }[] {
      const drafted = drafts.attachmentIds();
      // A join, for it names the table of each column: a subquery here would read the body of the thread.
      return database
        .select({ id: attachments.id, body: attachments.body, threadId: threads.id })
        .from(attachments)
        .leftJoin(threads, eq(threads.id, sql`json_extract(${attachments.body}, '$.thread_id')`))
        .all()
        .map((row) => ({
          attachment: attachmentSchema.parse(JSON.parse(row.body)),
          threadExists: row.threadId !== null,
          inDraft: drafted.has(row.id),
        }));
    },

    deleteAttachment(id: string): void {
      database.delete(attachments).where(eq(attachments.id, id)).run();
    },

    /** The connection itself, for integrity checks and query plans. */
    client,

    /** Resolves when what is being written has reached the disk and no file is held. */
    async close(): Promise<void> {
      index.close();
      await commits.close();
      client.pragma('optimize');
      client.close();
    },
  };
}

export type HistoryDatabase = ReturnType<typeof openHistoryDatabase>;

/** A cursor before the first row, in either order. ISO dates sort between '' and '~'. */
function edge(order: PageRequest['order']): { createdAt: string; sequence: number } {
  return order === 'asc'
    ? { createdAt: '', sequence: 0 }
    : { createdAt: '~', sequence: Number.MAX_SAFE_INTEGER };
}

/** One row more than the limit was asked for: it tells whether there is more. */
function toPage<T extends { id: string }>(
  rows: readonly { body: string }[],
  limit: number,
  parse: (body: string) => T,
): Page<T> {
  const data = rows.slice(0, limit).map((row) => parse(row.body));
  const last = data.at(-1);
  return rows.length > limit && last !== undefined
    ? { data, has_more: true, after: last.id }
    : { data, has_more: false };
}
