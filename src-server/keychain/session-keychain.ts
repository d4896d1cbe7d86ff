import type { Keychain } from './keychain.ts';

/** Keeps secrets in memory only, for this run of Foyer. */
export function sessionKeychain(): Keychain {
  const secrets = new Map<string, string>();
  return {
    place: 'session',
    get: async (account) => secrets.get(account) ?? null,
    set: async (account, secret) => void secrets.set(account, secret),
    delete: async (account) => secrets.delete(account),
    list: async () => [...secrets.keys()],
    status: async () => ({ kind: 'ok' }),
  };
}
