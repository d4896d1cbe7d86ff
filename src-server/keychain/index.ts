import { fileKeychain } from './file-keychain.ts';
import type { Keychain } from './keychain.ts';
import { osKeychain } from './os-keychain.ts';

export type { Keychain, KeychainStatus } from './keychain.ts';
export { sessionKeychain } from './session-keychain.ts';

/** The keychain that was asked for; whether it answers is found out by using it. */
export function openKeychain(options: { kind: 'os' | 'file'; dataDir: string }): Keychain {
  return options.kind === 'os' ? osKeychain() : fileKeychain(options.dataDir);
}
