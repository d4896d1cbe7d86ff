/** No characters that are mistaken for each other when read out or copied by hand (0/o, 1/l/i). */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/**
 * A temporary password such as `k7mp-x3vd-n9qa-h2rt`: 16 characters, each one of 31, hence about 79 bits.
 *
 * @param fill fills an array with random bytes
 */
export function generatePassword(
  fill: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => void crypto.getRandomValues(bytes),
): string {
  // Bytes above the largest multiple of the alphabet's size are thrown away: all characters stay equally likely.
  const limit = 256 - (256 % ALPHABET.length);
  const characters: string[] = [];
  while (characters.length < GROUPS * GROUP_LENGTH) {
    const bytes = new Uint8Array(32);
    fill(bytes);
    for (const byte of bytes) {
      if (byte < limit) characters.push(ALPHABET.charAt(byte % ALPHABET.length));
    }
  }
  return Array.from({ length: GROUPS }, (_, group) =>
    characters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-');
}
