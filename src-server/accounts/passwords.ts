/** Password hashing: Argon2id on worker threads, so that signing in never blocks a stream. */
import { hkdfSync } from 'node:crypto';
import { hash, hashRaw, verify } from '@node-rs/argon2';

/** What one hashing costs: memory in KiB, passes, lanes. */
export interface PasswordCost {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** OWASP's first choice for Argon2id, which is the library's default: 19 MiB, two passes, one lane. About 40 ms. */
export const CURRENT_COST: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const CURRENT = `$argon2id$v=19$${formatCost(CURRENT_COST)}$`;

/** @returns the hash with its parameters, in PHC form */
export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), CURRENT_COST);
}

/** A hash that cannot be read counts as a wrong password. */
export async function passwordMatches(stored: string, password: string): Promise<boolean> {
  return verify(stored, normalise(password)).catch(() => false);
}

/** True for hashes made with other parameters than today's. */
export function needsRehash(stored: string): boolean {
  return !stored.startsWith(CURRENT);
}

/** A key of 32 bytes from a password; the salt must not be the one of the password's hash. */
export async function keyFromPassword(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const stretched = await hashRaw(normalise(password), { ...cost, salt, outputLen: 32 });
  return Buffer.from(hkdfSync('sha256', stretched, '', 'foyer/password-key/v1', 32));
}

/** As PHC strings write it. */
export function formatCost(cost: PasswordCost): string {
  return `m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}`;
}

/** Null for what Foyer cannot have written, above all for costs that would hold up the machine. */
export function parseCost(text: string): PasswordCost | null {
  const [, memory, time, lanes] = /^m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})$/.exec(text) ?? [];
  const cost = { memoryCost: Number(memory), timeCost: Number(time), parallelism: Number(lanes) };
  return cost.memoryCost <= 1_048_576 && cost.timeCost >= 1 && cost.parallelism >= 1 ? cost : null;
}

/** The same password typed on another keyboard can be other code points (NIST SP 800-63B §5.1.1.2). */
function normalise(password: string): string {
  return password.normalize('NFKC');
}
