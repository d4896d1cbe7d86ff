import fs from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { sessionKeychain } from '../keychain/index.ts';
import { DataKeyLockedError, DataKeyLostError, type SessionsEnded } from './index.ts';
import { ADA, BOB, callerOf, house, lockedKeychain } from './testing/house.ts';

const { dataDir, keychain, now, later, open, reopen, withAda, raw } = house();

describe('the first administrator', () => {
  it('is created once, however many try at the same time', async () => {
    const accounts = await open();
    expect(accounts.needsSetup()).toBe(true);
    const tries = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        accounts.createFirstAdministrator({ ...ADA, email: `${name}@example.org` }),
      ),
    );
    expect(tries.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(accounts.listUsers()).toHaveLength(1);
    expect(accounts.needsSetup()).toBe(false);
  });

  it('can be provisioned, which never changes an account that exists', async () => {
    const { accounts } = await withAda();
    expect(await accounts.provisionAdministrator({ ...ADA, password: 'another one' })).toBe('exists');
    expect(await accounts.signIn({ ...ADA, password: 'another one' })).toBeNull();
    expect(await accounts.provisionAdministrator({ email: 'root@example.org', password: 'root root' })).toBe(
      'created',
    );
  });
});

describe('sessions', () => {
  it('cookie and token name one session, and end together', async () => {
    const { accounts, signedIn, ada } = await withAda();
    const bearer = { kind: 'bearer', value: signedIn.accessToken } as const;
    expect(await accounts.authenticate(bearer)).toMatchObject({
      role: 'administrator',
      sessionId: ada.sessionId,
    });
    accounts.signOut(ada);
    expect(await accounts.authenticate(bearer)).toBeNull();
    expect(await accounts.authenticate({ kind: 'cookie', value: signedIn.cookieSecret })).toBeNull();
  });

  it('cookies live on with use; tokens do not', async () => {
    const { accounts, signedIn } = await withAda();
    const cookie = { kind: 'cookie', value: signedIn.cookieSecret } as const;
    later(100);
    expect(await accounts.authenticate(cookie)).not.toBeNull();
    later(100);
    expect(await accounts.authenticate({ kind: 'bearer', value: signedIn.accessToken })).toBeNull();
    expect(await accounts.authenticate(cookie)).not.toBeNull();
    later(121);
    expect(await accounts.authenticate(cookie)).toBeNull();
  });

  it('refuses forged tokens', async () => {
    const authSecret = 'a secret of more than thirty-two characters';
    const { accounts: first, ada, signedIn } = await withAda();
    const accounts = await reopen(first, { authSecret });
    expect(await accounts.authenticate({ kind: 'bearer', value: signedIn.accessToken })).toBeNull();

    const forge = (claims: { sid?: string; sub?: string }, secret = authSecret) =>
      new SignJWT({ sid: ada.sessionId, ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(claims.sub ?? ada.user.id)
        .setIssuer('foyer')
        .setAudience(accounts.installId)
        .setIssuedAt(now())
        .setExpirationTime(new Date(now().getTime() + 60_000))
        .sign(new TextEncoder().encode(secret));
    const check = async (value: string) => accounts.authenticate({ kind: 'bearer', value });
    expect(await check(await forge({}))).not.toBeNull();
    expect(await check(await forge({}, 'another secret of more than 32 characters'))).toBeNull();
    expect(await check(await forge({ sid: 'ses_unknown' }))).toBeNull();
    expect(await check(await forge({ sub: 'usr_somebody_else' }))).toBeNull();
    const [, payload] = (await forge({})).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await check(`${none}.${payload}.`)).toBeNull();
    expect(await check('')).toBeNull();
  });

  it('no secret is stored as it is', async () => {
    const { signedIn, accounts } = await withAda();
    const key = accounts.dataKey(signedIn.user.id);
    const bytes = Buffer.concat(
      fs.readdirSync(dataDir()).map((name) => fs.readFileSync(path.join(dataDir(), name))),
    );
    for (const secret of [
      ADA.password,
      signedIn.cookieSecret,
      signedIn.accessToken,
      key,
      key.toString('hex'),
    ]) {
      expect(bytes.includes(secret)).toBe(false);
    }
  });
});

describe('looking after people', () => {
  it('keeps the last administrator, also when two try to leave at once', async () => {
    const { accounts, ada } = await withAda();
    const created = await accounts.createUser(ada, { ...BOB, is_admin: true });
    if (!created.ok) throw new Error(created.error);
    const bob = await callerOf(accounts, BOB);
    const outcomes = await Promise.all([
      accounts.updateUser(ada, ada.user.id, { is_admin: false }),
      accounts.updateUser(bob, bob.user.id, { is_active: false }),
    ]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false]);
    for (const outcome of [
      outcomes[1],
      await accounts.deleteUser(bob, bob.user.id),
      await accounts.updateUser(bob, bob.user.id, { role: 'guest' }),
    ]) {
      expect(outcome).toEqual({ ok: false, error: 'last-administrator' });
    }
  });

  it('takes nothing from somebody who has just lost the role', async () => {
    const { accounts, ada } = await withAda();
    await accounts.createUser(ada, { ...BOB, is_admin: true });
    const bob = await callerOf(accounts, BOB);
    await accounts.updateUser(ada, bob.user.id, { is_admin: false });
    const eve = { email: 'eve@example.org', password: 'eve is waiting' };
    for (const outcome of [
      await accounts.createUser(bob, eve),
      await accounts.updateUser(bob, ada.user.id, { password: 'taken over' }),
      await accounts.deleteUser(bob, ada.user.id),
    ]) {
      expect(outcome).toEqual({ ok: false, error: 'forbidden' });
    }
    expect(await accounts.signIn(ADA)).not.toBeNull();
  });

  it('a reset keeps the history’s key and ends the sessions; changes tell who was signed out', async () => {
    const { accounts, ada } = await withAda();
    const ended: SessionsEnded[] = [];
    accounts.onSessionsEnded((event) => ended.push(event));
    const created = await accounts.createUser(ada, BOB);
    if (!created.ok) throw new Error(created.error);
    const bob = await accounts.signIn(BOB);
    const key = Buffer.from(accounts.dataKey(created.value.id));

    expect((await accounts.updateUser(ada, created.value.id, { password: 'new password' })).ok).toBe(true);
    expect(ended).toEqual([
      {
        userId: created.value.id,
        sessionIds: [bob?.sessionId],
        reason: 'revoked',
        staysSignedIn: false,
      },
    ]);
    expect(await accounts.signIn(BOB)).toBeNull();

    const again = await reopen(accounts, { keychain: lockedKeychain() });
    expect(await again.signIn({ ...BOB, password: 'new password' })).not.toBeNull();
    expect(again.dataKey(created.value.id)).toEqual(key);
  });

  it('changing one’s own password keeps this session and ends the others', async () => {
    const { accounts, ada, signedIn } = await withAda();
    const other = await accounts.signIn(ADA);
    expect(await accounts.changeOwnPassword(ada, 'wrong', 'something new')).toBe('wrong-password');
    expect(await accounts.changeOwnPassword(ada, ADA.password, 'something new')).toBe('ok');
    expect(await accounts.authenticate({ kind: 'cookie', value: signedIn.cookieSecret })).not.toBeNull();
    expect(await accounts.authenticate({ kind: 'cookie', value: other?.cookieSecret ?? '' })).toBeNull();
  });

  it('writes down who did what, without addresses', async () => {
    const { accounts, ada } = await withAda();
    await accounts.createUser(ada, BOB);
    await accounts.signIn({ ...BOB, password: 'wrong' });
    const rows = raw((database) => database.prepare('SELECT * FROM audit ORDER BY sequence').all());
    expect(rows.map((row) => (row as { action: string }).action)).toEqual([
      'user.created',
      'session.started',
      'user.created',
      'session.refused',
    ]);
    expect(JSON.stringify(rows)).not.toContain('@');
  });
});

describe('data keys', () => {
  it('do not open from another person’s row', async () => {
    const { accounts, ada } = await withAda();
    const created = await accounts.createUser(ada, BOB);
    if (!created.ok) throw new Error(created.error);
    raw((database) =>
      database
        .prepare(
          `UPDATE key_wraps SET (nonce, ciphertext) =
             (SELECT nonce, ciphertext FROM key_wraps WHERE user_id = ? AND kind = 'install')
           WHERE user_id = ? AND kind = 'install'`,
        )
        .run(ada.user.id, created.value.id),
    );
    const again = await reopen(accounts);
    expect(() => again.dataKey(created.value.id)).toThrow(DataKeyLockedError);
    expect(await again.signIn(BOB)).not.toBeNull();
    expect(again.dataKey(created.value.id)).not.toEqual(again.dataKey(ada.user.id));
  });
});

describe('without the keychain', () => {
  it('a damaged wrap says so at sign-in; nothing is overwritten; the keychain opens it again', async () => {
    const { accounts: before, ada } = await withAda();
    const key = Buffer.from(before.dataKey(ada.user.id));
    raw((database) =>
      database.prepare("UPDATE key_wraps SET ciphertext = x'00' WHERE kind = 'password'").run(),
    );
    const rows = () =>
      raw((database) => [
        database.prepare('SELECT * FROM key_wraps ORDER BY kind').all(),
        database.prepare('SELECT * FROM users').all(),
        database.prepare('SELECT * FROM sessions').all(),
      ]);

    const away = await reopen(before, { keychain: lockedKeychain() });
    const kept = rows();
    await expect(away.signIn(ADA)).rejects.toThrow(DataKeyLostError);
    expect(await away.signIn({ ...ADA, password: 'wrong' })).toBeNull();
    expect(rows()).toEqual(kept);

    const back = await reopen(away);
    expect(await back.signIn(ADA)).not.toBeNull();
    expect(back.dataKey(ada.user.id)).toEqual(key);
  });

  it('people sign in with their passwords; nothing is overwritten; all is back when it is back', async () => {
    const { accounts: before, signedIn, ada } = await withAda();
    const key = Buffer.from(before.dataKey(ada.user.id));
    const secrets = async () => Promise.all((await keychain().list()).map((name) => keychain().get(name)));
    const kept = await secrets();

    const away = await reopen(before, { keychain: lockedKeychain() });
    expect(away.installKey).toEqual({ state: 'locked', reason: 'The keychain is locked.' });
    expect(await away.authenticate({ kind: 'cookie', value: signedIn.cookieSecret })).toBeNull();
    expect(() => away.dataKey(ada.user.id)).toThrow(DataKeyLockedError);
    const created = await away.signIn(ADA);
    expect(created).not.toBeNull();
    expect(away.dataKey(ada.user.id)).toEqual(key);

    const back = await reopen(away);
    expect(back.installKey).toEqual({ state: 'ok' });
    expect(await secrets()).toEqual(kept);
    expect(back.dataKey(ada.user.id)).toEqual(key);
  });

  it('a reset that would lock somebody out is refused', async () => {
    const { accounts: before, ada } = await withAda();
    const created = await before.createUser(ada, BOB);
    if (!created.ok) throw new Error(created.error);
    const away = await reopen(before, { keychain: lockedKeychain() });
    await away.signIn(ADA);
    expect(await away.updateUser(ada, created.value.id, { password: 'new password' })).toEqual({
      ok: false,
      error: 'history-locked',
    });
    expect(await away.signIn(BOB)).not.toBeNull();
  });

  it('an install key that vanished is told, not replaced', async () => {
    const { accounts: before } = await withAda();
    const empty = sessionKeychain();
    const away = await reopen(before, { keychain: empty });
    expect(away.installKey.state).toBe('missing-key');
    expect(await empty.list()).toEqual([]);
    expect(await away.signIn(ADA)).not.toBeNull();
  });

  it('people made without it are known to it at their first sign-in with it', async () => {
    const away = await open({ keychain: lockedKeychain() });
    const created = await away.createFirstAdministrator(ADA);
    if (!created.ok) throw new Error(created.error);
    await away.signIn(ADA);
    const key = Buffer.from(away.dataKey(created.value.id));
    const back = await reopen(away);
    await back.signIn(ADA);
    const again = await reopen(back);
    expect(again.dataKey(created.value.id)).toEqual(key);
  });
});
