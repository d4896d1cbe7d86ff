import type { Keychain, KeychainStatus } from './keychain.ts';

/** The name under which people find Foyer's entries in their keychain. */
const SERVICE = 'Foyer';

/** A keychain that waits for somebody to type a password into a dialog is as good as locked after this time. */
const TIMEOUT_MS = 10_000;

/** An entry that is never written: reading it tells whether the keychain answers. */
const PROBE = 'status-probe';

/** The part of keytar that is used. */
export interface NativeKeychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, secret: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ account: string; password: string }[]>;
}

class KeychainTimeoutError extends Error {
  override readonly name = 'KeychainTimeoutError';

  constructor() {
    super('The keychain did not answer in time; it may be waiting to be unlocked.');
  }
}

/**
 * The keychain of the operating system: Keychain on macOS, Credential Manager on Windows, Secret Service on Linux.
 *
 * @param load loads the native module; a module that does not load counts as a keychain that does not answer
 */
export function osKeychain(
  load: () => Promise<NativeKeychain> = loadKeytar,
  timeoutMs: number = TIMEOUT_MS,
): Keychain {
  let loading: Promise<NativeKeychain> | null = null;
  const native = () => {
    loading ??= load();
    return loading;
  };
  const call = async <T>(use: (keychain: NativeKeychain) => Promise<T>): Promise<T> =>
    withTimeout(use(await native()), timeoutMs);

  return {
    place: 'os',
    get: (account) => call((keychain) => keychain.getPassword(SERVICE, account)),
    set: (account, secret) => call((keychain) => keychain.setPassword(SERVICE, account, secret)),
    delete: (account) => call((keychain) => keychain.deletePassword(SERVICE, account)),
    list: async () =>
      (await call((keychain) => keychain.findCredentials(SERVICE))).map(({ account }) => account),
    status: async () => {
      try {
        await call((keychain) => keychain.getPassword(SERVICE, PROBE));
        return { kind: 'ok' };
      } catch (error) {
        return explain(error);
      }
    },
  };
}

async function loadKeytar(): Promise<NativeKeychain> {
  const module = await import('keytar');
  return 'default' in module ? (module.default as NativeKeychain) : module;
}

function explain(error: unknown): KeychainStatus {
  if (error instanceof KeychainTimeoutError) return { kind: 'locked', reason: error.message };
  const reason = error instanceof Error ? error.message : 'The keychain does not answer.';
  return /lock/i.test(reason) && !/autolaunch/i.test(reason)
    ? { kind: 'locked', reason }
    : { kind: 'unavailable', reason };
}

async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new KeychainTimeoutError()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
