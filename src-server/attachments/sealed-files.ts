/** Files of one person, encrypted, named after their content: the same bytes are kept once. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The form of the names that are made here; nothing else ever becomes part of a path. */
const NAME = /^[0-9a-f]{64}$/;
const TEMPORARY = /^\.[0-9a-f]{32}\.part$/;

/** The bytes of a file are not those that were written: damaged, or of another key. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError';
}

export interface SealedFiles {
  /** Keeps the bytes; they are on the disk when it resolves. @returns the file's name */
  write(bytes: Uint8Array): Promise<string>;
  /** @throws {DamagedFileError} @throws ENOENT */
  read(name: string): Promise<Buffer>;
  /** An unknown name is not an error. */
  remove(name: string): Promise<void>;
  /** Removes what `isNeeded` does not know and is older than `ageMs`, and what broken uploads left. */
  sweep(isNeeded: (name: string) => boolean, ageMs: number): Promise<void>;
}

/**
 * @param folder made when it is first needed
 * @param dataKey the person's 32 bytes; the keys for names and contents are derived from it
 */
export function sealedFiles(folder: string, dataKey: Buffer): SealedFiles {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', dataKey, '', `foyer attachments ${purpose}`, 32));
  const contentKey = derive('content');
  // A plain hash as the name would tell who has the same file.
  const nameKey = derive('names');

  const pathOf = (name: string): string => {
    if (!NAME.test(name)) throw new Error('not the name of a file');
    return path.join(folder, name);
  };

  return {
    async write(bytes) {
      const hash = createHash('sha256').update(bytes).digest();
      const name = createHmac('sha256', nameKey).update(hash).digest('hex');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', contentKey, nonce);
      cipher.setAAD(Buffer.from(name));
      const sealed = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
      await fs.promises.mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = path.join(folder, `.${randomBytes(16).toString('hex')}.part`);
      await fs.promises.writeFile(temporary, sealed, { mode: 0o600, flush: true });
      await fs.promises.rename(temporary, pathOf(name));
      await syncFolder(folder);
      return name;
    },
    async read(name) {
      const sealed = await fs.promises.readFile(pathOf(name));
      try {
        const decipher = createDecipheriv('aes-256-gcm', contentKey, sealed.subarray(0, NONCE_BYTES));
        decipher.setAAD(Buffer.from(name));
        decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch (cause) {
        throw new DamagedFileError('an attachment cannot be decrypted; it was left as it is', { cause });
      }
    },
    async remove(name) {
      await fs.promises.rm(pathOf(name), { force: true });
    },
    async sweep(isNeeded, ageMs) {
      const names = await fs.promises.readdir(folder).catch(() => []);
      for (const name of names) {
        const superfluous = TEMPORARY.test(name) || (NAME.test(name) && !isNeeded(name));
        if (!superfluous) continue;
        const stat = await fs.promises.stat(path.join(folder, name)).catch(() => null);
        if (stat === null || Date.now() - stat.mtimeMs < ageMs) continue;
        await fs.promises.rm(path.join(folder, name), { force: true });
      }
    },
  };
}

/** A new name is on the disk only when its folder is; Windows needs and knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.promises.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
