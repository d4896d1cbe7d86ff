import { describe, expect, it } from 'vitest';
import type { SessionsEnded } from './index.ts';
import { ADA, addBob, BOB, cookieOf, house } from './testing/house.ts';

const { open, withAda, raw } = house();

describe('at the same time', () => {
  it('two administrators cannot delete each other', async () => {
    const { accounts, ada } = await withAda();
    const created = await accounts.createUser(ada, { ...BOB, is_admin: true });
    if (!created.ok) throw new Error(created.error);
    const outcomes = await Promise.all([
      accounts.deleteUser(ada, created.value.id),
      accounts.deleteUser(ada, ada.user.id),
      accounts.updateUser(ada, ada.user.id, { password: 'new password', is_admin: false }),
    ]);
    expect(outcomes[0]?.ok).toBe(true);
    expect(outcomes.slice(1)).toEqual([
      { ok: false, error: 'last-administrator' },
      { ok: false, error: 'last-administrator' },
    ]);
    expect(accounts.listUsers().map(({ is_admin }) => is_admin)).toEqual([true]);
    expect(await accounts.signIn(ADA)).not.toBeNull();
  });

  it('one address is given once', async () => {
    const { accounts, ada } = await withAda();
    const outcomes = await Promise.all([1, 2, 3].map(() => accounts.createUser(ada, BOB)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([
      { ok: false, error: 'email-taken' },
      { ok: false, error: 'email-taken' },
    ]);
    expect(accounts.listUsers()).toHaveLength(2);
  });

  it('one administrator is provisioned', async () => {
    const accounts = await open();
    const outcomes = await Promise.all([1, 2].map(() => accounts.provisionAdministrator(ADA)));
    expect(outcomes.sort()).toEqual(['created', 'exists']);
  });

  it('a reset, and a change of the own password, find nobody when the person is deleted', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    const signedIn = await accounts.signIn(BOB);
    const caller = signedIn && (await accounts.authenticate(cookieOf(signedIn)));
    if (caller === null) throw new Error('not signed in');
    const reset = accounts.updateUser(ada, bob, { password: 'new password' });
    const change = accounts.changeOwnPassword(caller, BOB.password, 'another password');
    expect((await accounts.deleteUser(ada, bob)).ok).toBe(true);
    expect(await reset).toEqual({ ok: false, error: 'not-found' });
    expect(await change).toBe('wrong-password');
    expect(
      raw((database) =>
        database.prepare('SELECT count(*) FROM key_wraps WHERE user_id = ?').pluck().get(bob),
      ),
    ).toBe(0);
  });

  it('of two changes of one password the first counts, and both halves are its own', async () => {
    const { accounts, ada } = await withAda();
    const outcomes = await Promise.all([
      accounts.changeOwnPassword(ada, ADA.password, 'first choice'),
      accounts.changeOwnPassword(ada, ADA.password, 'second choice'),
    ]);
    expect([...outcomes].sort()).toEqual(['ok', 'wrong-password']);
    const winner = outcomes[0] === 'ok' ? 'first choice' : 'second choice';
    expect(await accounts.signIn({ ...ADA, password: winner })).not.toBeNull();
  });
});

describe('who is told', () => {
  it('each end of sessions, with its reason, until one stops listening', async () => {
    const { accounts, ada, signedIn } = await withAda();
    const events: SessionsEnded[] = [];
    const stop = accounts.onSessionsEnded((event) => events.push(event));
    const bob = await addBob(accounts, ada);
    const first = await accounts.signIn(BOB);
    await accounts.updateUser(ada, bob, { is_admin: true });
    await accounts.updateUser(ada, bob, { is_admin: true });
    const second = await accounts.signIn(BOB);
    await accounts.deleteUser(ada, bob);
    accounts.signOut(ada);
    expect(events).toEqual([
      { userId: bob, sessionIds: [first?.sessionId], reason: 'revoked', staysSignedIn: false },
      { userId: bob, sessionIds: [second?.sessionId], reason: 'deleted', staysSignedIn: false },
      { userId: ada.user.id, sessionIds: [signedIn.sessionId], reason: 'signed-out', staysSignedIn: false },
    ]);
    stop();
    const again = await accounts.signIn(ADA);
    const caller = again && (await accounts.authenticate(cookieOf(again)));
    if (caller) accounts.signOut(caller);
    expect(events).toHaveLength(3);
  });
});

describe('the audit', () => {
  it('has a row for every change, and neither addresses nor secrets', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    await accounts.updateUser(ada, bob, { is_admin: true });
    await accounts.updateUser(ada, bob, { is_admin: false, password: 'temporary one' });
    await accounts.updateUser(ada, bob, {});
    await accounts.changeOwnPassword(ada, ADA.password, 'changed password');
    await accounts.changeOwnPassword(ada, 'wrong', 'changed password');
    await accounts.deleteUser(ada, bob);
    await accounts.deleteUser(ada, ada.user.id);
    accounts.signOut(ada);
    await accounts.signIn({ email: 'nobody@example.org', password: 'hidden-value' });
    const rows = raw((database) =>
      database
        .prepare('SELECT actor_id AS actor, action, subject_id AS subject FROM audit ORDER BY sequence')
        .all(),
    );
    const [a, b] = [ada.user.id, bob];
    expect(rows).toEqual([
      { actor: null, action: 'user.created', subject: a },
      { actor: a, action: 'session.started', subject: a },
      { actor: a, action: 'user.created', subject: b },
      { actor: a, action: 'user.promoted', subject: b },
      { actor: a, action: 'user.password_reset', subject: b },
      { actor: a, action: 'user.demoted', subject: b },
      { actor: a, action: 'user.password_changed', subject: a },
      { actor: a, action: 'user.deleted', subject: b },
      { actor: a, action: 'session.ended', subject: a },
      { actor: null, action: 'session.refused', subject: null },
    ]);
  });
});

it('people are listed in the order of their making', async () => {
  const { accounts, ada } = await withAda();
  for (const name of ['c', 'a', 'b']) {
    await accounts.createUser(ada, {
      email: `${name}@example.org`,
      password: 'long enough',
      is_admin: false,
    });
  }
  expect(accounts.listUsers().map(({ email }) => email[0])).toEqual(['a', 'c', 'a', 'b']);
  expect(accounts.listUsers()[0]?.email).toBe(ADA.email);
});
