/** `DATA/people/USER/history.db`: what one person wrote and read; the whole file is encrypted. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Order is that of creation; `sequence` decides between equal times. */
export const threads = sqliteTable(
  'threads',
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    createdAt: text('created_at').notNull(),
    title: text(),
    /** The thread as the protocol has it, JSON. */
    body: text().notNull(),
  },
  (table) => [index('threads_by_creation').on(table.createdAt, table.sequence)],
);

/** Order is that of insertion. */
export const items = sqliteTable(
  'items',
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    /** The item as the protocol has it, JSON. */
    body: text().notNull(),
  },
  (table) => [
    uniqueIndex('items_by_id').on(table.threadId, table.id),
    index('items_by_thread').on(table.threadId, table.sequence),
  ],
);

export const attachments = sqliteTable('attachments', {
  id: text().primaryKey(),
  /** The record as the protocol has it, JSON; the bytes are files. */
  body: text().notNull(),
});

/** What stands in a message box and has not been sent; at most one for each thread and one for the new thread. */
export const drafts = sqliteTable('drafts', {
  /** The id of a thread, or `new` for the one that does not exist yet. */
  key: text().primaryKey(),
  /** Null for the new thread; a draft goes with its thread. */
  threadId: text('thread_id').references(() => threads.id, { onDelete: 'cascade' }),
  /** What the page gave, JSON. */
  body: text().notNull(),
  /** Ids of the attachments in it, a JSON array: they are not cleared away. */
  attachments: text().notNull(),
  /** Counts up with every change in this history: the lowest is the oldest. */
  revision: integer().notNull(),
});
