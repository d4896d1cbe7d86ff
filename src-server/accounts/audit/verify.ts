/** Checks the chain of the audit, row by row, without changing anything. */
import type { KeyObject } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { AuditFinding, AuditReport } from '../../../src-shared/api/index.ts';
import { type ChainHead, isSame, openHead, originOf, rowHash, type StoredRow } from './chain.ts';

/** Rows that are read at a time: each time is a short transaction of its own, so that writers are never held up. */
const ROWS_AT_A_TIME = 2_000;
/** Findings that are told one by one; the rest is counted. */
const MAX_FINDINGS = 50;

const SELECT = `SELECT sequence, at, actor_id AS actorId, action, subject_id AS subjectId, hash
  FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?`;

export interface VerifyOptions {
  /** May be open for reading only. */
  readonly database: Database.Database;
  /** The key of the chain; null: only missing numbers can be found. */
  readonly key: KeyObject | null;
  /** What the keychain remembers as the newest row. */
  readonly anchor: ChainHead | null;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What is written meanwhile is checked too. */
export function verifyAudit(options: VerifyOptions): AuditReport {
  const { database, key, onProgress } = options;
  const select = database.prepare<[number, number], StoredRow>(SELECT);
  const total = database.prepare<[], number>('SELECT max(sequence) FROM audit').pluck();
  const sealedHead = database
    .prepare<[], string>("SELECT value FROM installation WHERE name = 'audit_head'")
    .pluck();
  const check = new Checker(key, options.anchor);
  for (let last = 0; ; ) {
    // Rows and head as of one moment.
    const rows = database.transaction(() => {
      const sealed = sealedHead.get();
      check.head = key === null || sealed === undefined ? null : openHead(key, sealed);
      return select.all(last, ROWS_AT_A_TIME);
    })();
    for (const row of rows) check.next(row);
    last = rows.at(-1)?.sequence ?? last;
    onProgress?.(last, Math.max(last, total.get() ?? 0));
    if (rows.length < ROWS_AT_A_TIME) return check.end();
  }
}

/** Takes the rows one by one; each is judged when the one after it is known. */
class Checker {
  /** The newest row that Foyer wrote, as it is known now. */
  head: ChainHead | null = null;
  readonly #key: KeyObject | null;
  readonly #anchor: ChainHead | null;
  readonly #findings: AuditFinding[] = [];
  readonly #counts = { rows: 0, adopted: 0, unchained: 0, found: 0 };
  #waiting: StoredRow | null = null;
  /** The row before, and what its hash ought to be: the same as what it is when the row is sound. */
  #before: { readonly row: StoredRow; readonly expected: Buffer | null } | null = null;
  /** Time of the last sound row. */
  #after: string | null = null;
  #chainBegan = false;

  constructor(key: KeyObject | null, anchor: ChainHead | null) {
    this.#key = key;
    this.#anchor = anchor;
  }

  next(row: StoredRow): void {
    if (this.#waiting !== null) this.#judge(this.#waiting, row);
    this.#waiting = row;
  }

  end(): AuditReport {
    const last = this.#waiting;
    if (last !== null) this.#judge(last, null);
    this.#judgeEnd(last?.sequence ?? 0);
    const unsound = this.#key === null ? 'unchecked' : 'intact';
    return {
      outcome: this.#counts.found > 0 ? 'broken' : unsound,
      ...this.#counts,
      findings: this.#findings,
      newest: last === null ? null : { sequence: last.sequence, at: last.at },
    };
  }

  #judge(row: StoredRow, following: StoredRow | null): void {
    const key = this.#key;
    const isAfterGap = this.#gapBefore(row);
    this.#counts.rows += 1;
    const isWaiting = row.hash === null && this.#isPastHead(row);
    if (row.hash === null) this.#counts.unchained += 1;
    else this.#chainBegan = true;
    const previous = this.#before?.row.hash ?? null;
    let expected = row.hash;
    if (key !== null && !isWaiting) {
      const origin = originOf(key, row, previous);
      if (origin === 'adopted') this.#counts.adopted += 1;
      if (origin !== null || this.#cannotTell(key, row, isAfterGap)) this.#judgeSound(row);
      else {
        const kind = this.#kindOf(key, row, following, previous);
        this.#found({ kind, ...placeOf(row), after: this.#after });
        expected = rowHash(key, 'written', row, previous);
      }
    }
    this.#before = { row, expected };
  }

  /** The hash before is gone or was changed, and this row may be as it was. */
  #cannotTell(key: KeyObject, row: StoredRow, isAfterGap: boolean): boolean {
    if (row.hash === null) return false;
    return isAfterGap || (this.#before !== null && originOf(key, row, this.#before.expected) !== null);
  }

  #judgeSound(row: StoredRow): void {
    const after = this.#after;
    if (row.action === 'audit.newest_lost') this.#found({ kind: 'noted_lost', ...placeOf(row), after });
    const isOther = this.#anchor?.sequence === row.sequence && !isSame(this.#anchor.hash, row.hash);
    if (isOther || row.action === 'audit.rolled_back') {
      this.#found({ kind: 'rolled_back', ...placeOf(row), after });
    }
    this.#after = row.at;
  }

  /** @returns true when there is nothing to check the row against */
  #gapBefore({ sequence, at }: StoredRow): boolean {
    const from = (this.#before?.row.sequence ?? 0) + 1;
    if (sequence === from) return false;
    this.#found({ kind: 'missing', from, to: sequence - 1, after: this.#after, before: at });
    return true;
  }

  /** What happened to a row that does not fit: told by whether the row after it would fit in its place. */
  #kindOf(
    key: KeyObject,
    row: StoredRow,
    following: StoredRow | null,
    previous: Buffer | null,
  ): 'altered' | 'inserted' | 'moved' {
    if (this.#isPastHead(row)) return 'inserted';
    if (following === null) return 'altered';
    const inItsPlace = { ...following, sequence: row.sequence };
    if (originOf(key, inItsPlace, previous) === null) return 'altered';
    const swapped = { ...row, sequence: following.sequence };
    return originOf(key, swapped, following.hash) === null ? 'inserted' : 'moved';
  }

  /** Foyer chains no row after the head; before there is a chain, it chains none. */
  #isPastHead({ sequence }: StoredRow): boolean {
    if (this.head !== null) return sequence > this.head.sequence;
    return !this.#chainBegan && this.#anchor === null;
  }

  #judgeEnd(last: number): void {
    const { head } = this;
    const after = this.#after;
    if (this.#key === null || !(this.#chainBegan || head !== null || this.#anchor !== null)) return;
    const known = Math.max(head?.sequence ?? 0, this.#anchor?.sequence ?? 0);
    if (known > last) this.#found({ kind: 'missing', from: last + 1, to: known, after, before: null });
    else if (head === null) this.#found({ kind: 'newest_unknown', after });
  }

  #found(finding: AuditFinding): void {
    this.#counts.found += 1;
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
  }
}

function placeOf({ sequence, at }: StoredRow): { sequence: number; at: string } {
  return { sequence, at };
}
