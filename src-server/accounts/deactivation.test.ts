/** People who are deactivated, and passwords that somebody else gave. */
import { describe, expect, it, vi } from 'vitest';
import { addBob, BOB, bearerOf, callerOf, cookieOf, house } from './testing/house.ts';

const { withAda, raw } = house();

/** How often Argon2 was asked: nothing else at a sign-in takes a time that could be told from outside. */
const work = vi.hoisted(() => ({ calls: 0 }));
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const original = await importOriginal<typeof import('@node-rs/argon2')>();
  const counted =
    <Args extends unknown[], Result>(call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      work.calls += 1;
      return call(...args);
    };
  return {
    ...original,
    hash: counted(original.hash),
    hashRaw: counted(original.hashRaw),
    verify: counted(original.verify),
  };
});

describe('somebody who is deactivated', () => {
  it('is let in nowhere, loses nothing, and has everything back when activated', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const key = Buffer.from(accounts.dataKey(bob));
    const signedIn = await accounts.signIn(BOB);
    if (signedIn === null) throw new Error('not signed in');
    const off = await accounts.updateUser(ada, bob, { is_active: false });
    expect(off).toMatchObject({ ok: true, value: { status: 'deactivated', role: 'user' } });
    expect(await accounts.authenticate(cookieOf(signedIn))).toBeNull();
    expect(await accounts.authenticate(bearerOf(signedIn))).toBeNull();
    expect(await accounts.signIn(BOB)).toBeNull();
    expect(accounts.sessionsOfPerson(ada, bob)).toEqual([]);

    expect(await accounts.updateUser(ada, bob, { is_active: true })).toMatchObject({ ok: true });
    expect((await callerOf(accounts, BOB)).user.status).toBe('active');
    expect(accounts.dataKey(bob)).toEqual(key);
    expect(await accounts.authenticate(cookieOf(signedIn))).toBeNull();
  });

  it('is not let in by a row of a session that should not be there', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const signedIn = await accounts.signIn(BOB);
    if (signedIn === null) throw new Error('not signed in');
    raw((database) => database.prepare("UPDATE users SET status = 'deactivated' WHERE id = ?").run(bob));
    expect(await accounts.authenticate(cookieOf(signedIn))).toBeNull();
  });

  it('is refused as with a wrong password: counted, written down, and for as much work', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    await accounts.updateUser(ada, bob, { is_active: false });
    const cost = async (password: string) => {
      const before = work.calls;
      expect(await accounts.signIn({ ...BOB, password })).toBeNull();
      return work.calls - before;
    };
    expect([await cost(BOB.password), await cost('not the password')]).toEqual([1, 1]);
    for (let attempt = 2; attempt < 5; attempt += 1) await accounts.signIn(BOB);
    await expect(accounts.signIn(BOB)).rejects.toThrow('too many attempts');
    const written = raw((database) =>
      database.prepare("SELECT count(*) FROM audit WHERE action = 'session.refused'").pluck().get(),
    );
    expect(written).toBe(5);
  });

  it('gets no session when that happens while the password is being checked', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const signingIn = accounts.signIn(BOB);
    await accounts.updateUser(ada, bob, { is_active: false });
    expect(await signingIn).toBeNull();
    expect(accounts.sessionsOfPerson(ada, bob)).toEqual([]);
  });
});

describe('a password', () => {
  it('is temporary when an administrator gave it, until its owner has chosen another one', async () => {
    const { accounts, ada } = await withAda();
    expect(ada.user.password_is_temporary).toBe(false);
    const id = await addBob(accounts, ada);
    const bob = await callerOf(accounts, BOB);
    expect(bob.user.password_is_temporary).toBe(true);
    expect(await accounts.changeOwnPassword(bob, BOB.password, BOB.password)).toBe('unchanged');
    expect((await callerOf(accounts, BOB)).user.password_is_temporary).toBe(true);
    expect(await accounts.changeOwnPassword(bob, BOB.password, 'a choice of my own')).toBe('ok');
    expect((await callerOf(accounts, { ...BOB, password: 'a choice of my own' })).user).toMatchObject({
      password_is_temporary: false,
    });
    const reset = await accounts.updateUser(ada, id, { password: 'given once more' });
    expect(reset).toMatchObject({ ok: true, value: { password_is_temporary: true } });
  });

  it('that administrators set for themselves is their own', async () => {
    const { accounts, ada } = await withAda();
    const reset = await accounts.updateUser(ada, ada.user.id, { password: 'a choice of my own' });
    expect(reset).toMatchObject({ ok: true, value: { password_is_temporary: false } });
  });

  it('is not changed by a session that ended meanwhile', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const caller = await callerOf(accounts, BOB);
    const changing = accounts.changeOwnPassword(caller, BOB.password, 'a choice of my own');
    accounts.endSessions(ada, bob, 'all');
    expect(await changing).toBe('wrong-password');
    expect(await accounts.signIn(BOB)).not.toBeNull();
  });
});
