import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../settings/write-file.ts';
import type { Keychain } from './keychain.ts';

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
    let handle: number;
    try {
      handle = fs.openSync(file, 'r');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      throw error;
    }
    try {
      if (process.platform !== 'win32' && (fs.fstatSync(handle).mode & 0o077) !== 0) {
        throw new Error(`${file} can be read by others. Run: chmod 600 '${file}'`);
      }
      return parse(fs.readFileSync(handle, 'utf8'), file);
    } finally {
      fs.closeSync(handle);
    }
  };

  const write = (secrets: Record<string, string>) =>
    writeFileAtomically(file, `${JSON.stringify(secrets)}\n`);

  return {
    place: 'file',
    get: async (account) => read()[account] ?? null,
    set: async (account, secret) => write({ ...read(), [account]: secret }),
    delete: async (account) => {
      const { [account]: found, ...rest } = read();
      if (found === undefined) return false;
      write(rest);
      return true;
    },
    list: async () => Object.keys(read()),
    status: async () => {
      try {
        read();
        return { kind: 'ok' };
      } catch (error) {
        return {
          kind: 'unavailable',
          reason: error instanceof Error ? error.message : 'The file cannot be read.',
        };
      }
    },
  };
}

/** The parser's own message would quote the file, and with it a secret: it stays out. */
function parse(text: string, file: string): Record<string, string> {
  try {
    return contentSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is not a keychain file. It was left as it is: restore it from a backup.`);
  }
}
