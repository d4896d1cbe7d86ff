import type Database from 'better-sqlite3';

/**
 * Runs work as one transaction that takes the write lock first; within another, as a part of it. One transaction serves
 * all work on a connection: making one costs half of what running it does.
 */
export function transactionsOf(database: Database.Database): <T>(work: () => T) => T {
  const run = database.transaction((work: () => unknown) => work()).immediate;
  return <T>(work: () => T) => run(work) as T;
}

/**
 * The same without waiting for the disk, on a connection that else does: what was written outlives the process however
 * it ends, and a failure of the power may take the last of it. Not within another transaction.
 */
export function unflushedTransactionsOf(database: Database.Database): <T>(work: () => T) => T {
  const atomically = transactionsOf(database);
  return (work) => {
    // Not `pragma()`, which makes a statement and a list of rows each time: this happens with every message.
    database.exec('PRAGMA synchronous = NORMAL');
    try {
      return atomically(work);
    } finally {
      database.exec('PRAGMA synchronous = FULL');
    }
  };
}
