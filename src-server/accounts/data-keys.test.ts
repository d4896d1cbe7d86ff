import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type Keychain, KeychainError, sessionKeychain } from '../keychain/index.ts';
import { DataKeyLockedError } from './index.ts';
import { ADA, addBob, BOB, bearerOf, cookieOf, house, lockedKeychain } from './testing/house.ts';

const { dataDir, keychain, open, reopen, withAda, raw } = house();

/** Everything in foyer.db that has to do with keys. */
const wraps = () =>
  raw((database) => database.prepare('SELECT * FROM key_wraps ORDER BY user_id, kind').all());
const installation = () => raw((db) => db.prepare('SELECT * FROM installation ORDER BY name').all());

describe('wraps', () => {
  it.each(['install', 'password'] as const)('another person’s %s wrap does not open', async (kind) => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    raw((database) =>
      database
        .prepare(
          `UPDATE key_wraps SET (salt, params, nonce, ciphertext) =
             (SELECT salt, params, nonce, ciphertext FROM key_wraps WHERE user_id = ? AND kind = ?)
           WHERE user_id = ? AND kind = ?`,
        )
        .run(ada.user.id, kind, bob, kind),
    );
    const again = await reopen(accounts, kind === 'password' ? { keychain: lockedKeychain() } : {});
    expect(() => again.dataKey(bob)).toThrow(DataKeyLockedError);
    if (kind === 'install') {
      expect(await again.signIn(BOB)).not.toBeNull();
      await again.signIn(ADA);
      expect(again.dataKey(bob)).not.toEqual(again.dataKey(ada.user.id));
    } else {
      await expect(again.signIn(BOB)).rejects.toThrow(/data key/);
      expect(() => again.dataKey(bob)).toThrow(DataKeyLockedError);
    }
  });

  it('a wrap of one kind does not pass for the other', async () => {
    const { accounts, ada } = await withAda();
    raw((database) =>
      database.exec(`UPDATE key_wraps SET (nonce, ciphertext) =
        (SELECT nonce, ciphertext FROM key_wraps WHERE kind = 'password') WHERE kind = 'install'`),
    );
    const again = await reopen(accounts);
    expect(() => again.dataKey(ada.user.id)).toThrow(DataKeyLockedError);
  });

  it.each([
    ["nonce = x''", 'no nonce'],
    ["nonce = x'00'", 'a short nonce'],
    ["ciphertext = x''", 'nothing'],
    ["ciphertext = x'0011'", 'less than a tag'],
    ['ciphertext = substr(ciphertext, 1, 40)', 'a cut text'],
    ["ciphertext = ciphertext || x'00'", 'an added byte'],
  ])('is refused when it is damaged: %s (%s)', async (damage) => {
    const { accounts, ada, signedIn } = await withAda();
    raw((database) => database.exec(`UPDATE key_wraps SET ${damage} WHERE kind = 'install'`));
    const again = await reopen(accounts);
    expect(() => again.dataKey(ada.user.id)).toThrow(DataKeyLockedError);
    expect(await again.authenticate(cookieOf(signedIn))).toBeNull();
    expect(await again.signIn(ADA)).not.toBeNull();
    expect(await again.authenticate(cookieOf(signedIn))).not.toBeNull();
  });

  it.each([
    'salt = NULL',
    "salt = x'00'",
    'params = NULL',
    "params = 'm=4000000000,t=4000000000,p=1'",
    "params = 'nonsense'",
    "ciphertext = x''",
  ])('a damaged password wrap is a failure, not another key: %s', async (damage) => {
    const { accounts, ada } = await withAda();
    raw((database) => database.exec(`UPDATE key_wraps SET ${damage} WHERE kind = 'password'`));
    const before = wraps();
    const away = await reopen(accounts, { keychain: lockedKeychain() });
    await expect(away.signIn(ADA)).rejects.toThrow(/data key/);
    expect(() => away.dataKey(ada.user.id)).toThrow(DataKeyLockedError);
    expect(wraps()).toEqual(before);
  });

  it('password wraps carry their parameters and do not share the salt of the hash', async () => {
    const { accounts } = await withAda();
    expect(wraps()).toMatchObject([
      { kind: 'install', salt: null, params: null },
      { kind: 'password', params: 'm=19456,t=2,p=1' },
    ]);
    const { hash, salt } = raw((database) => ({
      hash: String(database.prepare('SELECT password_hash FROM users').pluck().get()),
      salt: database.prepare("SELECT salt FROM key_wraps WHERE kind = 'password'").pluck().get() as Buffer,
    }));
    expect(hash).not.toContain(salt.toString('base64').replaceAll('=', ''));
    accounts.close();
  });

  it('a password wrap made with other parameters opens, and is renewed with the hash', async () => {
    const { accounts, ada } = await withAda();
    const key = Buffer.from(accounts.dataKey(ada.user.id));
    const argon2 = await import('@node-rs/argon2');
    const cheap = { memoryCost: 8_192, timeCost: 1, parallelism: 1 };
    const { hkdfSync, createCipheriv } = await import('node:crypto');
    const [salt, nonce] = [Buffer.alloc(16, 1), Buffer.alloc(12, 2)];
    const stretched = await argon2.hashRaw(ADA.password, { ...cheap, salt, outputLen: 32 });
    const wrapping = Buffer.from(hkdfSync('sha256', stretched, '', 'foyer/password-key/v1', 32));
    const cipher = createCipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(`foyer/data-key/password/${ada.user.id}`));
    const ciphertext = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    const hash = await argon2.hash(ADA.password, cheap);
    raw((database) => {
      database
        .prepare(
          "UPDATE key_wraps SET salt = ?, params = ?, nonce = ?, ciphertext = ? WHERE kind = 'password'",
        )
        .run(salt, 'm=8192,t=1,p=1', nonce, ciphertext);
      database.prepare('UPDATE users SET password_hash = ?').run(hash);
    });
    const away = await reopen(accounts, { keychain: lockedKeychain() });
    expect(await away.signIn(ADA)).not.toBeNull();
    expect(away.dataKey(ada.user.id)).toEqual(key);
    expect(wraps()).toMatchObject([{}, { kind: 'password', params: 'm=19456,t=2,p=1' }]);
    const again = await reopen(away, { keychain: lockedKeychain() });
    expect(await again.signIn(ADA)).not.toBeNull();
    expect(again.dataKey(ada.user.id)).toEqual(key);
  });

  it('leave the file with their person, and ids never come back', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const wrap = raw((database) =>
      database.prepare('SELECT ciphertext FROM key_wraps WHERE user_id = ?').pluck().get(bob),
    ) as Buffer;
    const key = accounts.dataKey(bob);
    expect((await accounts.deleteUser(ada, bob)).ok).toBe(true);
    expect(key.every((byte) => byte === 0)).toBe(true);
    expect(() => accounts.dataKey(bob)).toThrow(DataKeyLockedError);
    expect(await addBob(accounts, ada)).not.toBe(bob);
    accounts.close();
    const file = fs.readFileSync(path.join(dataDir(), 'foyer.db'));
    expect(file.includes(wrap)).toBe(false);
  });

  it('keys are wiped from memory at the end', async () => {
    const { accounts, ada } = await withAda();
    const key = accounts.dataKey(ada.user.id);
    expect(key.some((byte) => byte !== 0)).toBe(true);
    accounts.close();
    expect(key.every((byte) => byte === 0)).toBe(true);
  });
});

describe('the install key', () => {
  it('is made once, is in no file, and its fingerprint does not tell it', async () => {
    const { accounts } = await withAda();
    const account = `install-key:${accounts.installId}`;
    expect(await keychain().list()).toEqual([account]);
    const key = Buffer.from((await keychain().get(account)) ?? '', 'base64');
    expect(key).toHaveLength(32);
    accounts.close();
    const bytes = fs.readFileSync(path.join(dataDir(), 'foyer.db'));
    expect(bytes.includes(key)).toBe(false);
    expect(bytes.includes(key.toString('base64'))).toBe(false);
    expect(bytes.includes(createHash('sha256').update(key).digest('hex').slice(0, 16))).toBe(false);
  });

  const spoiled: [string, (keychain: Keychain, account: string) => Promise<unknown>][] = [
    ['vanished', (k, account) => k.delete(account)],
    ['was replaced', (k, account) => k.set(account, Buffer.alloc(32, 7).toString('base64'))],
    ['was cut short', (k, account) => k.set(account, 'AAAA')],
  ];
  it.each(spoiled)('that %s is told; nothing is written anywhere', async (_what, spoil) => {
    const { accounts, ada, signedIn } = await withAda();
    const account = `install-key:${accounts.installId}`;
    const genuine = await keychain().get(account);
    await spoil(keychain(), account);
    const left = await keychain().get(account);
    const before = { wraps: wraps(), installation: installation() };

    const away = await reopen(accounts);
    expect(away.installKey.state).toBe('missing-key');
    expect(await away.authenticate(cookieOf(signedIn))).toBeNull();
    expect(await away.authenticate(bearerOf(signedIn))).toBeNull();
    expect(await away.signIn(ADA)).not.toBeNull();
    expect(await keychain().get(account)).toBe(left);
    expect({ wraps: wraps(), installation: installation() }).toEqual(before);

    await keychain().set(account, genuine ?? '');
    const back = await reopen(away);
    expect(back.installKey).toEqual({ state: 'ok' });
    expect(back.dataKey(ada.user.id)).toHaveLength(32);
    expect(await back.authenticate(cookieOf(signedIn))).not.toBeNull();
  });

  it('a locked or absent keychain is asked once, not once more for the reason', async () => {
    const locked = lockedKeychain();
    const status = vi.spyOn(locked, 'status');
    const accounts = await open({ keychain: locked });
    expect(accounts.installKey).toEqual({ state: 'locked', reason: 'The keychain is locked.' });
    expect(status).not.toHaveBeenCalled();
    const away = {
      ...locked,
      get: () => Promise.reject(new KeychainError({ kind: 'unavailable', reason: 'No keychain.' })),
    };
    expect((await reopen(accounts, { keychain: away })).installKey).toEqual({
      state: 'unavailable',
      reason: 'No keychain.',
    });
  });

  it('a keychain that forgets what it is given is not trusted', async () => {
    const forgetful: Keychain = { ...sessionKeychain(), set: async () => undefined };
    const accounts = await open({ keychain: forgetful });
    expect(accounts.installKey.state).toBe('unavailable');
    expect(installation()).toHaveLength(1);
    expect((await reopen(accounts)).installKey).toEqual({ state: 'ok' });
  });

  it('a key that was kept just before a crash is taken up, not replaced', async () => {
    const accounts = await open();
    const account = `install-key:${accounts.installId}`;
    const key = await keychain().get(account);
    raw((db) => db.exec("DELETE FROM installation WHERE name = 'install_key_fingerprint'"));
    expect((await reopen(accounts)).installKey).toEqual({ state: 'ok' });
    expect(await keychain().get(account)).toBe(key);
  });
});

describe('a run without the install key', () => {
  it('set-up leads straight to a session, and wraps nothing by a key that will be gone', async () => {
    const accounts = await open({ keychain: lockedKeychain() });
    const created = await accounts.createFirstAdministrator(ADA);
    if (!created.ok) throw new Error(created.error);
    const signedIn = await accounts.openSession(created.value.id);
    expect(await accounts.authenticate(cookieOf(signedIn))).toMatchObject({ role: 'administrator' });
    expect(await accounts.authenticate(bearerOf(signedIn))).not.toBeNull();
    expect(accounts.dataKey(created.value.id)).toHaveLength(32);
    expect(wraps()).toMatchObject([{ kind: 'password' }]);
  });

  it('a person’s session of before stays closed until they sign in again', async () => {
    const { accounts, ada, signedIn } = await withAda();
    await addBob(accounts, ada);
    const bob = await accounts.signIn(BOB);
    const away = await reopen(accounts, { keychain: lockedKeychain() });
    await away.signIn(ADA);
    expect(await away.authenticate(cookieOf(signedIn))).not.toBeNull();
    expect(bob && (await away.authenticate(cookieOf(bob)))).toBeNull();
    expect(bob && (await away.authenticate(bearerOf(bob)))).toBeNull();
  });

  it('a refused reset leaves password, wraps, role and sessions as they were', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const before = wraps();
    const away = await reopen(accounts, { keychain: lockedKeychain() });
    const ended = vi.fn();
    away.onSessionsEnded(ended);
    expect(await away.updateUser(ada, bob, { password: 'new password', is_admin: true })).toEqual({
      ok: false,
      error: 'history-locked',
    });
    expect(await away.updateUser(ada, 'usr_nobody', { password: 'new password' })).toEqual({
      ok: false,
      error: 'not-found',
    });
    expect(wraps()).toEqual(before);
    expect(away.listUsers().find(({ id }) => id === bob)?.is_admin).toBe(false);
    expect(ended).not.toHaveBeenCalled();
    expect((await away.updateUser(ada, bob, { is_admin: true })).ok).toBe(true);
  });

  it('people change their own password, and find their history with it when the keychain is back', async () => {
    const { accounts, ada } = await withAda();
    const key = Buffer.from(accounts.dataKey(ada.user.id));
    const away = await reopen(accounts, { keychain: lockedKeychain() });
    const signedIn = await away.signIn(ADA);
    const caller = signedIn && (await away.authenticate(cookieOf(signedIn)));
    if (caller === null) throw new Error('not signed in');
    expect(await away.changeOwnPassword(caller, ADA.password, 'changed meanwhile')).toBe('ok');
    const back = await reopen(away);
    expect(await back.signIn({ ...ADA, password: 'changed meanwhile' })).not.toBeNull();
    expect(back.dataKey(ada.user.id)).toEqual(key);
    const locked = await reopen(back, { keychain: lockedKeychain() });
    expect(await locked.signIn({ ...ADA, password: 'changed meanwhile' })).not.toBeNull();
    expect(locked.dataKey(ada.user.id)).toEqual(key);
  });
});
