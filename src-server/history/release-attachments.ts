/** Attachments whose messages were taken back: they belong to no thread any more, and are cleared away in time. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { attachments, items } from '../database/history/schema.ts';

/** The ids of the attachments of an item, as a JSON array, from its body; null for an item that has none. */
export function attachmentIdsOf(body: typeof items.body): SQL<string | null> {
  return sql<
    string | null
  >`CASE WHEN json_array_length(${body}, '$.attachments') > 0 THEN (SELECT json_group_array(json_extract(one.value, '$.id')) FROM json_each(${body}, '$.attachments') AS one) END`;
}

/**
 * Unties attachments of removed messages from their thread, unless a message that is left has them too. What is tied to
 * another thread by now stays as it is. Part of a transaction of the caller.
 */
export function releaseAttachments(
  database: BetterSQLite3Database,
  threadId: string,
  ids: readonly string[],
): void {
  if (ids.length === 0) return;
  const given = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const named = sql`(SELECT json_extract(one.value, '$.id') FROM ${items}, json_each(${items.body}, '$.attachments') AS one WHERE ${items.type} = 'user_message')`;
  database
    .update(attachments)
    .set({ body: sql`json_set(${attachments.body}, '$.thread_id', NULL)` })
    .where(
      and(
        sql`${attachments.id} IN ${given}`,
        eq(sql`json_extract(${attachments.body}, '$.thread_id')`, threadId),
        sql`${attachments.id} NOT IN ${named}`,
      ),
    )
    .run();
}
