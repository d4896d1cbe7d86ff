/** Writing the audit, and keeping its chain whole over starts with and without the keychain. */
import type { KeyObject } from 'node:crypto';
import { desc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { audit, installation as facts } from '../../database/accounts/schema.ts';
import type { AuditAction, AuditEntry, WriteAudit } from '../audit.ts';
import type { AccountsDatabase, Atomically } from '../database.ts';
import type { Installation } from '../installation.ts';
import { type ChainHead, isSame, openHead, rowHash, type StoredRow, sealHead } from './chain.ts';

/** The name under which the newest row is kept in `installation`. */
export const HEAD_NAME = 'audit_head';

/** Rows that are chained at a time when they were written without the key. */
const ADOPTED_AT_A_TIME = 1_000;

/** A row that another one can follow. */
interface Place {
  readonly sequence: number;
  readonly hash: Buffer | null;
}

const BEGINNING: Place = { sequence: 0, hash: null };

export interface AuditWriterOptions {
  readonly database: AccountsDatabase;
  readonly atomically: Atomically;
  readonly installation: Installation;
  readonly now: () => Date;
  /** Null: this run cannot chain; its rows are chained and marked by the next one that can. */
  readonly key: KeyObject | null;
  /** Whether the keychain knows that there was a chain before: then one is not begun anew. */
  readonly wasChained: boolean;
}

export interface AuditWriter {
  /** One row, in the transaction that is open, or in one of its own. */
  readonly write: WriteAudit;
  /** The newest row of the chain; null without a key. */
  head(): ChainHead | null;
  /** What the table says of one row. */
  hashAt(sequence: number): Buffer | null;
}

/** Opens the audit. Rows that are not chained yet are chained now, and a row says so. */
export function openAuditWriter(options: AuditWriterOptions): AuditWriter {
  const { database, atomically, installation, now, key } = options;
  /** There is a chain, or there was one: from now on a missing beginning is a loss. */
  let isBegun = options.wasChained;
  const newest = database.select().from(audit).orderBy(desc(audit.sequence)).limit(1).prepare();
  const insert = database
    .insert(audit)
    .values({
      sequence: sql.placeholder('sequence'),
      at: sql.placeholder('at'),
      actorId: sql.placeholder('actorId'),
      action: sql.placeholder('action'),
      subjectId: sql.placeholder('subjectId'),
      hash: sql.placeholder('hash'),
    })
    .prepare();
  const chainLate = database
    .update(audit)
    .set({ hash: sql`${sql.placeholder('hash')}` })
    .where(eq(audit.sequence, sql.placeholder('sequence')))
    .prepare();
  const hashAt = (sequence: number): Buffer | null =>
    database.select({ hash: audit.hash }).from(audit).where(eq(audit.sequence, sequence)).get()?.hash ?? null;

  const sealedHead = database
    .select({ value: facts.value })
    .from(facts)
    .where(eq(facts.name, HEAD_NAME))
    .prepare();
  const replaceHead = database
    .update(facts)
    .set({ value: sql`${sql.placeholder('value')}` })
    .where(eq(facts.name, HEAD_NAME))
    .prepare();

  const readHead = (chain: KeyObject): ChainHead | null | 'damaged' => {
    const sealed = sealedHead.get()?.value;
    return sealed === undefined ? null : (openHead(chain, sealed) ?? 'damaged');
  };
  const keepHead = (chain: KeyObject, head: ChainHead): void => {
    const value = sealHead(chain, head);
    if (replaceHead.run({ value }).changes === 0) installation.write(HEAD_NAME, value);
  };

  const append = (chain: KeyObject, entry: AuditEntry, before: Place) => {
    const row = { ...entry, sequence: before.sequence + 1, at: now().toISOString() };
    const hash = rowHash(chain, 'written', row, before.hash);
    insert.run({ ...row, hash });
    const head = { sequence: row.sequence, hash };
    keepHead(chain, head);
    isBegun = true;
    return head;
  };
  const remark = (chain: KeyObject, action: AuditAction, before: Place) =>
    append(chain, { action, actorId: null, subjectId: null }, before);

  /** Chains the rows after `head` that have no hash. @returns the newest of them, or null when there was none */
  const adopt = (chain: KeyObject, head: Place) => {
    let last: Place = head;
    for (;;) {
      const rows = database
        .select()
        .from(audit)
        .where(gt(audit.sequence, last.sequence))
        .orderBy(audit.sequence)
        .limit(ADOPTED_AT_A_TIME)
        .all();
      for (const row of rows) {
        // A row that brings a hash along was not written by Foyer; it stays as it is, and is found.
        const hash = row.hash ?? rowHash(chain, 'adopted', row, last.hash);
        if (row.hash === null) chainLate.run({ hash, sequence: row.sequence });
        last = { sequence: row.sequence, hash };
      }
      if (rows.length < ADOPTED_AT_A_TIME) return last === head ? null : last;
    }
  };

  /**
   * Where the next row goes. Whatever does not fit together is written down first, so that it cannot be hidden.
   *
   * @param isOpening rows without a hash can be from a run without the key; from this one they cannot
   */
  const ready = (chain: KeyObject, isOpening: boolean): Place => {
    const head = readHead(chain);
    const last = newest.get() ?? null;
    if (head !== null && head !== 'damaged' && last !== null) {
      if (head.sequence === last.sequence && isSame(head.hash, last.hash)) return head;
      if (isOpening && last.sequence > head.sequence) {
        const adopted = adopt(chain, head);
        if (adopted !== null) return remark(chain, 'audit.rows_adopted', adopted);
      }
    }
    if (head === null && !isBegun && !hasHashes()) {
      const adopted = adopt(chain, BEGINNING);
      return adopted === null ? BEGINNING : remark(chain, 'audit.chain_started', adopted);
    }
    const known = head === null || head === 'damaged' ? null : head;
    const isBehind = known !== null && known.sequence >= (last?.sequence ?? 0);
    return remark(chain, 'audit.newest_lost', isBehind ? known : (last ?? BEGINNING));
  };

  const hasHashes = () =>
    database.select({ n: sql`1` }).from(audit).where(isNotNull(audit.hash)).limit(1).get() !== undefined;

  const writeUnchained = (entry: AuditEntry): void => {
    const last: StoredRow | undefined = newest.get();
    const sequence = Math.max(last?.sequence ?? 0, claimed(sealedHead.get()?.value ?? null)) + 1;
    insert.run({ ...entry, sequence, at: now().toISOString(), hash: null });
  };

  if (key !== null) atomically(() => ready(key, true));
  return {
    write(entry) {
      atomically(() => {
        if (key === null) writeUnchained(entry);
        else append(key, entry, ready(key, false));
      });
    },
    head() {
      const head = key === null ? null : readHead(key);
      return head === 'damaged' ? null : head;
    },
    hashAt,
  };
}

/** The number in a head that nobody can check now: it only keeps numbers from being given twice. */
function claimed(sealed: string | null): number {
  const match = /^(\d{1,15}):/.exec(sealed ?? '');
  return match === null ? 0 : Number(match[1]);
}
