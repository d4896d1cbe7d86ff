/** What routes that take or test keys have in common. */
import type { Response } from 'express';
import { ApiError } from '../errors.ts';

/** Whatever goes wrong here is the keychain's: it has said so before anything was changed. */
export async function withKeychain<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'KeychainError') throw new ApiError('keychain_unavailable');
    throw error;
  }
}

/** Aborts when the page that asked has gone. */
export function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
