import path from 'node:path';
import Database from 'better-sqlite3';

/** Thrown when another Foyer already works on the data folder. */
export class DataInUseError extends Error {
  override readonly name = 'DataInUseError';
}

/**
 * Makes sure that only one Foyer at a time works on a data folder. The lock belongs to the process: whatever ends
 * it, kill -9 included, frees the lock, which a file with a process id in it would not do.
 *
 * @returns releases the lock
 * @throws {DataInUseError}
 */
export function lockDataDir(dataDir: string): () => void {
  const database = new Database(path.join(dataDir, 'lock.db'), { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new DataInUseError(
        `Foyer is already running with the data in ${dataDir}. Use that window, or start with another --data folder.`,
      );
    }
    throw error;
  }
  return () => {
    database.close();
  };
}
