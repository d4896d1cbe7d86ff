/** Files of one person, encrypted, named after their content: the same bytes are kept once. */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { openSealed, type SealedFile } from './sealed-reader.ts';
import { draftFile, type FileDraft } from './sealed-writer.ts';

/** The form of the names that are made here; nothing else ever becomes part of a path. */
const NAME = /^[0-9a-f]{64}$/;
const TEMPORARY = /^\.[0-9a-f]{32}\.part$/;

export interface SealedFiles {
  /** Begins a file whose bytes are still to come. */
  draft(): Promise<FileDraft>;
  /** Keeps bytes that are at hand; they are on the disk when it resolves. @returns the file's name */
  write(bytes: Uint8Array): Promise<string>;
  /** @throws {DamagedFileError} @throws ENOENT */
  open(name: string): Promise<SealedFile>;
  /** An unknown name is not an error. */
  remove(name: string): Promise<void>;
  /** Removes what `isNeeded` does not know and is older than `ageMs`, and what broken uploads left. */
  sweep(isNeeded: (name: string) => boolean, ageMs: number): Promise<void>;
}

/**
 * @param folder made when it is first needed
 * @param dataKey the person's 32 bytes; the keys for names and contents are derived from it
 * @param now milliseconds since 1970
 */
export function sealedFiles(folder: string, dataKey: Buffer, now: () => number = Date.now): SealedFiles {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', dataKey, '', `foyer attachments ${purpose}`, 32));
  const contentKey = derive('content');
  // A plain hash as the name would tell who has the same file.
  const nameKey = derive('names');

  const pathOf = (name: string): string => {
    if (!NAME.test(name)) throw new Error('not the name of a file');
    return path.join(folder, name);
  };

  const draft = async (): Promise<FileDraft> => {
    await fs.promises.mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = path.join(folder, `.${randomBytes(16).toString('hex')}.part`);
    return draftFile(temporary, {
      contentKey,
      nameOf: (hash) => createHmac('sha256', nameKey).update(hash).digest('hex'),
      async place(name) {
        // The same bytes are there: who reads them now can go on, also where open files cannot be replaced.
        const there = await openSealed(pathOf(name), name, contentKey).catch(() => null);
        await there?.close();
        if (there !== null) return fs.promises.rm(temporary, { force: true });
        await fs.promises.rename(temporary, pathOf(name));
        await syncFolder(folder);
      },
    });
  };

  return {
    draft,
    async write(bytes) {
      const begun = await draft();
      try {
        await begun.write(bytes);
        return await (await begun.finish()).keep();
      } catch (error) {
        await begun.discard().catch(() => undefined);
        throw error;
      }
    },
    open: async (name) => openSealed(pathOf(name), name, contentKey),
    async remove(name) {
      await fs.promises.rm(pathOf(name), { force: true });
    },
    async sweep(isNeeded, ageMs) {
      const names = await fs.promises.readdir(folder).catch(() => []);
      for (const name of names) {
        const superfluous = TEMPORARY.test(name) || (NAME.test(name) && !isNeeded(name));
        if (!superfluous) continue;
        const stat = await fs.promises.stat(path.join(folder, name)).catch(() => null);
        if (stat === null || now() - stat.mtimeMs < ageMs) continue;
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
