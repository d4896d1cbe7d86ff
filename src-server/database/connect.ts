/** One connection to a SQLite file, as every part of Foyer opens it. Small enough for a thread that only writes. */
import Database from 'better-sqlite3';

/**
 * @param key 32 random bytes; the file is encrypted with them as they are. Without: not encrypted
 * @throws {Database.SqliteError} `SQLITE_NOTADB` at the first use of a file that has another key
 */
export function connect(file: string, key?: Uint8Array): Database.Database {
  const database = new Database(file);
  try {
    if (key !== undefined) unlock(database, key);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma('temp_store = MEMORY');
    database.pragma('busy_timeout = 5000');
    database.pragma('foreign_keys = ON');
    if (process.platform === 'darwin') database.pragma('checkpoint_fullfsync = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The key is used raw: it is random already, and stretching it would cost 50 ms at each opening. */
function unlock(database: Database.Database, key: Uint8Array): void {
  if (key.length !== 32) throw new RangeError('a database key has 32 bytes');
  database.pragma("cipher = 'chacha20'");
  database.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
}

/**
 * A second connection that can change nothing, beside one that works: for threads that check, count or search.
 *
 * @param key as for {@link connect}
 */
export function connectReadOnly(file: string, key?: Uint8Array): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    if (key !== undefined) unlock(database, key);
    database.pragma('trusted_schema = OFF');
    database.pragma('temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
