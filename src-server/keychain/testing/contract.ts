/** What every keychain must do, whatever it keeps its secrets in. */
import { describe, expect, it } from 'vitest';
import type { Keychain } from '../keychain.ts';

/** @param open the keychain under test, empty at first and the same one at each call */
export function keychainContract(name: string, open: () => Keychain): void {
  describe(`${name}: the contract of a keychain`, () => {
    it('answers', async () => {
      expect(await open().status()).toEqual({ kind: 'ok' });
    });

    it('has nothing at first', async () => {
      expect(await open().get('absent')).toBeNull();
      expect(await open().get('toString')).toBeNull();
      expect(await open().delete('absent')).toBe(false);
      expect(await open().delete('toString')).toBe(false);
      expect(await open().list()).toEqual([]);
    });

    it('keeps, replaces, lists and deletes secrets', async () => {
      const keychain = open();
      await keychain.set('install-key:a', 'first');
      await keychain.set('connection-key:b', '{"key":"é «2»"}');
      await keychain.set('install-key:a', 'second');
      expect(await open().get('install-key:a')).toBe('second');
      expect(await open().get('connection-key:b')).toBe('{"key":"é «2»"}');
      expect((await open().list()).sort()).toEqual(['connection-key:b', 'install-key:a']);

      expect(await open().delete('install-key:a')).toBe(true);
      expect(await open().delete('install-key:a')).toBe(false);
      expect(await open().get('install-key:a')).toBeNull();
      expect(await open().list()).toEqual(['connection-key:b']);
    });

    it('keeps what is written at the same time', async () => {
      const keychain = open();
      const accounts = ['one', 'two', 'three', 'four', 'five', 'six'];
      await Promise.all(accounts.map((account) => keychain.set(account, `secret ${account}`)));
      expect(await Promise.all(accounts.map((account) => keychain.get(account)))).toEqual(
        accounts.map((account) => `secret ${account}`),
      );
    });
  });
}
