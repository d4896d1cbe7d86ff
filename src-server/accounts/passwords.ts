/** Password hashing: Argon2id on worker threads, so that signing in never blocks a stream. */

import { hkdfSync } from 'node:crypto';
import { hash, hashRaw, verify } from '@node-rs/argon2';

/** OWASP's first choice for Argon2id, which is the library's default: 19 MiB, two passes, one lane. About 40 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const CURRENT = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/** @returns the hash with its parameters, in PHC form */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** A hash that cannot be read counts as a wrong password. */
export async function passwordMatches(stored: string, password: string): Promise<boolean> {
  return verify(stored, password).catch(() => false);
}

/** True for hashes made with other parameters than today's. */
export function needsRehash(stored: string): boolean {
  return !stored.startsWith(CURRENT);
}

/** A key of 32 bytes from a password; the salt must not be the one of the password's hash. */
export async function keyFromPassword(password: string, salt: Buffer): Promise<Buffer> {
  const stretched = await hashRaw(password, { ...COST, salt, outputLen: 32 });
  return Buffer.from(hkdfSync('sha256', stretched, '', 'foyer/password-key/v1', 32));
}
