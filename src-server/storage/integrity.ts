/** Whether SQLite can read every page of a database, and finds its tables and indexes as they should be. */
import type Database from 'better-sqlite3';
import type { IntegrityReport } from '../../src-shared/api/index.ts';

/** Problems of one table that are told; a damaged file has thousands. */
const MAX_PROBLEMS = 20;

/** Checks table by table, so that there is progress to tell and something to stop between. */
export function checkIntegrity(
  database: Database.Database,
  onProgress?: (done: number, total: number) => void,
): IntegrityReport {
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const check = database
    .prepare<[string, number], string>('SELECT quick_check FROM pragma_quick_check(?) LIMIT ?')
    .pluck();
  const problems = tables.flatMap((table, index) => {
    onProgress?.(index, tables.length);
    return check.all(table, MAX_PROBLEMS).filter((line) => line !== 'ok');
  });
  return { problems: [...new Set(problems)].slice(0, MAX_PROBLEMS), tables: tables.length };
}
