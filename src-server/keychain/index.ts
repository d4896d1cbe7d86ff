import { fileKeychain } from './file-keychain.ts';
import type { Keychain } from './keychain.ts';
import { osKeychain } from './os-keychain.ts';

export { type Keychain, KeychainError, type KeychainProblem, type KeychainStatus } from './keychain.ts';
export { sessionKeychain } from './session-keychain.ts';

export interface OpenKeychainOptions {
  readonly kind: 'os' | 'file';
  /** Where the file is, if it is one. */
  readonly dataDir: string;
  /** How long the OS keychain may take for each call, in milliseconds. */
  readonly timeoutMs?: number;
}

/** The keychain that was asked for; whether it answers is found out by using it. */
export function openKeychain(options: OpenKeychainOptions): Keychain {
  return options.kind === 'os' ? osKeychain(undefined, options.timeoutMs) : fileKeychain(options.dataDir);
}
