import { describe, expect, it, vi } from 'vitest';
import { KeychainError } from './index.ts';
import type { NativeKeychain } from './native-keychain.ts';
import { osKeychain } from './os-keychain.ts';
import { keychainContract } from './testing/contract.ts';

/** Behaves as keytar over Secret Service does, measured on gnome-keyring: locked reads find nothing. */
function secretService() {
  const entries = new Map<string, string>();
  const state = { locked: false };
  const native: NativeKeychain = {
    getPassword: async (_service, account) => (state.locked ? null : (entries.get(account) ?? null)),
    setPassword: async (_service, account, secret) => {
      if (state.locked) throw new Error('Cannot create an item in a locked collection');
      if (secret === '') throw new Error('Password is required.');
      entries.set(account, secret);
    },
    deletePassword: async (_service, account) => (state.locked ? false : entries.delete(account)),
    findCredentials: async () => {
      if (state.locked) throw new Error('here the real one ends the process');
      return [...entries].map(([account, password]) => ({ account, password }));
    },
  };
  return { native, entries, state };
}

const never = <T>() => new Promise<T>(() => undefined);

const service = secretService();
keychainContract('OS keychain', () => osKeychain(async () => service.native));

describe('a locked keychain', () => {
  it('is never taken for an empty one', async () => {
    const { native, entries, state } = secretService();
    const keychain = osKeychain(async () => native);
    await keychain.set('a', 'secret');
    state.locked = true;
    const find = vi.spyOn(native, 'findCredentials');

    await expect(keychain.get('a')).rejects.toMatchObject({ problem: { kind: 'locked' } });
    await expect(keychain.get('absent')).rejects.toMatchObject({ problem: { kind: 'locked' } });
    await expect(keychain.delete('a')).rejects.toMatchObject({ problem: { kind: 'locked' } });
    await expect(keychain.set('a', 'other')).rejects.toMatchObject({ problem: { kind: 'locked' } });
    await expect(keychain.list()).rejects.toMatchObject({ problem: { kind: 'locked' } });
    expect(find).not.toHaveBeenCalled();
    expect(await keychain.status()).toMatchObject({ kind: 'locked' });
    expect(entries.get('a')).toBe('secret');

    state.locked = false;
    expect(await keychain.get('a')).toBe('secret');
    expect(await keychain.status()).toEqual({ kind: 'ok' });
  });

  it('that is unlocked while it is asked gives its entry', async () => {
    const { native, entries, state } = secretService();
    const keychain = osKeychain(async () => native);
    entries.set('a', 'secret');
    state.locked = true;
    vi.spyOn(native, 'getPassword').mockImplementationOnce(async () => {
      state.locked = false;
      return null;
    });
    expect(await keychain.get('a')).toBe('secret');
  });

  it.each([
    'Cannot get secret of a locked object',
    'User interaction is not allowed.',
    'The user name or passphrase you entered is not correct.',
    'The operation was cancelled',
    'Prompt was dismissed',
  ])('is recognised by “%s”', async (message) => {
    const { native } = secretService();
    native.getPassword = () => Promise.reject(new Error(message));
    expect((await osKeychain(async () => native).status()).kind).toBe('locked');
  });
});

describe('a keychain that is not there', () => {
  it.each([
    'Cannot autolaunch D-Bus without X11 $DISPLAY',
    'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
    'Could not connect: the clock is blocked',
  ])('is recognised by “%s”', async (message) => {
    const { native } = secretService();
    native.getPassword = () => Promise.reject(new Error(message));
    const keychain = osKeychain(async () => native);
    expect(await keychain.status()).toMatchObject({ kind: 'unavailable' });
    await expect(keychain.get('a')).rejects.toThrow(KeychainError);
  });

  it('counts as away when its library does not load', async () => {
    const keychain = osKeychain(() =>
      Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file\nat load')),
    );
    expect(await keychain.status()).toEqual({
      kind: 'unavailable',
      reason:
        'The system’s keychain library cannot be loaded (libsecret-1.so.0: cannot open shared object file).',
    });
    await expect(keychain.set('a', 'hidden-value')).rejects.not.toThrow('hidden-value');
  });
});

describe('a keychain that waits for a dialog', () => {
  it('counts as locked after the time-out, and is not asked again while it waits', async () => {
    const { native, entries } = secretService();
    entries.set('a', 'secret');
    const dialog = Promise.withResolvers<string>();
    const get = vi.spyOn(native, 'getPassword').mockReturnValueOnce(dialog.promise);
    const keychain = osKeychain(async () => native, 30);
    await expect(keychain.get('a')).rejects.toMatchObject({ problem: { kind: 'locked' } });
    await expect(keychain.get('a')).rejects.toMatchObject({ problem: { kind: 'locked' } });
    expect(await keychain.status()).toMatchObject({ kind: 'locked' });
    expect(get).toHaveBeenCalledTimes(1);

    dialog.resolve('secret');
    await vi.waitFor(async () => expect(await keychain.get('a')).toBe('secret'));
  });

  it('holds at most one thread', async () => {
    const { native } = secretService();
    const get = vi.spyOn(native, 'getPassword').mockImplementation(never);
    const keychain = osKeychain(async () => native, 30);
    const all = await Promise.allSettled(['a', 'b', 'c', 'd'].map((account) => keychain.get(account)));
    expect(all.every(({ status }) => status === 'rejected')).toBe(true);
    expect(get).toHaveBeenCalledTimes(1);
  });

  it('that fails late troubles nobody', async () => {
    const { native } = secretService();
    const dialog = Promise.withResolvers<string>();
    vi.spyOn(native, 'getPassword').mockReturnValueOnce(dialog.promise);
    const keychain = osKeychain(async () => native, 20);
    await expect(keychain.get('a')).rejects.toThrow(KeychainError);
    dialog.reject(new Error('dismissed'));
    await vi.waitFor(async () => expect(await keychain.get('a')).toBeNull());
  });
});
