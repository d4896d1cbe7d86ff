/** History: one encrypted SQLite file per person, behind the ChatKit Store. That of a guest goes with the guest. */
import fs from 'node:fs';
import path from 'node:path';
import type { FoundThread } from '../../src-shared/api/index.ts';
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import type { IdKind, Store } from '../chatkit/index.ts';
import { newId } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import type { Drafts } from './drafts.ts';
import { type HistoryDatabase, openHistoryDatabase } from './history-database.ts';
import { searchThread } from './search/search-thread.ts';

const FILE = 'history.db';

/** How many people's histories stay open; the one not used for longest is closed first. */
const OPEN_HISTORIES = 32;

/** Conversations that one search gives. */
const MAX_FOUND = 50;

/** The form of the ids that accounts make; nothing else ever becomes part of a path. */
const USER_ID = /^usr_[a-z0-9]{20,64}$/;
const FOLDER = /^h_[a-z0-9]{20,64}$/;

export { type ExportedFile, type HistoryExport, historyExport } from './export/index.ts';
export { SearchFailedError } from './search/search-thread.ts';
export type { Drafts };

/** Whose history: what somebody writes as a guest is kept apart from what they wrote, or will write, as a user. */
export type Writer = Pick<RequestContext, 'userId' | 'role'>;

export interface HistoriesOptions {
  readonly dataDir: string;
  readonly migrationsDir: string;
  /** Folder of a person's present history below their own; null: their own. Default: their own. */
  readonly folder?: (userId: string) => string | null;
  /** The built `search-worker`, or `src-server/history/search/search-worker.ts`. Without: nothing can be searched. */
  readonly searchWorker?: string;
  /** The 32 bytes that encrypt a person's history. May throw when they are locked. */
  readonly dataKey: (writer: Writer) => Buffer;
}

export interface Histories {
  /** Scoped by the context: every call works on the caller's own file. */
  readonly store: Store<RequestContext>;
  /** Every attachment record of the caller, whether its thread is still there, and whether a draft names it. */
  attachmentRecords(
    context: RequestContext,
  ): { attachment: Attachment; threadExists: boolean; inDraft: boolean }[];
  /** What a person typed and did not send. */
  drafts(writer: Writer): Drafts;
  /**
   * The conversations that hold all words of a query, newest messages first.
   *
   * @param signal nobody waits for it any more
   * @throws {SearchFailedError}
   */
  search(writer: Writer, query: string, signal: AbortSignal): Promise<FoundThread[]>;
  /** The people whose history is open now. */
  openPeople(): readonly Writer[];
  /** Where a person's files belong. */
  filesFolder(writer: Writer): string;
  /** Deletes everything a person had. */
  remove(userId: string): Promise<void>;
  /** Deletes what somebody wrote as a guest. */
  removeStay(userId: string): Promise<void>;
  /** Closes a person's history until it is used again. Resolves when nothing holds its files any more. */
  release(writer: Writer): Promise<void>;
  close(): Promise<void>;
}

/** Opens no history yet; what guests left behind when Foyer was killed is removed at once. */
export function openHistories(options: HistoriesOptions): Histories {
  const open = new Map<string, { readonly writer: Writer; readonly history: HistoryDatabase }>();
  const searcher = options.searchWorker === undefined ? null : searchThread(options.searchWorker);
  /** Searches under way, by the folder whose files they hold. */
  const searching = new Map<string, Set<Promise<unknown>>>();
  const guestsFolder = path.join(options.dataDir, 'guests');
  const removeGuests = () => fs.rmSync(guestsFolder, { recursive: true, force: true });
  removeGuests();

  const homeOf = ({ userId, role }: Writer): string => {
    if (!USER_ID.test(userId)) throw new Error('not a user id');
    return role === 'guest' ? path.join(guestsFolder, userId) : path.join(options.dataDir, 'people', userId);
  };

  const folderOf = (writer: Writer): string => {
    const folder = writer.role === 'guest' ? null : (options.folder?.(writer.userId) ?? null);
    if (folder !== null && !FOLDER.test(folder)) throw new Error('not a folder of a history');
    return folder === null ? homeOf(writer) : path.join(homeOf(writer), folder);
  };

  const closeFolder = async (folder: string): Promise<void> => {
    const found = open.get(folder);
    open.delete(folder);
    await Promise.allSettled(searching.get(folder) ?? []);
    await found?.history.close();
  };
  /** All of them: another history can have taken the place of one that is still open. */
  const release = async ({ userId, role }: Writer): Promise<void> => {
    const isGuest = role === 'guest';
    const folders = [...open].filter(
      ([, { writer }]) => writer.userId === userId && (writer.role === 'guest') === isGuest,
    );
    await Promise.all(folders.map(([folder]) => closeFolder(folder)));
  };

  const historyOf = ({ userId, role }: Writer): HistoryDatabase => {
    const folder = folderOf({ userId, role });
    const found = open.get(folder);
    if (found !== undefined) {
      open.delete(folder);
      open.set(folder, found);
      return found.history;
    }
    // Before the folder: what is still at work for somebody who has gone must not leave one behind.
    const key = options.dataKey({ userId, role });
    fs.mkdirSync(path.join(folder, 'files'), { recursive: true, mode: 0o700 });
    const history = openHistoryDatabase({
      file: path.join(folder, FILE),
      key,
      migrationsDir: options.migrationsDir,
    });
    open.set(folder, { writer: { userId, role }, history });
    const [oldest] = open.keys();
    if (open.size > OPEN_HISTORIES && oldest !== undefined) void closeFolder(oldest);
    return history;
  };

  const removeAs = async (writer: Writer): Promise<void> => {
    const folder = homeOf(writer);
    await release(writer);
    await fs.promises.rm(folder, { recursive: true, force: true });
  };

  return {
    store: storeOver(historyOf),
    attachmentRecords: (context) => historyOf(context).attachmentRecords(),
    drafts: (writer) => historyOf(writer).drafts,
    async search(writer, query, signal) {
      if (searcher === null) return [];
      // Opened here first: what is new in it, and in Foyer, is written by nobody else.
      historyOf(writer);
      const folder = folderOf(writer);
      const key = options.dataKey(writer);
      const found = searcher.find({ file: path.join(folder, FILE), key, query, limit: MAX_FOUND }, signal);
      const ofFolder = searching.get(folder) ?? new Set();
      searching.set(folder, ofFolder.add(found));
      try {
        return await found;
      } finally {
        ofFolder.delete(found);
        if (ofFolder.size === 0) searching.delete(folder);
      }
    },
    openPeople: () => [...open.values()].map(({ writer }) => writer),
    filesFolder: (writer) => path.join(folderOf(writer), 'files'),
    release,
    async remove(userId) {
      await removeAs({ userId, role: 'user' });
      await removeAs({ userId, role: 'guest' });
    },
    removeStay: (userId) => removeAs({ userId, role: 'guest' }),
    async close() {
      await searcher?.close();
      await Promise.all([...open.keys()].map(closeFolder));
      removeGuests();
    },
  };
}

/** The Store's methods are async; SQLite's are not. A failure becomes a rejection either way. */
function storeOver(historyOf: (context: RequestContext) => HistoryDatabase): Store<RequestContext> {
  return {
    generateThreadId: () => newId('thread'),
    generateItemId: (kind: IdKind) => newId(kind),
    loadThread: async (id, context) => historyOf(context).loadThread(id),
    saveThread: async (thread, context) => historyOf(context).commitThread(thread),
    loadThreads: async (page, context) => historyOf(context).loadThreads(page),
    deleteThread: async (id, context) => historyOf(context).deleteThread(id),
    loadThreadItems: async (threadId, page, context) => historyOf(context).loadItems(threadId, page),
    addThreadItem: async (threadId, item, context) => historyOf(context).commitItem(threadId, item),
    saveItem: async (threadId, item, context) => historyOf(context).commitItem(threadId, item),
    loadItem: async (threadId, itemId, context) => historyOf(context).loadItem(threadId, itemId),
    deleteThreadItem: async (threadId, itemId, context) => historyOf(context).deleteItem(threadId, itemId),
    saveAttachment: async (attachment, context) => historyOf(context).saveAttachment(attachment),
    loadAttachment: async (id, context) => historyOf(context).loadAttachment(id),
    deleteAttachment: async (id, context) => historyOf(context).deleteAttachment(id),
    saveUserMessage: async (written, context) => historyOf(context).saveUserMessage(written),
    replaceUserMessage: async (written, context) => historyOf(context).replaceUserMessage(written),
  };
}
