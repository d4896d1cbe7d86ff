import { describe, expect, it } from 'vitest';
import { base32, codeOf, provisioningUri, readTotp, stepAt, stepOf } from './totp.ts';

/** The secret of the test values in RFC 4226, appendix D, and RFC 6238, appendix B. */
const SECRET = Buffer.from('12345678901234567890');

describe('one-time codes', () => {
  it.each(
    ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
      (code, count) => [count, code] as const,
    ),
  )('RFC 4226, count %i: %s', (count, code) => {
    expect(codeOf(SECRET, count)).toBe(code);
  });

  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('RFC 6238, second %i: %s', (second, code) => {
    expect(codeOf(SECRET, stepAt(new Date(second * 1_000)), 8)).toBe(code);
    expect(stepOf(code.slice(2), SECRET, new Date(second * 1_000))).toBe(Math.floor(second / 30));
  });

  it('count for their step, the one before and the one after', () => {
    const at = new Date('2026-11-28T10:00:15Z');
    const present = stepAt(at);
    const taken = [-2, -1, 0, 1, 2].map((offset) => stepOf(codeOf(SECRET, present + offset), SECRET, at));
    expect(taken).toEqual([null, present - 1, present, present + 1, null]);
    expect(stepOf(codeOf(SECRET, 0), SECRET, new Date(0))).toBe(0);
  });

  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['１２３４５６', '123456'],
    ['12345', null],
    ['1234567', null],
    ['12345a', null],
    ['+12345', null],
    ['', null],
  ])('"%s" is read as %s', (typed, read) => {
    expect(readTotp(typed)).toBe(read);
  });
});

describe('the secret', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('base32 of "%s" is %s (RFC 4648 §10)', (text, encoded) => {
    expect(base32(Buffer.from(text))).toBe(encoded);
  });

  it('names its account to the app', () => {
    expect(provisioningUri(SECRET, 'ada+x@example.org')).toBe(
      'otpauth://totp/Foyer:ada%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Foyer&algorithm=SHA1&digits=6&period=30',
    );
  });
});
