import { expect, it } from 'vitest';
import { sessionKeychain } from './index.ts';
import { keychainContract } from './testing/contract.ts';

const keychain = sessionKeychain();
keychainContract('session keychain', () => keychain);

it('shares nothing between two runs', async () => {
  await keychain.set('a', 'secret');
  expect(await sessionKeychain().get('a')).toBeNull();
});
