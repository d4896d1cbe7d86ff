import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type Accounts, DataKeyLockedError } from './index.ts';
import { ADA, addBob, BOB, bearerOf, cookieOf, house, lockedKeychain, sealAs } from './testing/house.ts';

const { dataDir, keychain, later, reopen, withAda, raw } = house();

async function sealedAda() {
  const { accounts, ada, signedIn } = await withAda();
  const key = Buffer.from(accounts.dataKey(ada.user.id));
  const code = await sealAs(accounts, ada);
  return { accounts, ada, signedIn, key, code };
}

const kinds = (userId: string) =>
  raw((db) => db.prepare('SELECT kind FROM key_wraps WHERE user_id = ? ORDER BY kind').pluck().all(userId));
const actions = () => raw((db) => db.prepare('SELECT action FROM audit ORDER BY sequence').pluck().all());

/** Whether some bytes are in any file of the data folder. */
function isInAFile(bytes: Buffer): boolean {
  return fs
    .readdirSync(dataDir(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)).includes(bytes));
}

describe('sealing', () => {
  it('changes nothing until the part that was asked for is typed back', async () => {
    const { accounts, ada } = await withAda();
    expect(await accounts.showRecoveryCode(ada, 'wrong password')).toBe('wrong-password');
    expect(accounts.confirmRecoveryCode(ada, 'AAAAA')).toBe('expired');
    const shown = await accounts.showRecoveryCode(ada, ADA.password);
    if (shown === 'wrong-password') throw new Error(shown);
    const groups = shown.code.split('-');
    expect(groups).toHaveLength(6);
    expect(accounts.confirmRecoveryCode(ada, groups[shown.group % 6] ?? '')).toBe('wrong-group');
    expect(kinds(ada.user.id)).toEqual(['install', 'password']);
    later(31);
    expect(accounts.confirmRecoveryCode(ada, groups[shown.group - 1] ?? '')).toBe('expired');
    expect(accounts.protectionOf(ada.user.id).protection).toBe('managed');
    await sealAs(accounts, ada);
    expect(kinds(ada.user.id)).toEqual(['password', 'recovery']);
    expect(accounts.protectionOf(ada.user.id).protection).toBe('sealed');
  });

  it('takes the install wrap out of every file, without closing Foyer', async () => {
    const { accounts, ada } = await withAda();
    await addBob(accounts, ada);
    const wrap = raw((db) =>
      db
        .prepare("SELECT nonce, ciphertext FROM key_wraps WHERE kind = 'install' AND user_id = ?")
        .get(ada.user.id),
    ) as { nonce: Buffer; ciphertext: Buffer };
    expect(isInAFile(wrap.ciphertext)).toBe(true);
    await sealAs(accounts, ada);
    expect(isInAFile(wrap.ciphertext)).toBe(false);
    expect(isInAFile(wrap.ciphertext.subarray(0, 12))).toBe(false);
    expect(isInAFile(wrap.nonce)).toBe(false);
    expect(fs.statSync(path.join(dataDir(), 'foyer.db-wal')).size).toBe(0);
  });

  it('ends the other sessions, keeps the one that sealed, and writes down what happened but no code', async () => {
    const { accounts, ada, signedIn } = await withAda();
    const other = await accounts.signIn(ADA);
    const code = await sealAs(accounts, ada);
    expect(await accounts.authenticate(cookieOf(signedIn))).not.toBeNull();
    expect(other && (await accounts.authenticate(cookieOf(other)))).toBeNull();
    expect(actions()).toContain('account.sealed');
    for (const part of [code, code.replaceAll('-', ''), ...code.split('-')]) {
      expect(isInAFile(Buffer.from(part))).toBe(false);
    }
  });

  it('repairs a password wrap that would not have opened', async () => {
    const { accounts, ada } = await withAda();
    raw((db) => db.exec("UPDATE key_wraps SET ciphertext = x'00' WHERE kind = 'password'"));
    await sealAs(accounts, ada);
    const again = await reopen(accounts, { keychain: lockedKeychain() });
    expect(await again.signIn(ADA)).not.toBeNull();
    expect(again.dataKey(ada.user.id)).toHaveLength(32);
  });

  it('is undone with the password, and the install key opens the history again', async () => {
    const { accounts, ada, key, code } = await sealedAda();
    expect(await accounts.unseal(ada, 'wrong')).toBe('wrong-password');
    expect(await accounts.unseal(ada, ADA.password)).toBe('ok');
    expect(kinds(ada.user.id)).toEqual(['install', 'password']);
    const again = await reopen(accounts);
    expect(again.dataKey(ada.user.id)).toEqual(key);
    expect(await again.recover({ email: ADA.email, code, password: 'a new password' })).toBeNull();
  });

  it('is not undone while the keychain is away', async () => {
    const { accounts, ada } = await sealedAda();
    const away = await reopen(accounts, { keychain: lockedKeychain() });
    const signedIn = await away.signIn(ADA);
    const caller = signedIn && (await away.authenticate(cookieOf(signedIn)));
    if (caller === null) throw new Error('not signed in');
    expect(await away.unseal(caller, ADA.password)).toBe('keychain-unavailable');
    expect(kinds(ada.user.id)).toEqual(['password', 'recovery']);
  });

  it('a second recovery code takes the place of the first', async () => {
    const { accounts, ada, code } = await sealedAda();
    const second = await sealAs(accounts, ada);
    expect(actions().at(-1)).toBe('recovery_code.replaced');
    expect(await accounts.recover({ email: ADA.email, code, password: 'a new password' })).toBeNull();
    expect(
      await accounts.recover({ email: ADA.email, code: second, password: 'a new password' }),
    ).not.toBeNull();
  });
});

describe('a sealed history', () => {
  it('is opened by nothing that Foyer, its keychain and its files hold', async () => {
    const { accounts, ada, signedIn, key } = await sealedAda();
    const again = await reopen(accounts);
    expect(again.installKey.state).toBe('ok');
    expect(() => again.dataKey(ada.user.id)).toThrow(DataKeyLockedError);
    expect(await again.authenticate(cookieOf(signedIn))).toBeNull();
    expect(await again.authenticate(bearerOf(signedIn))).toBeNull();
    // An install wrap that comes back from somewhere is not even looked at.
    const { openSealed } = await installWrapFromBackup(again, ada.user.id, key);
    expect(openSealed).toBe(true);
    expect(() => again.dataKey(ada.user.id)).toThrow(DataKeyLockedError);
  });

  /** Puts an install wrap of the very key into the database, as an older copy of `foyer.db` would have it. */
  async function installWrapFromBackup(accounts: Accounts, userId: string, key: Buffer) {
    const { deriveKey } = await import('./install-key.ts');
    const { wrapWithInstallKey, openWithInstallKey } = await import('./key-wraps.ts');
    const install = Buffer.from((await keychain().get(`install-key:${accounts.installId}`)) ?? '', 'base64');
    const wrapping = deriveKey(install, 'data-key-wrap');
    const wrap = wrapWithInstallKey(key, userId, wrapping);
    raw((db) =>
      db
        .prepare("INSERT INTO key_wraps (user_id, kind, nonce, ciphertext) VALUES (?, 'install', ?, ?)")
        .run(userId, wrap.nonce, wrap.ciphertext),
    );
    return { openSealed: openWithInstallKey(wrap, userId, wrapping) !== null };
  }

  it('after a restart waits for its owner: the session is known, and the password opens it', async () => {
    const { accounts, key, signedIn } = await sealedAda();
    const again = await reopen(accounts);
    const closed = await again.closedSession(cookieOf(signedIn));
    if (closed === null) throw new Error('no closed session');
    expect(closed.user.email).toBe(ADA.email);
    expect(again.needs(closed)).toBe('password');
    expect(await again.openWithPassword(closed, 'wrong password')).toBe('wrong');
    expect(await again.authenticate(cookieOf(signedIn))).toBeNull();
    expect(await again.openWithPassword(closed, ADA.password)).toBe('ok');
    expect(await again.authenticate(cookieOf(signedIn))).not.toBeNull();
    expect(await again.closedSession(cookieOf(signedIn))).toBeNull();
    expect(again.dataKey(closed.user.id)).toEqual(key);
  });

  it('that one session has opened stays closed for another', async () => {
    const { accounts, signedIn } = await sealedAda();
    const second = await accounts.signIn(ADA);
    const again = await reopen(accounts);
    await again.signIn(ADA);
    expect(await again.authenticate(cookieOf(signedIn))).toBeNull();
    expect(second && (await again.closedSession(cookieOf(second)))).not.toBeNull();
  });

  it('leaves the memory with the last session, however that ends', async () => {
    const { accounts, ada } = await sealedAda();
    const second = await accounts.signIn(ADA);
    const key = accounts.dataKey(ada.user.id);
    accounts.signOut(ada);
    expect(accounts.unusedKeys()).toEqual([]);
    expect(accounts.forgetUnused(ada.user.id)).toBe(false);
    expect(second && (await accounts.authenticate(cookieOf(second)))).not.toBeNull();
    later(121);
    expect(accounts.unusedKeys()).toEqual([ada.user.id]);
    expect(accounts.forgetUnused(ada.user.id)).toBe(true);
    expect(key.every((byte) => byte === 0)).toBe(true);
    expect(() => accounts.dataKey(ada.user.id)).toThrow(DataKeyLockedError);
  });

  it('opens with the password alone while the keychain is locked or gone, beside managed people', async () => {
    const { accounts, ada, key } = await sealedAda();
    const bob = await addBob(accounts, ada);
    const bobs = Buffer.from(accounts.dataKey(bob));
    const before = raw((db) => db.prepare('SELECT * FROM key_wraps ORDER BY user_id, kind').all());
    const account = `install-key:${accounts.installId}`;
    const genuine = (await keychain().get(account)) ?? '';

    const locked = await reopen(accounts, { keychain: lockedKeychain() });
    await locked.signIn(ADA);
    await locked.signIn(BOB);
    expect([locked.dataKey(ada.user.id), locked.dataKey(bob)]).toEqual([key, bobs]);

    await keychain().delete(account);
    const gone = await reopen(locked);
    expect(gone.installKey.state).toBe('missing-key');
    expect(() => gone.dataKey(bob)).toThrow(DataKeyLockedError);
    await gone.signIn(ADA);
    expect(gone.dataKey(ada.user.id)).toEqual(key);
    expect(raw((db) => db.prepare('SELECT * FROM key_wraps ORDER BY user_id, kind').all())).toEqual(before);

    await keychain().set(account, genuine);
    const back = await reopen(gone);
    expect(back.dataKey(bob)).toEqual(bobs);
    expect(() => back.dataKey(ada.user.id)).toThrow(DataKeyLockedError);
    await back.signIn(ADA);
    expect(back.dataKey(ada.user.id)).toEqual(key);
  });

  it('goes with its person, without the key', async () => {
    const { accounts, ada } = await sealedAda();
    const bob = await addBob(accounts, ada);
    const again = await reopen(accounts);
    await again.updateUser(ada, bob, { is_admin: true });
    expect((await again.deleteUser(ada, ada.user.id)).ok).toBe(true);
    expect(kinds(ada.user.id)).toEqual([]);
  });

  it('its owner changes the password, and the code stays good', async () => {
    const { accounts, ada, key, code } = await sealedAda();
    expect(await accounts.changeOwnPassword(ada, ADA.password, 'changed by Ada')).toBe('ok');
    const again = await reopen(accounts);
    expect(await again.signIn({ ...ADA, password: 'changed by Ada' })).not.toBeNull();
    expect(again.dataKey(ada.user.id)).toEqual(key);
    expect(await again.recover({ email: ADA.email, code, password: 'and once more' })).not.toBeNull();
  });

  it('kill -9 at every point of sealing leaves one that opens', async () => {
    const { accounts, ada, key } = await (async () => {
      const made = await withAda();
      return { ...made, key: Buffer.from(made.accounts.dataKey(made.ada.user.id)) };
    })();
    const copies: string[] = [];
    const copy = (name: string) => {
      const to = fs.mkdtempSync(path.join(dataDir(), `${name}-`));
      for (const file of fs.readdirSync(dataDir()).filter((each) => each.startsWith('foyer.db'))) {
        fs.copyFileSync(path.join(dataDir(), file), path.join(to, file));
      }
      copies.push(to);
    };
    copy('before');
    const shown = await accounts.showRecoveryCode(ada, ADA.password);
    if (shown === 'wrong-password') throw new Error(shown);
    copy('shown');
    // What the disk holds before each statement of the transaction, before the log is cut, and after.
    const { $client } = accounts.database;
    const prepare = vi.spyOn($client, 'prepare').mockImplementation(function (this: unknown, sql: string) {
      copy('statement');
      return Object.getPrototypeOf($client).prepare.call($client, sql);
    });
    const pragma = vi.spyOn($client, 'pragma').mockImplementation(function (
      this: unknown,
      ...args: unknown[]
    ) {
      copy('committed');
      return Object.getPrototypeOf($client).pragma.apply($client, args);
    });
    expect(accounts.confirmRecoveryCode(ada, shown.code.split('-')[shown.group - 1] ?? '')).toBe('ok');
    prepare.mockRestore();
    pragma.mockRestore();
    copy('purged');
    expect(copies.length).toBeGreaterThan(6);
    accounts.close();

    const seen = new Set<string>();
    const { openAccounts } = await import('./index.ts');
    for (const folder of copies) {
      for (const chain of [keychain(), lockedKeychain()]) {
        const run = await openAccounts({
          dataDir: folder,
          migrationsDir: path.resolve(import.meta.dirname, '..', 'database', 'accounts', 'migrations'),
          keychain: chain,
          tokenLifetimeMinutes: 120,
        });
        const { protection } = run.protectionOf(ada.user.id);
        seen.add(protection);
        expect(await run.signIn(ADA), folder).not.toBeNull();
        expect(run.dataKey(ada.user.id)).toEqual(key);
        const recovered = await run.recover({
          email: ADA.email,
          code: shown.code,
          password: 'a new password',
        });
        expect(recovered !== null).toBe(protection === 'sealed');
        if (recovered !== null) {
          const next = { email: ADA.email, code: recovered.recoveryCode, password: ADA.password };
          expect(await run.recover(next)).not.toBeNull();
        }
        run.close();
        // The second run needs the code of the first: each folder is opened by both only while it is managed.
        if (recovered !== null) break;
      }
    }
    expect([...seen].sort()).toEqual(['managed', 'sealed']);
  }, 60_000);
});
