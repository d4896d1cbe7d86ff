import path from 'node:path';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { openDatabase } from '../database/open.ts';
import { transactionsOf, unflushedTransactionsOf } from '../database/transactions.ts';

/** `DATA/foyer.db` through drizzle. */
export type AccountsDatabase = BetterSQLite3Database & { readonly $client: ReturnType<typeof openDatabase> };

/** Takes the write lock first, so that what is read stays true until the commit. */
export type Atomically = <T>(work: () => T) => T;

export function atomicallyIn(database: AccountsDatabase): Atomically {
  return transactionsOf(database.$client);
}

/** {@link atomicallyIn} without waiting for the disk: a millisecond that a person would wait for each question. */
export function unflushedIn(database: AccountsDatabase): Atomically {
  return unflushedTransactionsOf(database.$client);
}

/** @throws {DatabaseFromFutureError} */
export function openAccountsDatabase(dataDir: string, migrationsDir: string): AccountsDatabase {
  return drizzle(openDatabase({ file: path.join(dataDir, 'foyer.db'), migrationsDir }));
}

/** Shorter than people notice; a thread that checks the whole file reads for seconds. */
const PURGE_WAIT_MS = 50;

/**
 * Takes what was deleted out of the files, also out of the log: deleted cells are overwritten in the pages
 * (`secure_delete`), the pages go into the file, and the log is cut to nothing.
 *
 * @returns false when somebody reads just now, so that the log stays until the next time
 */
export function purgeDeleted(database: AccountsDatabase): boolean {
  const { $client } = database;
  const usual = Number($client.pragma('busy_timeout', { simple: true }));
  $client.pragma(`busy_timeout = ${PURGE_WAIT_MS}`);
  try {
    return $client.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
  } finally {
    $client.pragma(`busy_timeout = ${usual}`);
  }
}
