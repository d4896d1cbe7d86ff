import { describe, expect, it } from 'vitest';
import { FACTOR_SIGNS, grouped, newCode, RECOVERY_SIGNS, readCode, readSigns } from './recovery-code.ts';

const ALPHABET = 'ACDEFGHJKLMNPQRTUVWXY23456789';

describe('codes on paper', () => {
  it.each([
    [RECOVERY_SIGNS, 128],
    [FACTOR_SIGNS, 80],
  ])('%i random signs have %i bits or more, in groups of five', (signs, bits) => {
    expect(signs * Math.log2(29)).toBeGreaterThan(bits);
    const code = newCode(signs);
    expect(grouped(code)).toMatch(/^[ACDEFGHJKLMNPQRTUVWXY2-9]{5}(-[ACDEFGHJKLMNPQRTUVWXY2-9]{5})+$/);
    expect(readCode(grouped(code), signs)).toBe(code);
    expect(newCode(signs)).not.toBe(code);
  });

  it('use every sign', () => {
    const seen = new Set(Array.from({ length: 200 }, () => newCode(RECOVERY_SIGNS)).join(''));
    expect([...seen].sort().join('')).toBe([...ALPHABET].sort().join(''));
  });

  it('are one code however they are typed', () => {
    const code = newCode(RECOVERY_SIGNS);
    const look = code.replaceAll('8', 'B').replaceAll('L', '1').replaceAll('5', 's').replaceAll('2', 'z');
    for (const typed of [
      code.toLowerCase(),
      ` ${grouped(code)}\n`,
      [...code].join(' '),
      grouped(code).replaceAll('-', '–'),
      [...code].map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)).join(''),
      look,
    ]) {
      expect(readCode(typed, RECOVERY_SIGNS), typed).toBe(code);
    }
    expect(readSigns('ab cd-1')).toBe('A8CDL');
  });

  it('with any one or two wrong signs, or two exchanged ones, are typing errors', () => {
    const code = newCode(RECOVERY_SIGNS);
    const signs = [...code];
    for (let at = 0; at < signs.length; at += 1) {
      for (const sign of ALPHABET) {
        if (sign === signs[at]) continue;
        const wrong = signs.with(at, sign);
        expect(readCode(wrong.join(''), RECOVERY_SIGNS)).toBeNull();
        const other = (at * 7 + 3) % signs.length;
        if (other === at) continue;
        const twice = wrong.with(other, ALPHABET[(ALPHABET.indexOf(signs[other]!) + 5) % 29]!);
        expect(readCode(twice.join(''), RECOVERY_SIGNS)).toBeNull();
      }
      const next = (at + 1) % signs.length;
      if (signs[at] === signs[next]) continue;
      const exchanged = signs.with(at, signs[next]!).with(next, signs[at]!);
      expect(readCode(exchanged.join(''), RECOVERY_SIGNS)).toBeNull();
    }
  });

  it.each(['', 'A', '0'.repeat(30), 'É'.repeat(30), 'A'.repeat(31), '💥'.repeat(30)])(
    '"%s" is none',
    (typed) => {
      expect(readCode(typed, RECOVERY_SIGNS)).toBeNull();
    },
  );

  it('a code of one kind is not one of the other', () => {
    expect(readCode(newCode(FACTOR_SIGNS), RECOVERY_SIGNS)).toBeNull();
  });
});
