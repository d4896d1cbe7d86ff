import type { ApiFailure } from '../api/failure.ts';
import type { Dictionary } from './en.ts';

/**
 * What to tell a person about a failed request: what happened, what was kept, what to do. Codes that the pages do
 * not know fall back to the server's own sentence, which is in the same language.
 */
export function failureText(failure: ApiFailure, t: Dictionary): string {
  switch (failure.kind) {
    case 'unreachable':
      return t.errors.unreachable;
    case 'unexpected':
      return t.errors.unexpected;
    case 'refused':
      if (isKnownCode(failure.code, t)) return t.errors.codes[failure.code];
      if (isLockingCode(failure.code, t)) return t.locking.codes[failure.code];
      return failure.message === '' ? t.errors.unexpected : failure.message;
  }
}

function isLockingCode(code: string, t: Dictionary): code is keyof Dictionary['locking']['codes'] {
  return Object.hasOwn(t.locking.codes, code);
}

function isKnownCode(code: string, t: Dictionary): code is keyof Dictionary['errors']['codes'] {
  return Object.hasOwn(t.errors.codes, code);
}
