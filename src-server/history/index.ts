/** History: one encrypted SQLite file per person, behind the ChatKit Store. */
import fs from 'node:fs';
import path from 'node:path';
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import type { IdKind, Store } from '../chatkit/index.ts';
import { newId } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import type { Drafts } from './drafts.ts';
import { type HistoryDatabase, openHistoryDatabase } from './history-database.ts';

/** How many people's histories stay open; the one not used for longest is closed first. */
const OPEN_HISTORIES = 32;

/** The form of the ids that accounts make; nothing else ever becomes part of a path. */
const USER_ID = /^usr_[a-z0-9]{20,64}$/;
const FOLDER = /^h_[a-z0-9]{20,64}$/;

export type { Drafts };

export interface HistoriesOptions {
  readonly dataDir: string;
  readonly migrationsDir: string;
  /** Folder of a person's present history below their own; null: their own. Default: their own. */
  readonly folder?: (userId: string) => string | null;
  /** The 32 bytes that encrypt a person's history. May throw when they are locked. */
  readonly dataKey: (userId: string) => Buffer;
}

export interface Histories {
  /** Scoped by the context: every call works on the caller's own file. */
  readonly store: Store<RequestContext>;
  /** Every attachment record of the caller, whether its thread is still there, and whether a draft names it. */
  attachmentRecords(
    context: RequestContext,
  ): { attachment: Attachment; threadExists: boolean; inDraft: boolean }[];
  /** What a person typed and did not send. */
  drafts(userId: string): Drafts;
  /** Ids of the people whose history is open now. */
  openPeople(): readonly string[];
  /** Where a person's files belong. */
  filesFolder(userId: string): string;
  /** Deletes everything a person had. */
  remove(userId: string): Promise<void>;
  /** Closes a person's history until it is used again. Resolves when nothing holds its files any more. */
  release(userId: string): Promise<void>;
  close(): Promise<void>;
}

export function openHistories(options: HistoriesOptions): Histories {
  /** By folder: when another history takes the place of one, what is still writing finds its own. */
  const open = new Map<string, { readonly userId: string; readonly history: HistoryDatabase }>();

  const homeOf = (userId: string): string => {
    if (!USER_ID.test(userId)) throw new Error('not a user id');
    return path.join(options.dataDir, 'people', userId);
  };
  const folderOf = (userId: string): string => {
    const folder = options.folder?.(userId) ?? null;
    if (folder !== null && !FOLDER.test(folder)) throw new Error('not a folder of a history');
    return folder === null ? homeOf(userId) : path.join(homeOf(userId), folder);
  };

  const close = async (folder: string): Promise<void> => {
    const found = open.get(folder);
    if (found === undefined) return;
    open.delete(folder);
    await found.history.close();
  };
  const release = async (userId: string): Promise<void> => {
    const folders = [...open].filter(([, held]) => held.userId === userId).map(([folder]) => folder);
    await Promise.all(folders.map(close));
  };

  const historyOf = ({ userId }: Pick<RequestContext, 'userId'>): HistoryDatabase => {
    const folder = folderOf(userId);
    const found = open.get(folder);
    if (found !== undefined) {
      open.delete(folder);
      open.set(folder, found);
      return found.history;
    }
    fs.mkdirSync(path.join(folder, 'files'), { recursive: true, mode: 0o700 });
    const history = openHistoryDatabase({
      file: path.join(folder, 'history.db'),
      key: options.dataKey(userId),
      migrationsDir: options.migrationsDir,
    });
    open.set(folder, { userId, history });
    const [oldest] = open.keys();
    if (open.size > OPEN_HISTORIES && oldest !== undefined) void close(oldest);
    return history;
  };

  return {
    store: storeOver(historyOf),
    attachmentRecords: (context) => historyOf(context).attachmentRecords(),
    drafts: (userId) => historyOf({ userId }).drafts,
    openPeople: () => [...new Set([...open.values()].map(({ userId }) => userId))],
    filesFolder: (userId) => path.join(folderOf(userId), 'files'),
    release,
    async remove(userId) {
      const folder = homeOf(userId);
      await release(userId);
      await fs.promises.rm(folder, { recursive: true, force: true });
    },
    async close() {
      await Promise.all([...open.keys()].map(close));
    },
  };
}

/** The Store's methods are async; SQLite's are not. A failure becomes a rejection either way. */
function storeOver(historyOf: (context: RequestContext) => HistoryDatabase): Store<RequestContext> {
  return {
    generateThreadId: () => newId('thread'),
    generateItemId: (kind: IdKind) => newId(kind),
    loadThread: async (id, context) => historyOf(context).loadThread(id),
    saveThread: async (thread, context) => historyOf(context).saveThread(thread),
    loadThreads: async (page, context) => historyOf(context).loadThreads(page),
    deleteThread: async (id, context) => historyOf(context).deleteThread(id),
    loadThreadItems: async (threadId, page, context) => historyOf(context).loadItems(threadId, page),
    addThreadItem: async (threadId, item, context) => historyOf(context).saveItem(threadId, item),
    saveItem: async (threadId, item, context) => historyOf(context).saveItem(threadId, item),
    loadItem: async (threadId, itemId, context) => historyOf(context).loadItem(threadId, itemId),
    deleteThreadItem: async (threadId, itemId, context) => historyOf(context).deleteItem(threadId, itemId),
    saveAttachment: async (attachment, context) => historyOf(context).saveAttachment(attachment),
    loadAttachment: async (id, context) => historyOf(context).loadAttachment(id),
    deleteAttachment: async (id, context) => historyOf(context).deleteAttachment(id),
    saveUserMessage: async (written, context) => historyOf(context).saveUserMessage(written),
    replaceUserMessage: async (written, context) => historyOf(context).replaceUserMessage(written),
  };
}
