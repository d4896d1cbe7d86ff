/** Reading the audit: pages of a few rows, newest first, each found through an index. */
import type Database from 'better-sqlite3';
import { type AuditGroup, type AuditPage, auditGroupOf } from '../../../src-shared/api/index.ts';
import type { AccountsDatabase } from '../database.ts';
import { labels } from './labels.ts';

/** Which rows are wanted. Everything is optional. */
export interface AuditFilter {
  /** Somebody who did it, or to whom it was done. */
  readonly person?: string | undefined;
  readonly groups?: readonly AuditGroup[] | undefined;
  /** ISO 8601, included. */
  readonly from?: string | undefined;
  /** ISO 8601, not included. */
  readonly to?: string | undefined;
}

export interface ReadRow {
  readonly sequence: number;
  readonly at: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectId: string | null;
  readonly hash: Buffer | null;
}

export type AuditReader = ReturnType<typeof openAuditReader>;

export function openAuditReader(database: AccountsDatabase) {
  const client = database.$client;
  const nextAction = client
    .prepare<[string], string>('SELECT action FROM audit WHERE action > ? ORDER BY action LIMIT 1')
    .pluck();
  const rowFrom = client.prepare<[number], Pick<ReadRow, 'sequence' | 'at'>>(
    'SELECT sequence, at FROM audit WHERE sequence >= ? ORDER BY sequence LIMIT 1',
  );
  const newest = client.prepare<[], number | null>('SELECT max(sequence) FROM audit').pluck();
  const select = selections(client);
  const labelsOf = labels(client);

  /** The actions that were ever written down: one look into the index for each. */
  const actions = (): string[] => {
    const found: string[] = [];
    for (let action = nextAction.get(''); action !== undefined; action = nextAction.get(action)) {
      found.push(action);
    }
    return found;
  };

  /**
   * The number of the first row that is not older. Rows are numbered as they are written, so that their times need no
   * index; where the clock was set back, rows belong to the time before it was.
   */
  const firstSince = (time: string): number => {
    let low = 1;
    let high = (newest.get() ?? 0) + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = rowFrom.get(middle);
      if (row === undefined || row.at >= time) high = middle;
      else low = row.sequence + 1;
    }
    return low;
  };

  /** Rows before `before`, the newest first. */
  const rows = (filter: AuditFilter, before: number, limit: number): ReadRow[] => {
    const { person, groups, from, to } = filter;
    const high = to === undefined ? before : Math.min(before, firstSince(to));
    const low = from === undefined ? 0 : firstSince(from);
    const wanted =
      groups === undefined || groups.length === 0
        ? null
        : actions().filter((action) => groups.includes(auditGroupOf(action)));
    const found = select({ person, actions: wanted }).flatMap((one) => one(low, high, limit));
    // Each part is sorted; together they hold the newest `limit` rows, some of them twice.
    found.sort((a, b) => b.sequence - a.sequence);
    return found.filter(({ sequence }, index) => sequence !== found[index - 1]?.sequence).slice(0, limit);
  };

  return {
    rows,
    labelsOf,

    /** @param before the number that the page before ended with; null for the newest */
    page(filter: AuditFilter, before: number | null, limit: number): AuditPage {
      const found = rows(filter, before ?? Number.MAX_SAFE_INTEGER, limit + 1);
      const shown = found.slice(0, limit);
      const label = labelsOf(shown);
      return {
        rows: shown.map(({ sequence, at, action, actorId, subjectId, hash }) => ({
          sequence,
          at,
          action,
          actor: actorId === null ? null : label(actorId),
          subject: subjectId === null ? null : label(subjectId),
          chained: hash !== null,
        })),
        next: found.length > limit ? (shown.at(-1)?.sequence ?? null) : null,
      };
    },
  };
}

/** Rows with numbers from `low` up to, not including, `high`, the newest first. */
type Select = (low: number, high: number, limit: number) => ReadRow[];

const COLUMNS = 'sequence, at, actor_id AS actorId, action, subject_id AS subjectId, hash';
const ORDERED = 'sequence >= ? AND sequence < ? ORDER BY sequence DESC LIMIT ?';

/**
 * One statement for each way to look: an index has its rows in order for one person and one action only. Each names its
 * index: SQLite, which knows nothing of how often an action happens, would walk through all rows of one to find those of
 * a person.
 */
export const AUDIT_STATEMENTS = {
  all: `SELECT ${COLUMNS} FROM audit WHERE ${ORDERED}`,
  action: `SELECT ${COLUMNS} FROM audit INDEXED BY audit_by_action WHERE action = ? AND ${ORDERED}`,
  actor: `SELECT ${COLUMNS} FROM audit INDEXED BY audit_by_actor WHERE actor_id = ? AND ${ORDERED}`,
  subject: `SELECT ${COLUMNS} FROM audit INDEXED BY audit_by_subject WHERE subject_id = ? AND ${ORDERED}`,
  actorAction: `SELECT ${COLUMNS} FROM audit INDEXED BY audit_by_actor_and_action WHERE actor_id = ? AND action = ? AND ${ORDERED}`,
  subjectAction: `SELECT ${COLUMNS} FROM audit INDEXED BY audit_by_subject_and_action WHERE subject_id = ? AND action = ? AND ${ORDERED}`,
} as const;

function selections(client: Database.Database) {
  const prepare = (sql: string) => client.prepare<(string | number)[], ReadRow>(sql);
  const all = prepare(AUDIT_STATEMENTS.all);
  const byAction = prepare(AUDIT_STATEMENTS.action);
  const byPerson = [prepare(AUDIT_STATEMENTS.actor), prepare(AUDIT_STATEMENTS.subject)];
  const byBoth = [prepare(AUDIT_STATEMENTS.actorAction), prepare(AUDIT_STATEMENTS.subjectAction)];
  const bind =
    (statement: Database.Statement<(string | number)[], ReadRow>, ...first: string[]): Select =>
    (low, high, limit) =>
      statement.all(...first, low, high, limit);

  return (filter: { person: string | undefined; actions: readonly string[] | null }): Select[] => {
    const { person, actions } = filter;
    if (actions === null && person === undefined) return [bind(all)];
    if (actions === null) return byPerson.map((statement) => bind(statement, String(person)));
    return actions.flatMap((action) =>
      person === undefined
        ? [bind(byAction, action)]
        : byBoth.map((statement) => bind(statement, person, action)),
    );
  };
}
