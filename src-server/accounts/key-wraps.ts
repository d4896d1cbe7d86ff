/** People's data keys on disk: wrapped by their password, by the install key, by their PIN, never in the clear. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { keyWraps } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';
import { CURRENT_COST, formatCost, keyFromPassword, type PasswordCost, parseCost } from './passwords.ts';

const TAG_BYTES = 16;

/** A wrap as it is stored. */
export interface Wrap {
  readonly salt: Buffer | null;
  /** What making the password's key cost, so that it can be made again when new ones cost more. */
  readonly params: string | null;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
}

export type WrapKind = 'password' | 'install' | 'pin';

/** Wraps a data key for its owner with a key made from the password. */
export async function wrapWithPassword(dataKey: Buffer, userId: string, password: string): Promise<Wrap> {
  const salt = randomBytes(16);
  const key = await keyFromPassword(password, salt, CURRENT_COST);
  return { ...seal(dataKey, key, aad(userId, 'password')), salt, params: formatCost(CURRENT_COST) };
}

/** Wraps a data key for its owner with the key derived from the install key. */
export function wrapWithInstallKey(dataKey: Buffer, userId: string, wrappingKey: Buffer): Wrap {
  return { ...seal(dataKey, wrappingKey, aad(userId, 'install')), salt: null, params: null };
}

/** @returns the data key, or null when the wrap is damaged, or was made with another key or for somebody else */
export async function openWithPassword(wrap: Wrap, userId: string, password: string): Promise<Buffer | null> {
  const cost = wrap.params === null ? null : parseCost(wrap.params);
  if (wrap.salt === null || cost === null) return null;
  const key = await keyFromPassword(password, wrap.salt, cost).catch(() => null);
  return key === null ? null : open(wrap, key, aad(userId, 'password'));
}

/** @returns the data key, or null when the wrap is damaged, or was made with another key or for somebody else */
export function openWithInstallKey(wrap: Wrap, userId: string, wrappingKey: Buffer): Buffer | null {
  return open(wrap, wrappingKey, aad(userId, 'install'));
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
  const key = await keyFromPin(pin.digits, pin.salt, CURRENT_COST, pin.secret);
  return { ...seal(dataKey, key, aad(userId, 'pin')), salt: pin.salt, params: formatCost(CURRENT_COST) };
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
  return key === null ? null : open(wrap, key, aad(userId, 'pin'));
}

async function keyFromPin(digits: string, salt: Buffer, cost: PasswordCost, secret: Buffer): Promise<Buffer> {
  const stretched = await keyFromPassword(digits, salt, cost);
  return Buffer.from(hkdfSync('sha256', Buffer.concat([stretched, secret]), '', 'foyer/pin-key/v1', 32));
}

/** Where wraps are kept. */
export interface WrapStore {
  find(userId: string, kind: WrapKind): Wrap | null;
  remove(userId: string, kind: WrapKind): void;
  save(userId: string, kind: WrapKind, wrap: Wrap): void;
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
    remove: (userId, kind) => {
      database
        .delete(keyWraps)
        .where(and(eq(keyWraps.userId, userId), eq(keyWraps.kind, kind)))
        .run();
    },
    save: (userId, kind, wrap) => {
      database
        .insert(keyWraps)
        .values({ userId, kind, ...wrap })
        .onConflictDoUpdate({ target: [keyWraps.userId, keyWraps.kind], set: wrap })
        .run();
    },
  };
}

/** Ties a wrap to its owner and purpose: moved to another row it does not open. */
function aad(userId: string, kind: WrapKind): Buffer {
  return Buffer.from(`foyer/data-key/${kind}/${userId}`);
}

function seal(plain: Buffer, key: Buffer, associated: Buffer): { nonce: Buffer; ciphertext: Buffer } {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(associated);
  return { nonce, ciphertext: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

function open(wrap: Wrap, key: Buffer, associated: Buffer): Buffer | null {
  const body = wrap.ciphertext.subarray(0, -TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, wrap.nonce, { authTagLength: TAG_BYTES })
      .setAAD(associated)
      .setAuthTag(wrap.ciphertext.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return null;
  }
}
