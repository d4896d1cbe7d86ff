import type { KeychainState } from '../../../src-shared/api/index.ts';
import type { Dictionary } from './en.ts';

/** What is wrong with the keychain, what it means, and what to do. */
export interface KeychainProblem {
  readonly what: string;
  readonly consequence: string;
  readonly remedy: string;
  /** What the server found out about this machine, in its own words (English). */
  readonly details: string | null;
}

/** Null when secrets are kept as the administrator wanted. */
export function keychainProblem(keychain: KeychainState, t: Dictionary): KeychainProblem | null {
  if (keychain.status === 'ok' && keychain.kind !== 'session') return null;
  // Secrets that are kept in memory only are what remains when no keychain answers.
  const status = keychain.status === 'ok' ? 'unavailable' : keychain.status;
  return {
    what: t.keychain.problem[status],
    consequence: t.keychain.consequence[status],
    remedy: t.keychain.remedy[status],
    details: keychain.hint ?? null,
  };
}
