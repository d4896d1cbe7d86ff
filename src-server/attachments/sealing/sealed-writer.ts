/** Writing one sealed file, piece by piece, under a temporary name until it is whole. */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { type FileSeal, fileSeal, HEADER_BYTES, PIECE_BYTES, SALT_BYTES } from './sealed-format.ts';
import { readPieces } from './sealed-reader.ts';

/** A file that is being written. Exactly one of `finish` and `discard` ends it. */
export interface FileDraft {
  /** Adds bytes; resolves when more may come. */
  write(bytes: Uint8Array): Promise<void>;
  /** No more bytes: they can be read now, and kept or dropped. */
  finish(): Promise<FinishedDraft>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** A file that is written and not kept yet. Exactly one of `keep` and `discard` ends it. */
export interface FinishedDraft {
  /** Bytes of content. */
  readonly size: number;
  /** The bytes, in pieces. @throws {DamagedFileError} */
  read(): AsyncGenerator<Buffer>;
  /** On the disk under its name when it resolves. @returns the name */
  keep(): Promise<string>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/**
 * @param temporary the file to write to, which must not exist
 * @param options.nameOf the name of a content, from its SHA-256
 * @param options.place moves the temporary file to where files of this name belong
 */
export async function draftFile(
  temporary: string,
  options: {
    readonly contentKey: Buffer;
    readonly nameOf: (hash: Buffer) => string;
    readonly place: (name: string) => Promise<void>;
  },
): Promise<FileDraft> {
  const handle = await fs.promises.open(temporary, 'wx+', 0o600);
  const seal: FileSeal = fileSeal(options.contentKey, randomBytes(SALT_BYTES));
  const hash = createHash('sha256');
  const piece = Buffer.alloc(PIECE_BYTES);
  let filled = 0;
  let index = 0;
  let size = 0;
  let position = HEADER_BYTES;

  const append = async (isLast: boolean): Promise<void> => {
    const sealed = seal.sealPiece(index, piece.subarray(0, filled), isLast);
    await writeAll(handle, sealed, position);
    position += sealed.length;
    index += 1;
    filled = 0;
  };

  const discard = async (): Promise<void> => {
    await handle.close();
    await fs.promises.rm(temporary, { force: true });
  };

  return {
    discard,
    async write(bytes) {
      hash.update(bytes);
      size += bytes.length;
      for (let at = 0; at < bytes.length; ) {
        // A full piece waits for one more byte: only then is it known not to be the last.
        if (filled === PIECE_BYTES) await append(false);
        const taken = bytes.subarray(at, at + PIECE_BYTES - filled);
        piece.set(taken, filled);
        filled += taken.length;
        at += taken.length;
      }
    },
    async finish() {
      await append(true);
      piece.fill(0);
      const name = options.nameOf(hash.digest());
      await writeAll(handle, seal.header(name, size), 0);
      return {
        size,
        read: () => readPieces(handle, seal, size),
        discard,
        async keep() {
          try {
            await handle.sync();
          } finally {
            await handle.close();
          }
          await options.place(name);
          return name;
        },
      };
    },
  };
}

/** One call may write less than it was given, for instance on a disk that is getting full. */
async function writeAll(handle: fs.promises.FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at);
    at += bytesWritten;
  }
}
