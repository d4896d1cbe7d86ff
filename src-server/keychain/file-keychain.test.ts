import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { KeychainError, openKeychain } from './index.ts';
import { keychainContract } from './testing/contract.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-keychain-'));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const contractDir = fs.mkdtempSync(path.join(root, 'contract-'));
keychainContract('file keychain', () => openKeychain({ kind: 'file', dataDir: contractDir }));

describe('the keychain file', () => {
  let dataDir: string;
  let file: string;
  const open = () => openKeychain({ kind: 'file', dataDir });

  beforeEach(() => {
    dataDir = fs.mkdtempSync(path.join(root, 'data-'));
    file = path.join(dataDir, 'keychain.json');
  });

  it('is made at the first secret, for its owner only, and leaves nothing else behind', async () => {
    expect(await open().get('a')).toBeNull();
    expect(fs.existsSync(file)).toBe(false);
    await open().set('a', 'secret');
    await open().set('b', 'secret');
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(dataDir)).toEqual(['keychain.json']);
  });

  it.each([0o640, 0o604, 0o660, 0o644])('is refused when others can get at it (mode %o)', async (mode) => {
    await open().set('a', 'hidden-value');
    fs.chmodSync(file, mode);
    const before = fs.readFileSync(file, 'utf8');

    await expect(open().get('a')).rejects.toThrow(/can be read by others.*chmod 600/s);
    await expect(open().set('b', 'x')).rejects.toThrow(KeychainError);
    await expect(open().delete('a')).rejects.toThrow(KeychainError);
    await expect(open().list()).rejects.toThrow(KeychainError);
    expect(await open().status()).toMatchObject({ kind: 'unavailable' });
    expect(fs.readFileSync(file, 'utf8')).toBe(before);
  });

  it.each(['', '{"a":"hidden-value"', '[]', 'null', '{"a":{"hidden-value":1}}'])(
    'is not taken for an empty one when it is damaged: %s',
    async (content) => {
      fs.writeFileSync(file, content, { mode: 0o600 });
      const refused = await open()
        .get('a')
        .catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(KeychainError);
      expect(String(refused)).not.toContain('hidden-value');
      await expect(open().set('b', 'x')).rejects.toThrow(/left as it is/);
      expect(fs.readFileSync(file, 'utf8')).toBe(content);
    },
  );

  it('is refused, not replaced, when it is no file', async () => {
    fs.mkdirSync(file, { mode: 0o700 });
    await expect(open().get('a')).rejects.toThrow(/cannot be read \(EISDIR\)/);
    await expect(open().set('a', 'x')).rejects.toThrow(KeychainError);
    expect(await open().status()).toMatchObject({ kind: 'unavailable' });
    expect(fs.statSync(file).isDirectory()).toBe(true);
  });
});
