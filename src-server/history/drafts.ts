/** Drafts in a person's history: what was typed and not sent. */
import { asc, desc, eq, notInArray, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { draftSchema, type KeptDraft, MAX_DRAFTS, NEW_THREAD_KEY } from '../../src-shared/api/index.ts';
import { NotFoundError } from '../chatkit/index.ts';
import { attachments, drafts, threads } from '../database/history/schema.ts';

/** The drafts of one person. */
export interface Drafts {
  /** All of them by key, without attachments that are gone. */
  all(): Record<string, KeptDraft>;
  /**
   * Keeps a draft in place of an earlier one; with {@link MAX_DRAFTS} the one not changed for longest goes. On disk when
   * it returns.
   *
   * @throws {NotFoundError} when there is no such thread
   */
  save(key: string, draft: KeptDraft): void;
  /** Takes a draft away; one that is not there is no error. */
  remove(key: string): void;
  /** Ids of all attachments that stand in drafts. */
  attachmentIds(): ReadonlySet<string>;
}

/** Drafts over an open history; `atomically` runs work as one transaction. */
export function draftsOver(database: BetterSQLite3Database, atomically: (work: () => void) => void): Drafts {
  const attachmentIds = () =>
    new Set(
      database
        .select({ ids: drafts.attachments })
        .from(drafts)
        .all()
        .flatMap(({ ids }): unknown[] => JSON.parse(ids))
        .filter((id) => typeof id === 'string'),
    );

  return {
    attachmentIds,

    all() {
      const rows = database.select().from(drafts).orderBy(asc(drafts.revision)).all();
      const there = new Set(
        database
          .select({ id: attachments.id })
          .from(attachments)
          .where(
            sql`${attachments.id} IN (SELECT value FROM json_each(${JSON.stringify([...attachmentIds()])}))`,
          )
          .all()
          .map(({ id }) => id),
      );
      return Object.fromEntries(
        rows.flatMap(({ key, body }) => {
          // One that an earlier Foyer wrote otherwise must not keep the rest from being read.
          const kept = draftSchema.safeParse(JSON.parse(body));
          return kept.success ? [[key, withAttachments(kept.data, there)]] : [];
        }),
      );
    },

    save(key, draft) {
      const threadId = key === NEW_THREAD_KEY ? null : key;
      const body = JSON.stringify(draft);
      const ids = JSON.stringify(
        messagesOf(draft).flatMap((message) => message.attachments.map(({ id }) => id)),
      );
      atomically(() => {
        const known =
          threadId === null ||
          database.select({ id: threads.id }).from(threads).where(eq(threads.id, threadId)).get() !==
            undefined;
        if (!known) throw new NotFoundError('thread', key);
        const revision = sql<number>`(SELECT coalesce(max(${drafts.revision}), 0) + 1 FROM ${drafts})`;
        database
          .insert(drafts)
          .values({ key, threadId, body, attachments: ids, revision })
          .onConflictDoUpdate({ target: drafts.key, set: { body, attachments: ids, revision } })
          .run();
        const newest = database
          .select({ key: drafts.key })
          .from(drafts)
          .orderBy(desc(drafts.revision))
          .limit(MAX_DRAFTS);
        database.delete(drafts).where(notInArray(drafts.key, newest)).run();
      });
    },

    remove(key) {
      database.delete(drafts).where(eq(drafts.key, key)).run();
    },
  };
}

function messagesOf({ draft, queue, edit }: KeptDraft): KeptDraft['draft'][] {
  return [draft, ...queue.map((message) => message.draft), ...(edit === undefined ? [] : [edit.draft])];
}

function withAttachments(kept: KeptDraft, there: ReadonlySet<string>): KeptDraft {
  const only = (message: KeptDraft['draft']) => ({
    ...message,
    attachments: message.attachments.filter(({ id }) => there.has(id)),
  });
  return {
    ...kept,
    draft: only(kept.draft),
    queue: kept.queue.map((message) => ({ ...message, draft: only(message.draft) })),
    ...(kept.edit === undefined ? {} : { edit: { ...kept.edit, draft: only(kept.edit.draft) } }),
  };
}
