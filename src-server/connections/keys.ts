/** The keys of connections: in the keychain, each with the origin that it was entered for, and used for no other. */
import { z } from 'zod';
import type { KeyLocation } from '../../src-shared/api/index.ts';
import type { Keychain } from '../keychain/index.ts';
import { originOf } from '../outgoing/origin.ts';

const storedSchema = z.object({ origin: z.string(), key: z.string().min(1) });
type Stored = z.infer<typeof storedSchema>;

export interface ConnectionKeys {
  /** The key for this connection at this address; null when there is none, or the keychain is locked. */
  find(id: string, baseUrl: string): Promise<string | null>;
  location(id: string, baseUrl: string): Promise<KeyLocation>;
  /** @throws {KeychainError} when the keychain cannot keep it; then the old one is kept */
  set(id: string, key: string | null, baseUrl: string): Promise<void>;
}

/** @param prefix of the entries in the keychain, unique to this installation */
export function connectionKeys(keychain: Keychain, prefix: string): ConnectionKeys {
  const known = new Map<string, Stored | null>();
  const account = (id: string) => `${prefix}:${id}`;

  const load = async (id: string): Promise<Stored | null> => {
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const text = await keychain.get(account(id)).catch(() => undefined);
    // A locked keychain is asked again the next time.
    if (text === undefined) return null;
    const stored = text === null ? null : parse(text);
    known.set(id, stored);
    return stored;
  };

  const find = async (id: string, baseUrl: string): Promise<string | null> => {
    const stored = await load(id);
    return stored !== null && stored.origin === originOf(baseUrl) ? stored.key : null;
  };

  return {
    find,
    async location(id, baseUrl) {
      if ((await find(id, baseUrl)) === null) return 'none';
      return keychain.place === 'os' ? 'keychain' : keychain.place;
    },
    async set(id, key, baseUrl) {
      if (key === null) await keychain.delete(account(id));
      else await keychain.set(account(id), JSON.stringify({ origin: originOf(baseUrl), key }));
      known.delete(id);
    },
  };
}

function parse(text: string): Stored | null {
  try {
    return storedSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
