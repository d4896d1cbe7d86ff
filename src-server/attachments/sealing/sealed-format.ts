/**
 * The form of a sealed file: a header, then pieces of 64 KiB, each sealed on its own (AES-256-GCM), so that neither
 * writing nor reading needs the whole file in memory.
 *
 *     magic 8 | salt 32 | header sealed 40 + 16 | piece sealed n + 16 | piece sealed n + 16 | …
 *
 * Every file has a key of its own, derived from the person's and the salt; within it a nonce is the kind of a part
 * and its number, and never comes twice. The last piece is of a kind of its own. So a piece that is missing, twice,
 * of another place or of another file cannot be opened, nor can a file that was cut short or renamed.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/** Bytes of content in every piece but the last, which has fewer or as many. */
export const PIECE_BYTES = 65_536;
/** Bytes that sealing adds to each part. */
export const TAG_BYTES = 16;
export const SALT_BYTES = 32;

const MAGIC = Buffer.from('FOYERF1\n');
const NAME_BYTES = 32;
const HEADER_CONTENT_BYTES = NAME_BYTES + 8;

/** Where the first piece begins. */
export const HEADER_BYTES = MAGIC.length + SALT_BYTES + HEADER_CONTENT_BYTES + TAG_BYTES;

/** What a part of a file is; its number in the nonce. */
const KIND = { header: 1, piece: 2, lastPiece: 3 } as const;
type Kind = keyof typeof KIND;

/** The bytes of a file are not those that were written: damaged, or of another key. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError';

  constructor(cause?: unknown) {
    super('an attachment cannot be decrypted; it was left as it is', { cause });
  }
}

/** How many bytes a file of so many bytes has once it is sealed. */
export function sealedBytes(size: number): number {
  return HEADER_BYTES + size + Math.max(1, Math.ceil(size / PIECE_BYTES)) * TAG_BYTES;
}

/** Seals and opens the parts of one file. @param salt 32 random bytes that no other file has */
export function fileSeal(contentKey: Buffer, salt: Buffer) {
  const key = Buffer.from(hkdfSync('sha256', contentKey, salt, 'foyer sealed file', 32));
  const nonceOf = (kind: Kind, index: number): Buffer => {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt8(KIND[kind], 0);
    nonce.writeUIntBE(index, 6, 6);
    return nonce;
  };
  const seal = (kind: Kind, index: number, content: Uint8Array): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(kind, index));
    return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  };
  const open = (kind: Kind, index: number, sealed: Buffer): Buffer => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(kind, index), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new DamagedFileError(cause);
    }
  };
  const kindOf = (isLast: boolean): Kind => (isLast ? 'lastPiece' : 'piece');

  return {
    sealPiece: (index: number, content: Uint8Array, isLast: boolean) => seal(kindOf(isLast), index, content),
    /** @throws {DamagedFileError} */
    openPiece: (index: number, sealed: Buffer, isLast: boolean) => open(kindOf(isLast), index, sealed),
    /** What stands before the pieces. @param name 64 hexadecimal digits */
    header(name: string, size: number): Buffer {
      const content = Buffer.alloc(HEADER_CONTENT_BYTES);
      content.write(name, 'hex');
      content.writeBigUInt64BE(BigInt(size), NAME_BYTES);
      return Buffer.concat([MAGIC, salt, seal('header', 0, content)]);
    },
    /** The name and the size that a header was made for. @throws {DamagedFileError} */
    readHeader(header: Buffer): { name: string; size: number } {
      const content = open('header', 0, header.subarray(MAGIC.length + SALT_BYTES));
      return {
        name: content.toString('hex', 0, NAME_BYTES),
        size: Number(content.readBigUInt64BE(NAME_BYTES)),
      };
    },
  };
}

export type FileSeal = ReturnType<typeof fileSeal>;

/** The salt in a header. @throws {DamagedFileError} when it is no header of ours */
export function saltOf(header: Buffer): Buffer {
  if (header.length !== HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new DamagedFileError();
  }
  return header.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
}
