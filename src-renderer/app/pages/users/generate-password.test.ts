import { describe, expect, it } from 'vitest';
import { passwordSchema } from '../../../../src-shared/api/index.ts';
import { generatePassword } from './generate-password.ts';

describe('generatePassword', () => {
  it('makes four groups of four characters that cannot be mistaken for each other', () => {
    for (let round = 0; round < 50; round += 1) {
      expect(generatePassword()).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
    }
  });

  it('passes the rules for passwords and does not repeat itself', () => {
    const made = new Set(Array.from({ length: 200 }, () => generatePassword()));
    expect(made.size).toBe(200);
    for (const password of made) expect(passwordSchema.safeParse(password).success).toBe(true);
  });

  it('draws evenly: bytes that would favour some characters are thrown away', () => {
    let calls = 0;
    const password = generatePassword((bytes) => {
      bytes.fill(calls === 0 ? 255 : 0);
      calls += 1;
    });
    expect(calls).toBe(2);
    expect(password).toBe('aaaa-aaaa-aaaa-aaaa');
  });
});
