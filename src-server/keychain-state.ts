/** What people should know about the keychain. */
import type { KeychainState } from '../src-shared/api/index.ts';
import type { Accounts } from './accounts/index.ts';
import type { Keychain } from './keychain/index.ts';

const KEYCHAIN_HINT =
  'Install or unlock a keychain (on Linux for example gnome-keyring) and restart Foyer, or start it with FOYER_KEYCHAIN=file to keep secrets in a file that only you can read.';

/** Found out once, at the start: a keychain that comes back is used by the next start. */
export function describeKeychain(accounts: Accounts, keychain: Keychain): KeychainState {
  const { installKey } = accounts;
  if (installKey.state === 'ok') return { kind: keychain.place, status: 'ok' };
  return { kind: 'session', status: installKey.state, hint: `${installKey.reason} ${KEYCHAIN_HINT}` };
}
