/** The full text of items and of titles. FTS5 tables are outside drizzle's schema language. */
import type Database from 'better-sqlite3';
import { threadItemSchema } from '../../src-shared/chatkit/index.ts';
import type { BackgroundCommits } from '../database/background-commits.ts';
import { searchText } from './search-text.ts';

export interface TextIndex {
  /** Replaces the text of an item, by its sequence; empty for none. Part of the caller's transaction. */
  item(sequence: number | bigint, text: string): void;
  /** The same for the title of a thread. */
  title(sequence: number | bigint, text: string): void;
  /**
   * Does the same for what was just committed, a moment later, with what stands in the tables by then. Nobody waits for
   * words to be found, while a person waits for the message to be on disk: this is more than half of its writing.
   */
  later(written: { readonly item: number | bigint; readonly thread: number | bigint | null }): void;
  /** Comes before the database is closed. */
  close(): void;
}

/** Milliseconds until the words of a message can be found: by then the model has been asked and the message written. */
const LATER_MS = 100;

/** What a crash can have left out is among so many of the newest; in truth it is what one moment wrote. */
const NEWEST = 64;

/** Opens the index and adds what a crash left out. */
export function openTextIndex(
  client: Database.Database,
  commits: Pick<BackgroundCommits, 'commitUnflushed'>,
): TextIndex {
  const item = indexStatements(client, 'item_text');
  const title = indexStatements(client, 'title_text');
  const itemBySequence = client.prepare<[number | bigint], { body: string }>(
    'SELECT body FROM items WHERE sequence = ?',
  );
  const threadBySequence = client.prepare<[number | bigint], { title: string | null }>(
    'SELECT title FROM threads WHERE sequence = ?',
  );
  let items: (number | bigint)[] = missingItems(client);
  let threads: (number | bigint)[] = missingTitles(client);
  let planned: NodeJS.Timeout | null = null;

  const textOf = (body: string) => searchText(threadItemSchema.parse(JSON.parse(body)));
  const add = () => {
    for (const sequence of items) {
      const row = itemBySequence.get(sequence);
      // It may have been deleted meanwhile.
      if (row !== undefined) item(sequence, textOf(row.body));
    }
    for (const sequence of threads) {
      const row = threadBySequence.get(sequence);
      if (row !== undefined) title(sequence, row.title ?? '');
    }
  };
  const catchUp = () => {
    if (planned !== null) clearTimeout(planned);
    planned = null;
    if (items.length === 0 && threads.length === 0) return;
    try {
      commits.commitUnflushed(add);
    } catch {
      // A disk that is full is told to those who wait for their writes; the next opening finds what is missing.
    }
    items = [];
    threads = [];
  };
  catchUp();

  return {
    item,
    title,
    later(written) {
      items.push(written.item);
      if (written.thread !== null) threads.push(written.thread);
      planned ??= setTimeout(catchUp, LATER_MS).unref();
    },
    close: catchUp,
  };
}

/** The names are the two constants above. */
function indexStatements(client: Database.Database, table: 'item_text' | 'title_text') {
  const remove = client.prepare<[number | bigint]>(`DELETE FROM ${table} WHERE rowid = ?`);
  const insert = client.prepare<[number | bigint, string]>(
    `INSERT INTO ${table} (rowid, text) VALUES (?, ?)`,
  );
  return (sequence: number | bigint, text: string): void => {
    remove.run(sequence);
    if (text !== '') insert.run(sequence, text);
  };
}

/** Messages of people without an index. Those that hold only files have no words, and stay so. */
function missingItems(client: Database.Database): number[] {
  const newest =
    "SELECT sequence, body FROM items WHERE type = 'user_message' ORDER BY sequence DESC LIMIT ?";
  return client
    .prepare<[number], { sequence: number; body: string }>(
      `SELECT * FROM (${newest}) AS newest WHERE NOT EXISTS (SELECT 1 FROM item_text WHERE rowid = newest.sequence)`,
    )
    .all(NEWEST)
    .filter(({ body }) => searchText(threadItemSchema.parse(JSON.parse(body))) !== '')
    .map(({ sequence }) => sequence);
}

function missingTitles(client: Database.Database): number[] {
  const newest = 'SELECT sequence, title FROM threads ORDER BY sequence DESC LIMIT ?';
  return client
    .prepare<[number], { sequence: number }>(
      `SELECT sequence FROM (${newest}) AS newest
      WHERE title <> '' AND NOT EXISTS (SELECT 1 FROM title_text WHERE rowid = newest.sequence)`,
    )
    .all(NEWEST)
    .map(({ sequence }) => sequence);
}
