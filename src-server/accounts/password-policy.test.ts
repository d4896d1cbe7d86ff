import { expect, it } from 'vitest';
import { passwordPolicy } from './password-policy.ts';

const check = passwordPolicy();
const EMAIL = 'ada.lovelace@example.org';

it.each([
  'qwertyuiop',
  'PASSWORD',
  'Password1234!',
  '!!football2026',
  'ｐａｓｓｗｏｒｄ１２３',
  'passwordpassword',
  'xxxxxxxxxxxxxxxx',
  '123456123456',
  '000000000000',
])('%s is one of the commonest', async (password) => {
  expect(await check(password, EMAIL)).toBe('common');
});

it.each([EMAIL, 'ADA.Lovelace@Example.org', 'ada.lovelace', 'Ada.Lovelace1815!'])(
  '%s is the own address',
  async (password) => {
    expect(await check(password, EMAIL)).toBe('own-address');
  },
);

it.each([
  'correct horse battery',
  'battery staple',
  'é mon château',
  'my password is not a word',
  'dragon 8402 7719 6355',
  '84027719635521',
])('%s may be taken', async (password) => {
  expect(await check(password, EMAIL)).toBeNull();
});
