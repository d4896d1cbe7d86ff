/**
 * The chain that ties rows of the audit together: each hash covers its row and the hash before it, under a key that is
 * not in the database. Whoever can only write to `foyer.db` cannot make one.
 */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { InstallKey } from '../install-key.ts';
import { deriveKey } from '../install-key.ts';

/** A row as the chain sees it. */
export interface AuditRow {
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectId: string | null;
}

export interface StoredRow extends AuditRow {
  /** Null: written while there was no key, and not chained since. */
  readonly hash: Buffer | null;
}

/** The newest row: kept apart from the rows, so that cutting them off at the end shows. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: Buffer;
}

/** `written`: chained when it was written. `adopted`: written without the key, chained later. */
export type Origin = 'written' | 'adopted';

/** The key of the chain; null when the keychain did not give the install key, and nothing can be chained in this run. */
export function chainKey(installKey: InstallKey): KeyObject | null {
  return installKey.state === 'ok' ? createSecretKey(deriveKey(installKey.key, 'audit-chain')) : null;
}

/**
 * HMAC-SHA-256 over a JSON array: what it is for, the row's fields, and the hash before it in hexadecimal (null before
 * the first row). JSON leaves no two rows with the same text.
 */
export function rowHash(key: KeyObject, origin: Origin, row: AuditRow, previous: Buffer | null): Buffer {
  const { sequence, at, actorId, action, subjectId } = row;
  const before = previous?.toString('hex') ?? null;
  return mac(key, [`foyer/audit/${origin}/v1`, sequence, at, actorId, action, subjectId, before]);
}

/** How a row came into the chain; null when its hash is not the one of this row after `previous`. */
export function originOf(key: KeyObject, row: StoredRow, previous: Buffer | null): Origin | null {
  const { hash } = row;
  if (hash === null) return null;
  const fits = (origin: Origin) => isSame(rowHash(key, origin, row, previous), hash);
  if (fits('written')) return 'written';
  return fits('adopted') ? 'adopted' : null;
}

/** The head as it is stored in the database, with a hash of its own: no older head can be made up for it. */
export function sealHead(key: KeyObject, { sequence, hash }: ChainHead): string {
  const hex = hash.toString('hex');
  return `${sequence}:${hex}:${mac(key, ['foyer/audit/head/v1', sequence, hex]).toString('hex')}`;
}

/** @returns null when it is damaged or was not made with this key */
export function openHead(key: KeyObject, sealed: string): ChainHead | null {
  const head = parseHead(sealed);
  return head !== null && sealHead(key, head) === sealed ? head : null;
}

/** The head as the keychain keeps it, which needs no hash of its own. */
export function headText({ sequence, hash }: ChainHead): string {
  return `${sequence}:${hash.toString('hex')}`;
}

/** Reads both forms, and believes them. */
export function parseHead(text: string): ChainHead | null {
  const match = /^(\d{1,15}):([0-9a-f]{64})(?::[0-9a-f]{64})?$/.exec(text);
  if (match === null) return null;
  return { sequence: Number(match[1]), hash: Buffer.from(match[2] ?? '', 'hex') };
}

/** Whether two hashes are the same. */
export function isSame(a: Buffer | null, b: Buffer | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && timingSafeEqual(a, b);
}

function mac(key: KeyObject, parts: readonly (string | number | null)[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}
