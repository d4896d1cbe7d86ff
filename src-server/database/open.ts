/** Opening SQLite databases: key, pragmas, migrations, and a refusal to touch what a newer Foyer wrote. */
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { z } from 'zod';
import { connect } from './connect.ts';

/** Thrown when a database was written by a newer Foyer; it is left untouched. */
export class DatabaseFromFutureError extends Error {
  override readonly name = 'DatabaseFromFutureError';
}

/** Thrown when a database is encrypted with another key, or is no database; it is left untouched. */
export class DatabaseKeyError extends Error {
  override readonly name = 'DatabaseKeyError';
}

export interface OpenDatabaseOptions {
  readonly file: string;
  /** 32 random bytes; the file is encrypted with them as they are. Without: not encrypted. */
  readonly key?: Buffer;
  /** Folder made by drizzle-kit. */
  readonly migrationsDir: string;
}

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })) });

/**
 * Opens or creates a database and brings it up to date.
 *
 * @throws {DatabaseFromFutureError}
 * @throws {DatabaseKeyError}
 */
export function openDatabase(options: OpenDatabaseOptions): Database.Database {
  createPrivately(options.file);
  let database: Database.Database | null = null;
  try {
    database = connect(options.file, options.key);
    // A migration that rebuilds a table drops it, and that would delete the rows that refer to it. Inside its
    // transaction it can no longer turn this off itself.
    database.pragma('foreign_keys = OFF');
    bringUpToDate(database, options);
    database.pragma('foreign_keys = ON');
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') {
      throw new DatabaseKeyError(`${options.file} cannot be opened with this key. It was left as it is.`);
    }
    throw error;
  }
}

/** SQLite gives its log and index the mode of the database file: only its owner may read any of them. */
function createPrivately(file: string): void {
  fs.closeSync(fs.openSync(file, 'a', 0o600));
}

function bringUpToDate(database: Database.Database, options: OpenDatabaseOptions): void {
  const journal = fs.readFileSync(path.join(options.migrationsDir, 'meta', '_journal.json'), 'utf8');
  const newest = Math.max(0, ...journalSchema.parse(JSON.parse(journal)).entries.map((entry) => entry.when));
  const applied = newestApplied(database);
  if (applied > newest) {
    throw new DatabaseFromFutureError(
      `${options.file} was written by a newer Foyer. Nothing was changed. Start that version again, or update this one.`,
    );
  }
  if (applied < newest) migrate(drizzle(database), { migrationsFolder: options.migrationsDir });
}

function newestApplied(database: Database.Database): number {
  const known = database
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE name = '__drizzle_migrations'")
    .get();
  if (known === undefined) return 0;
  const row = database
    .prepare<[], { newest: number | null }>('SELECT max(created_at) AS newest FROM __drizzle_migrations')
    .get();
  return Number(row?.newest ?? 0);
}
