import path from 'node:path';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { openDatabase } from '../database/open.ts';

/** `DATA/foyer.db` through drizzle. */
export type AccountsDatabase = BetterSQLite3Database & { readonly $client: ReturnType<typeof openDatabase> };

/** Takes the write lock first, so that what is read stays true until the commit. */
export type Atomically = <T>(work: () => T) => T;

export function atomicallyIn(database: AccountsDatabase): Atomically {
  return (work) => database.transaction(() => work(), { behavior: 'immediate' });
}

/** @throws {DatabaseFromFutureError} */
export function openAccountsDatabase(dataDir: string, migrationsDir: string): AccountsDatabase {
  return drizzle(openDatabase({ file: path.join(dataDir, 'foyer.db'), migrationsDir }));
}
