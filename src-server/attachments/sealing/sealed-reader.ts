/** Reading one sealed file, piece by piece. */
import fs from 'node:fs';
import {
  DamagedFileError,
  type FileSeal,
  fileSeal,
  HEADER_BYTES,
  PIECE_BYTES,
  saltOf,
  sealedBytes,
  TAG_BYTES,
} from './sealed-format.ts';

/** An open file; `read` closes it at its end, `close` before. */
export interface SealedFile {
  /** Bytes of content; known to be right before any of them was read. */
  readonly size: number;
  /** The bytes, in pieces, once; ends with the file closed however it ends. @throws {DamagedFileError} */
  read(): AsyncGenerator<Buffer>;
  /** For a file that nobody reads to its end. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens a file and reads its header.
 *
 * @param name what the header has to say
 * @throws {DamagedFileError} when it is not whole, or not the file of this name
 * @throws ENOENT
 */
export async function openSealed(file: string, name: string, contentKey: Buffer): Promise<SealedFile> {
  const handle = await fs.promises.open(file, 'r');
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  try {
    const header = await readAt(handle, 0, HEADER_BYTES);
    const seal = fileSeal(contentKey, saltOf(header));
    const said = seal.readHeader(header);
    const { size: stored } = await handle.stat();
    if (said.name !== name || stored !== sealedBytes(said.size)) throw new DamagedFileError();
    return {
      size: said.size,
      close,
      async *read() {
        try {
          yield* readPieces(handle, seal, said.size);
        } finally {
          await close();
        }
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The content of an open file. @throws {DamagedFileError} */
export async function* readPieces(
  handle: fs.promises.FileHandle,
  seal: FileSeal,
  size: number,
): AsyncGenerator<Buffer> {
  const pieces = Math.max(1, Math.ceil(size / PIECE_BYTES));
  for (let index = 0; index < pieces; index += 1) {
    const isLast = index === pieces - 1;
    const content = isLast ? size - index * PIECE_BYTES : PIECE_BYTES;
    const position = HEADER_BYTES + index * (PIECE_BYTES + TAG_BYTES);
    const sealed = await readAt(handle, position, content + TAG_BYTES);
    yield seal.openPiece(index, sealed, isLast);
  }
}

/** Exactly so many bytes. @throws {DamagedFileError} when the file ends before */
async function readAt(handle: fs.promises.FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw new DamagedFileError();
    at += bytesRead;
  }
  return bytes;
}
