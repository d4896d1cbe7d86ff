/** AES-256-GCM for small secrets: encrypted, and tied to what they are for and whose they are. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const TAG_BYTES = 16;

export interface Sealed {
  readonly nonce: Buffer;
  /** The encrypted bytes, then the tag of 16 bytes. */
  readonly ciphertext: Buffer;
}

/** @param purpose for what and for whom: under another purpose it does not open */
export function seal(plain: Buffer, key: Buffer, purpose: string): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(purpose),
  );
  return { nonce, ciphertext: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

/** @returns what was sealed, or null when it is damaged, or was sealed with another key or for another purpose */
export function open(sealed: Sealed, key: Buffer, purpose: string): Buffer | null {
  const body = sealed.ciphertext.subarray(0, -TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(sealed.ciphertext.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return null;
  }
}
