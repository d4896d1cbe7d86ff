import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../settings/write-file.ts';
import { type Keychain, KeychainError } from './keychain.ts';

const contentSchema = z.record(z.string(), z.string());

/**
 * Keeps secrets in `DATA/keychain.json`, readable by its owner only. Used only when somebody asked for it
 * (`FOYER_KEYCHAIN=file`), for machines whose system has no keychain.
 *
 * Reading rejects when the file is open to others or broken, so that a damaged file is never taken for an empty one.
 */
export function fileKeychain(dataDir: string): Keychain {
  const file = path.join(dataDir, 'keychain.json');

  const read = (): Record<string, string> => {
    const text = readPrivately(file);
    return text === null ? {} : parse(text, file);
  };

  const write = (secrets: Record<string, string>): void => {
    try {
      writeFileAtomically(file, `${JSON.stringify(secrets)}\n`);
    } catch (error) {
      throw unavailable(`${file} cannot be written (${codeOf(error)}). It was left as it was.`);
    }
  };

  return {
    place: 'file',
    get: async (account) => {
      const secrets = read();
      return Object.hasOwn(secrets, account) ? (secrets[account] ?? null) : null;
    },
    set: async (account, secret) => write({ ...read(), [account]: secret }),
    delete: async (account) => {
      const secrets = read();
      if (!Object.hasOwn(secrets, account)) return false;
      delete secrets[account];
      write(secrets);
      return true;
    },
    list: async () => Object.keys(read()),
    status: async () => {
      try {
        read();
        return { kind: 'ok' };
      } catch (error) {
        if (error instanceof KeychainError) return error.problem;
        throw error;
      }
    },
  };
}

/** Null when there is no such file. @throws {KeychainError} when it is open to others or cannot be read */
function readPrivately(file: string): string | null {
  let handle: number | null = null;
  try {
    handle = fs.openSync(file, 'r');
    if (process.platform !== 'win32' && (fs.fstatSync(handle).mode & 0o077) !== 0) {
      throw unavailable(`${file} can be read by others. Run: chmod 600 '${file}'`);
    }
    return fs.readFileSync(handle, 'utf8');
  } catch (error) {
    if (error instanceof KeychainError) throw error;
    if (codeOf(error) === 'ENOENT') return null;
    throw unavailable(`${file} cannot be read (${codeOf(error)}). It was left as it is.`);
  } finally {
    if (handle !== null) fs.closeSync(handle);
  }
}

/** The parser's own message would quote the file, and with it a secret: it stays out. */
function parse(text: string, file: string): Record<string, string> {
  try {
    return contentSchema.parse(JSON.parse(text));
  } catch {
    throw unavailable(`${file} is not a keychain file. It was left as it is: restore it from a backup.`);
  }
}

function unavailable(reason: string): KeychainError {
  return new KeychainError({ kind: 'unavailable', reason });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
