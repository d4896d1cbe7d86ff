/** People's data keys on disk: wrapped by their password, and by the install key, never in the clear. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { keyWraps } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';
import { CURRENT_COST, formatCost, keyFromPassword, parseCost } from './passwords.ts';

const TAG_BYTES = 16;

/** A wrap as it is stored. */
export interface Wrap {
  readonly salt: Buffer | null;
  /** What making the password's key cost, so that it can be made again when new ones cost more. */
  readonly params: string | null;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
}

export type WrapKind = 'password' | 'install';

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

/** Where wraps are kept. */
export interface WrapStore {
  find(userId: string, kind: WrapKind): Wrap | null;
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
