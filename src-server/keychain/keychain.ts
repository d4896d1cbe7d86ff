/** What a keychain can be found to be. Only `ok` allows secrets to be written. */
export type KeychainStatus =
  | { readonly kind: 'ok' }
  /** There is one, but nobody has unlocked it: what is in it is not lost. */
  | { readonly kind: 'locked'; readonly reason: string }
  /** This machine has none that answers. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/**
 * The operating system's keychain, reduced to what Foyer needs. Accounts are names that the server made
 * (`install-key:…`, `connection-key:…`); values are short strings.
 *
 * Reading rejects when the keychain is locked or away: a failed read is never "there is nothing".
 */
export interface Keychain {
  /** Where the secrets are: the OS keychain, a 0600 file, or only this process. */
  readonly place: 'os' | 'file' | 'session';
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  /** True when something was deleted. */
  delete(account: string): Promise<boolean>;
  list(): Promise<string[]>;
  status(): Promise<KeychainStatus>;
}
