/** What a keychain can be found to be. Only `ok` allows secrets to be written. */
export type KeychainStatus = { readonly kind: 'ok' } | KeychainProblem;

/** Why a keychain cannot be used at the moment. */
export type KeychainProblem =
  /** There is one, but nobody has unlocked it: what is in it is not lost. */
  | { readonly kind: 'locked'; readonly reason: string }
  /** This machine has none that answers. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Thrown when a keychain could not do what it was asked to; nothing can be concluded about what is in it. */
export class KeychainError extends Error {
  override readonly name = 'KeychainError';
  readonly problem: KeychainProblem;

  constructor(problem: KeychainProblem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/**
 * The operating system's keychain, reduced to what Foyer needs. Accounts are names that the server made
 * (`install-key:…`, `connection-key:…`); values are short strings, never empty.
 *
 * Everything but `status` rejects when the keychain is locked or away: a failed read is never "there is nothing".
 */
export interface Keychain {
  /** Where the secrets are: the OS keychain, a 0600 file, or only this process. */
  readonly place: 'os' | 'file' | 'session';
  /** Null when the keychain answers and has no such entry. @throws {KeychainError} */
  get(account: string): Promise<string | null>;
  /** @throws {KeychainError} */
  set(account: string, secret: string): Promise<void>;
  /** True when something was deleted. @throws {KeychainError} */
  delete(account: string): Promise<boolean>;
  /** The accounts that have an entry. @throws {KeychainError} */
  list(): Promise<string[]>;
  status(): Promise<KeychainStatus>;
}
