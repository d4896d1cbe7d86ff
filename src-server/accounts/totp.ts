/** Time-based one-time codes as authenticator apps make them: RFC 6238 with SHA-1, six digits, 30 seconds. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;
const DIGITS = 6;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The length of a secret in bytes: as long as what SHA-1 makes (RFC 4226 §4). */
export const SECRET_BYTES = 20;

/** The number of the 30 seconds that a moment lies in. */
export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS);
}

/** The code of one step (RFC 4226 §5.3). */
export function codeOf(secret: Buffer, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** What somebody typed as a code of the app: six digits, whatever stands between them; null for anything else. */
export function readTotp(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

/**
 * The step that a code belongs to: the present one, the one before or the one after, for clocks that differ a little.
 * All three are always compared, so that the time it takes says nothing.
 */
export function stepOf(code: string, secret: Buffer, at: Date): number | null {
  const now = stepAt(at);
  let found: number | null = null;
  for (const step of [now - 1, now, now + 1]) {
    if (step >= 0 && timingSafeEqual(Buffer.from(codeOf(secret, step)), Buffer.from(code))) found = step;
  }
  return found;
}

/** As apps take a secret that is typed in (RFC 4648 §6, without padding). */
export function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

/** What the QR code says: whose account it is, and the secret. */
export function provisioningUri(secret: Buffer, email: string): string {
  const label = `Foyer:${encodeURIComponent(email)}`;
  const parameters = new URLSearchParams({
    secret: base32(secret),
    issuer: 'Foyer',
    algorithm: 'SHA1',
    digits: String(DIGITS),
    period: String(STEP_MS / 1_000),
  });
  return `otpauth://totp/${label}?${parameters}`;
}
