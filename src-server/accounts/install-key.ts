/** The install key: 32 random bytes in the keychain that open everybody's data key on this machine. */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { type Keychain, KeychainError, type KeychainProblem } from '../keychain/index.ts';
import type { Installation } from './installation.ts';

/**
 * `ok`: from the keychain. Anything else: the keychain could not give it, nothing was overwritten, and `key` belongs
 * to this run only; it signs tokens but must never wrap anything that is written down.
 */
export type InstallKey =
  | { readonly state: 'ok'; readonly key: Buffer }
  | { readonly state: InstallKeyProblem; readonly key: Buffer; readonly reason: string };

export type InstallKeyProblem = KeychainProblem['kind'] | 'missing-key';

/**
 * Reads the install key, and makes one on the very first start. A failed read is never taken for "there is none": a
 * new key is made only when the keychain answers and this installation never had one.
 */
export async function loadInstallKey(keychain: Keychain, installation: Installation): Promise<InstallKey> {
  const known = installation.installKeyFingerprint();
  const found = await readInstallKey(keychain, installation.id, known, (account) =>
    known === null ? create(keychain, account) : Promise.resolve(null),
  );
  if (found.state === 'ok' && known === null) installation.setInstallKeyFingerprint(fingerprint(found.key));
  return found;
}

/**
 * Reads the install key and writes nothing.
 *
 * @param known the fingerprint of the key; null when there never was one
 * @param otherwise what to take when the keychain answers and has none
 */
export async function readInstallKey(
  keychain: Keychain,
  installId: string,
  known: string | null,
  otherwise: (account: string) => Promise<string | null> = () => Promise.resolve(null),
): Promise<InstallKey> {
  const account = `install-key:${installId}`;
  let stored: string | null;
  try {
    stored = (await keychain.get(account)) ?? (await otherwise(account));
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error;
    return problem({ state: error.problem.kind, reason: error.problem.reason });
  }
  if (stored === null) {
    return problem({
      state: 'missing-key',
      reason: 'The keychain answers, but Foyer’s own key is not in it (any more).',
    });
  }
  const key = Buffer.from(stored, 'base64');
  if (key.length !== 32 || (known !== null && known !== fingerprint(key))) {
    return problem({ state: 'missing-key', reason: 'The key in the keychain is not the one Foyer made.' });
  }
  return { state: 'ok', key };
}

/** A key for one purpose, derived from the install key. */
export function deriveKey(
  installKey: Buffer,
  purpose: 'access-tokens' | 'data-key-wrap' | 'audit-chain',
): Buffer {
  return Buffer.from(hkdfSync('sha256', installKey, '', `foyer/${purpose}/v1`, 32));
}

/** Writes a new key and trusts it only after reading it back. */
async function create(keychain: Keychain, account: string): Promise<string> {
  const fresh = randomBytes(32).toString('base64');
  await keychain.set(account, fresh);
  if ((await keychain.get(account)) === fresh) return fresh;
  throw new KeychainError({ kind: 'unavailable', reason: 'The keychain does not keep what it is given.' });
}

function problem(description: { state: InstallKeyProblem; reason: string }): InstallKey {
  return { ...description, key: randomBytes(32) };
}

function fingerprint(key: Buffer): string {
  return createHash('sha256')
    .update('foyer/install-key-fingerprint/v1')
    .update(key)
    .digest('hex')
    .slice(0, 32);
}
