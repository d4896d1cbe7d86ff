import path from 'node:path';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { connect } from '../database/connect.ts';
import { openDatabase } from '../database/open.ts';

/** `DATA/foyer.db` through drizzle. */
export type AccountsDatabase = BetterSQLite3Database & { readonly $client: ReturnType<typeof openDatabase> };

/** Takes the write lock first, so that what is read stays true until the commit. */
export type Atomically = <T>(work: () => T) => T;

export function atomicallyIn(database: AccountsDatabase): Atomically {
  // One for all: making a transaction costs half of what it does.
  const run = database.$client.transaction((work: () => unknown) => work()).immediate;
  return <T>(work: () => T) => run(work) as T;
}

/**
 * A second connection to the same file, whose transactions do not wait for the disk: what was written outlives the
 * process however it ends, and a failure of the power may take the last of it. A millisecond that a person would wait
 * for each question. The caller closes its client.
 */
export function openUnsynced(database: AccountsDatabase): AccountsDatabase {
  const client = connect(database.$client.name);
  client.pragma('synchronous = NORMAL');
  return drizzle(client);
}

/** @throws {DatabaseFromFutureError} */
export function openAccountsDatabase(dataDir: string, migrationsDir: string): AccountsDatabase {
  return drizzle(openDatabase({ file: path.join(dataDir, 'foyer.db'), migrationsDir }));
}

/**
 * Takes what was deleted out of the files, also out of the log: deleted cells are overwritten in the pages
 * (`secure_delete`), the pages go into the file, and the log is cut to nothing.
 *
 * @returns false when somebody reads just now, so that the log stays until the next time
 */
export function purgeDeleted(database: AccountsDatabase): boolean {
  return database.$client.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
}
