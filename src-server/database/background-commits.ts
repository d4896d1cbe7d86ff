/** Transactions whose wait for the disk holds nobody up: the server works on while a thread of Node's pool waits. */
import fs from 'node:fs';
import { promisify } from 'node:util';
import type Database from 'better-sqlite3';
import { unflushedTransactionsOf } from './transactions.ts';

const fdatasync = promisify(fs.fdatasync);

/** Thrown when a transaction was committed and the disk then failed: it is seen, but might not outlive the computer. */
export class NotFlushedError extends Error {
  override readonly name = 'NotFlushedError';
}

export interface BackgroundCommits {
  /**
   * Runs `work` as one transaction. Everybody sees it at once; it is on disk when the promise resolves, just as with
   * `synchronous = FULL`, where SQLite itself would flush the log with every commit and let all wait for it.
   *
   * @param committed gets what `work` gave as soon as everybody sees it, before it is on disk
   * @throws what `work` and SQLite throw, with nothing changed
   * @throws {NotFlushedError}
   */
  commit<T>(work: () => T, committed?: (result: T) => void): Promise<T>;
  /**
   * The same without waiting for the disk at all: for what can be made anew when the power fails in the next moments.
   *
   * @throws what `work` and SQLite throw, with nothing changed
   */
  commitUnflushed<T>(work: () => T): T;
  /** Comes before the database is closed. Resolves when nothing is waited for and no file is held. */
  close(): Promise<void>;
}

/**
 * @param database in WAL mode with `synchronous = FULL`
 * @param flush brings what was written to an open file to the disk
 */
export function backgroundCommits(
  database: Database.Database,
  flush: (descriptor: number) => Promise<void> = fdatasync,
): BackgroundCommits {
  /** The log; it is one file as long as the database is open, whatever checkpoints make of its content. */
  let log: number | null = null;
  let flushing: Promise<void> = Promise.resolve();

  const flushLog = async (): Promise<void> => {
    try {
      log ??= fs.openSync(`${database.name}-wal`, 'r+');
      await flush(log);
    } catch (cause) {
      throw new NotFlushedError('the disk failed', { cause });
    }
  };

  const commitUnflushed = unflushedTransactionsOf(database);

  return {
    commitUnflushed,
    async commit(work, committed) {
      const result = commitUnflushed(work);
      committed?.(result);
      const flushed = flushLog();
      flushing = Promise.allSettled([flushing, flushed]).then(() => undefined);
      await flushed;
      return result;
    },
    async close() {
      await flushing;
      if (log !== null) fs.closeSync(log);
      log = null;
    },
  };
}
