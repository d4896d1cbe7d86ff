import { type Keychain, KeychainError, type KeychainProblem } from './keychain.ts';
import { type NativeKeychain, oneAtATime } from './native-keychain.ts';

/** The name under which people find Foyer's entries in their keychain. */
const SERVICE = 'Foyer';

/** An entry without a secret: a keychain that shows it, or takes it, is unlocked. */
const PROBE = 'keychain-check';

/** How long a keychain may take; one that waits for a password to be typed into a dialog is as good as locked. */
const TIMEOUT_MS = 10_000;

/**
 * The keychain of the operating system: Keychain on macOS, Credential Manager on Windows, Secret Service on Linux.
 *
 * On Linux a locked keyring answers "no such entry" for entries that it has, "nothing deleted" for a deletion, and
 * takes the process down when asked for a list. So an empty answer is believed only after the keyring has shown that
 * it is unlocked, and a list is asked for only then.
 *
 * @param load loads the native module; a module that does not load counts as a keychain that does not answer
 * @param timeoutMs for each call to the native module
 */
export function osKeychain(
  load: () => Promise<NativeKeychain> = loadKeytar,
  timeoutMs: number = TIMEOUT_MS,
): Keychain {
  const call = oneAtATime(load, timeoutMs);
  const read = (account: string) => call((native) => native.getPassword(SERVICE, account));
  const remove = (account: string) => call((native) => native.deletePassword(SERVICE, account));

  const proveUnlocked = async (): Promise<void> => {
    if ((await read(PROBE)) !== null) return;
    await call((native) => native.setPassword(SERVICE, PROBE, 'unlocked'));
  };

  return {
    place: 'os',
    get: async (account) => {
      const found = await read(account);
      if (found !== null) return found;
      await proveUnlocked();
      return read(account);
    },
    set: (account, secret) => call((native) => native.setPassword(SERVICE, account, secret)),
    delete: async (account) => {
      if (await remove(account)) return true;
      await proveUnlocked();
      return remove(account);
    },
    list: async () => {
      await proveUnlocked();
      const entries = await call((native) => native.findCredentials(SERVICE));
      return entries.map(({ account }) => account).filter((account) => account !== PROBE);
    },
    status: async () => {
      try {
        await proveUnlocked();
        return { kind: 'ok' };
      } catch (error) {
        return problemOf(error);
      }
    },
  };
}

async function loadKeytar(): Promise<NativeKeychain> {
  const module = await import('keytar');
  return 'default' in module ? (module.default as NativeKeychain) : module;
}

function problemOf(error: unknown): KeychainProblem {
  if (error instanceof KeychainError) return error.problem;
  throw error;
}
