/** People's data keys on disk: wrapped by password, install key, recovery code or PIN, never in the clear. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { keyWraps } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';
import { CURRENT_COST, formatCost, keyFromPassword, type PasswordCost, parseCost } from './passwords.ts';
import { open, seal } from './sealing-box.ts';

/** A wrap as it is stored. */
export interface Wrap {
  readonly salt: Buffer | null;
  /** What making the password's key cost, so that it can be made again when new ones cost more. */
  readonly params: string | null;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
}

/** A wrap that a recovery code opens. */
export interface RecoveryWrap extends Wrap {
  readonly salt: Buffer;
}

export type WrapKind = 'password' | 'install' | 'recovery' | 'pin';

/** Wraps a data key for its owner with a key made from the password. */
export async function wrapWithPassword(dataKey: Buffer, userId: string, password: string): Promise<Wrap> {
  const salt = randomBytes(16);
  // The key can be forgotten, and so wiped, while the password is stretched: zeros must never be wrapped.
  const plain = Buffer.from(dataKey);
  const key = await keyFromPassword(password, salt, CURRENT_COST);
  const sealed = seal(plain, key, purpose(userId, 'password'));
  plain.fill(0);
  return { ...sealed, salt, params: formatCost(CURRENT_COST) };
}

/** Wraps a data key for its owner with the key derived from the install key. */
export function wrapWithInstallKey(dataKey: Buffer, userId: string, wrappingKey: Buffer): Wrap {
  return { ...seal(dataKey, wrappingKey, purpose(userId, 'install')), salt: null, params: null };
}

/** @returns the data key, or null when the wrap is damaged, or was made with another key or for somebody else */
export async function openWithPassword(wrap: Wrap, userId: string, password: string): Promise<Buffer | null> {
  const cost = wrap.params === null ? null : parseCost(wrap.params);
  if (wrap.salt === null || cost === null) return null;
  const key = await keyFromPassword(password, wrap.salt, cost).catch(() => null);
  return key === null ? null : open(wrap, key, purpose(userId, 'password'));
}

/** @returns the data key, or null when the wrap is damaged, or was made with another key or for somebody else */
export function openWithInstallKey(wrap: Wrap, userId: string, wrappingKey: Buffer): Buffer | null {
  return open(wrap, wrappingKey, purpose(userId, 'install'));
}

/** Wraps a data key with a recovery code, which is random enough to need no stretching. */
export function wrapWithRecoveryCode(dataKey: Buffer, userId: string, code: string): RecoveryWrap {
  const salt = randomBytes(16);
  const sealed = seal(dataKey, keyFromCode(code, salt), purpose(userId, 'recovery'));
  return { ...sealed, salt, params: null };
}

/** @returns the data key, or null when the wrap is damaged, or was made with another code or for somebody else */
export function openWithRecoveryCode(wrap: Wrap, userId: string, code: string): Buffer | null {
  const key = keyFromCode(code, wrap.salt ?? Buffer.alloc(0));
  return open(wrap, key, purpose(userId, 'recovery'));
}

function keyFromCode(code: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', code, salt, 'foyer/recovery-key/v1', 32));
}

/**
 * Wraps a data key for its owner with a key that needs both the PIN and a secret of the keychain: the few digits of a
 * PIN can be guessed, the secret cannot, and it is in no copy of the data folder.
 *
 * @param salt of the PIN's key; new for each PIN
 * @param secret 32 random bytes
 */
export async function wrapWithPin(
  dataKey: Buffer,
  userId: string,
  pin: { digits: string; salt: Buffer; secret: Buffer },
): Promise<Wrap> {
  // As above: zeros must never be wrapped.
  const plain = Buffer.from(dataKey);
  const key = await keyFromPin(pin.digits, pin.salt, CURRENT_COST, pin.secret);
  const sealed = seal(plain, key, purpose(userId, 'pin'));
  plain.fill(0);
  return { ...sealed, salt: pin.salt, params: formatCost(CURRENT_COST) };
}

/** @returns the data key, or null for a wrong PIN, another secret, or a wrap that is damaged or somebody else's */
export async function openWithPin(
  wrap: Wrap,
  userId: string,
  pin: { digits: string; secret: Buffer },
): Promise<Buffer | null> {
  const cost = wrap.params === null ? null : parseCost(wrap.params);
  if (wrap.salt === null || cost === null) return null;
  const key = await keyFromPin(pin.digits, wrap.salt, cost, pin.secret).catch(() => null);
  return key === null ? null : open(wrap, key, purpose(userId, 'pin'));
}

async function keyFromPin(digits: string, salt: Buffer, cost: PasswordCost, secret: Buffer): Promise<Buffer> {
  const stretched = await keyFromPassword(digits, salt, cost);
  return Buffer.from(hkdfSync('sha256', Buffer.concat([stretched, secret]), '', 'foyer/pin-key/v1', 32));
}

/** Where wraps are kept. */
export interface WrapStore {
  find(userId: string, kind: WrapKind): Wrap | null;
  save(userId: string, kind: WrapKind, wrap: Wrap): void;
  remove(userId: string, kind: WrapKind): void;
  /** Removes every way to a data key that is no longer the person's. */
  removeAll(userId: string): void;
}

export function wrapStore(database: AccountsDatabase): WrapStore {
  return {
    find: (userId, kind) =>
      database
        .select({
          salt: keyWraps.salt,
          params: keyWraps.params,
          nonce: keyWraps.nonce,
          ciphertext: keyWraps.ciphertext,
        })
        .from(keyWraps)
        .where(and(eq(keyWraps.userId, userId), eq(keyWraps.kind, kind)))
        .get() ?? null,
    save: (userId, kind, wrap) => {
      database
        .insert(keyWraps)
        .values({ userId, kind, ...wrap })
        .onConflictDoUpdate({ target: [keyWraps.userId, keyWraps.kind], set: wrap })
        .run();
    },
    removeAll: (userId) => {
      database.delete(keyWraps).where(eq(keyWraps.userId, userId)).run();
    },
    remove: (userId, kind) => {
      database
        .delete(keyWraps)
        .where(and(eq(keyWraps.userId, userId), eq(keyWraps.kind, kind)))
        .run();
    },
  };
}

/** Ties a wrap to its owner and purpose: moved to another row it does not open. */
function purpose(userId: string, kind: WrapKind): string {
  return `foyer/data-key/${kind}/${userId}`;
}
