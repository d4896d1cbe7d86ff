/**
 * Codes on paper that stand in for something that was lost. Written in 29 signs of which none looks like another, in
 * groups of five; the last three signs are a checksum, so that a typing error can be told from a wrong code.
 */
import { createHash, randomInt } from 'node:crypto';

/** Without 0 O, 1 I, B (8), S (5) and Z (2). Their number is a prime, which the checksum counts on. */
const ALPHABET = 'ACDEFGHJKLMNPQRTUVWXY23456789';
const SIZE = ALPHABET.length;
/** What people write for signs that they take for others. */
const READ_AS: Readonly<Record<string, string>> = { B: '8', I: 'L', '1': 'L', S: '5', Z: '2' };
const CHECK_SIGNS = 3;
const GROUP = 5;

/** Random signs of a code that opens a data key: 131 bits. */
export const RECOVERY_SIGNS = 27;
/** Random signs of a code that stands in for the authenticator app: 82 bits. */
export const FACTOR_SIGNS = 17;

/** A new code of random signs with its checksum, without separators. */
export function newCode(signs: number): string {
  const digits = Array.from({ length: signs }, () => randomInt(SIZE));
  return [...digits, ...checksum(digits)].map((digit) => ALPHABET[digit]).join('');
}

/** As it is written on paper: groups of five signs. */
export function grouped(code: string): string {
  return groupsOf(code).join('-');
}

export function groupsOf(code: string): string[] {
  return code.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
}

/**
 * What somebody typed, in the one form in which codes are compared and hashed: blanks and dashes out, capitals, signs
 * that look alike read as the one that codes have.
 *
 * @returns null when this cannot be a code as it was given out: a sign is wrong, missing, or out of place
 */
export function readCode(typed: string, signs: number): string | null {
  const plain = readSigns(typed);
  if (plain.length !== signs + CHECK_SIGNS) return null;
  const digits = [...plain].map((sign) => ALPHABET.indexOf(sign));
  if (digits.includes(-1)) return null;
  const expected = checksum(digits.slice(0, signs));
  return expected.every((digit, index) => digit === digits[signs + index]) ? plain : null;
}

/** Part of a code in the form in which codes are compared. */
export function readSigns(typed: string): string {
  return [
    ...typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s\p{Pd}._]/gu, ''),
  ]
    .map((sign) => READ_AS[sign] ?? sign)
    .join('');
}

/** What is stored of a code that only has to be recognised. It is random enough to need no stretching. */
export function hashCode(code: string): Buffer {
  return createHash('sha256').update(`foyer/recovery-code/v1/${code}`).digest();
}

/**
 * Three sums modulo 29 with the weights 1, x and x². Any one or two wrong signs show, so also two that were exchanged;
 * of all other mistakes one in 24,389 does not.
 */
function checksum(digits: readonly number[]): number[] {
  return [0, 1, 2].map(
    (power) => digits.reduce((sum, digit, index) => sum + digit * (index + 1) ** power, 0) % SIZE,
  );
}
