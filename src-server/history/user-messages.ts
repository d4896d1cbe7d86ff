/** Writing what people send. It comes with every turn, so nobody waits for the disk meanwhile. */
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { NotFoundError, type UserMessageWrite } from '../chatkit/index.ts';
import { type BackgroundCommits, NotFlushedError } from '../database/background-commits.ts';
import { releaseAttachments } from './release-attachments.ts';
import type { TextIndex } from './text-index.ts';

export interface UserMessages {
  /**
   * Resolves when everything is on disk; nothing is there when it rejects, unless the disk refuses that too.
   *
   * @throws {NotFoundError} when the message is for a thread that does not exist
   */
  save(written: UserMessageWrite): Promise<void>;
}

/** @param index gets what was written, once that is committed */
export function userMessagesOver(
  client: Database.Database,
  commits: Pick<BackgroundCommits, 'commit'>,
  index: Pick<TextIndex, 'later'>,
): UserMessages {
  const insertThread = client.prepare<[string, string, string | null, string]>(
    'INSERT INTO threads (id, created_at, title, body) VALUES (?, ?, ?, ?)',
  );
  const insertAttachment = client.prepare<[string, string]>(
    'INSERT INTO attachments (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  );
  const insertItem = client.prepare<[string, string, string, string]>(
    'INSERT INTO items (id, thread_id, type, body) VALUES (?, ?, ?, ?)',
  );
  const deleteThread = client.prepare<[string]>('DELETE FROM threads WHERE id = ?');
  const deleteItem = client.prepare<[string, string]>('DELETE FROM items WHERE thread_id = ? AND id = ?');

  const insert = ({
    newThread,
    attachments,
    message,
  }: UserMessageWrite): Parameters<TextIndex['later']>[0] => {
    let thread: number | bigint | null = null;
    if (newThread !== null) {
      const { id, created_at, title } = newThread;
      thread = insertThread.run(id, created_at, title ?? null, JSON.stringify(newThread)).lastInsertRowid;
    }
    for (const attachment of attachments) insertAttachment.run(attachment.id, JSON.stringify(attachment));
    const { id, thread_id, type } = message;
    const item = insertItem.run(id, thread_id, type, JSON.stringify(message)).lastInsertRowid;
    return { item, thread };
  };

  /** A person is told that nothing was sent, and will send it again: it must not be there twice. */
  const takeBack = client.transaction(({ newThread, attachments, message }: UserMessageWrite): void => {
    deleteItem.run(message.thread_id, message.id);
    if (newThread !== null) deleteThread.run(newThread.id);
    const ids = attachments.map(({ id }) => id);
    releaseAttachments(drizzle(client), message.thread_id, ids);
  }).immediate;

  return {
    async save(written) {
      try {
        await commits.commit(() => insert(written), index.later);
      } catch (error) {
        if (error instanceof NotFlushedError) takeBack(written);
        if (error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') {
          throw new NotFoundError('thread', written.message.thread_id);
        }
        throw error;
      }
    },
  };
}
