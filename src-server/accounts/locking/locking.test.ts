import { expect, it, vi } from 'vitest';
import type { Entrance, SessionsLocked, SignedIn } from '../index.ts';
import { type Accounts, deviceHashOf, SessionLockedError } from '../index.ts';
import { ADA, addBob, BOB, bearerOf, cookieOf, house } from '../testing/house.ts';

const { withAda, later, raw, reopen } = house();

const window = (sessionSecret: string | null = null, secret = 'a browser'): Entrance => ({
  deviceHash: deviceHashOf(secret),
  sessionSecret,
});

async function signIn(accounts: Accounts, entrance: Entrance | null, person = ADA): Promise<SignedIn> {
  const signedIn = await accounts.signIn(person, entrance);
  if (signedIn === null) throw new Error('not signed in');
  return signedIn;
}

const callerOf = async (accounts: Accounts, signedIn: SignedIn) => {
  const caller = await accounts.authenticate(cookieOf(signedIn));
  if (caller === null) throw new Error('not signed in');
  return caller;
};

/** Ada in a browser, with the longest time that an administrator allows. */
async function inBrowser(longestMinutes = 0) {
  const { accounts } = await withAda();
  const opened = await reopen(accounts, { longestMinutes: () => longestMinutes });
  const locked: SessionsLocked[] = [];
  opened.onSessionsLocked((event) => locked.push(event));
  const signedIn = await signIn(opened, window());
  return { accounts: opened, signedIn, locked, ada: await callerOf(opened, signedIn) };
}

it('lets nothing through but looking, unlocking and signing out', async () => {
  const { accounts, signedIn, locked, ada } = await inBrowser();
  accounts.lockSession(ada);
  for (const credential of [cookieOf(signedIn), bearerOf(signedIn)]) {
    await expect(accounts.authenticate(credential)).rejects.toThrow(SessionLockedError);
  }
  expect(accounts.presence(signedIn.sessionId, window())).toMatchObject({
    state: 'locked',
    person: { id: ada.user.id, name: 'ada', waiting: true },
  });
  expect(locked).toEqual([{ userId: ada.user.id, sessionIds: [signedIn.sessionId] }]);
  const holder = await accounts.holder(cookieOf(signedIn));
  if (holder === null) throw new Error('nobody');
  accounts.signOut(holder);
  expect(await accounts.holder(cookieOf(signedIn))).toBeNull();
});

it('goes on with the same session, under a new cookie', async () => {
  const { accounts, signedIn, ada } = await inBrowser();
  accounts.lockSession(ada);
  const again = await signIn(accounts, window(signedIn.cookieSecret));
  expect(again.sessionId).toBe(signedIn.sessionId);
  expect(await accounts.authenticate(cookieOf(again))).not.toBeNull();
  expect(await accounts.authenticate(cookieOf(signedIn)), 'the cookie from before').toBeNull();
  expect(accounts.sessionsOf(ada)).toHaveLength(2);
});

it('keeps several people waiting in one browser, each with their own session', async () => {
  const { accounts, signedIn, ada } = await inBrowser();
  await addBob(accounts, ada);
  accounts.lockSession(ada);
  const bob = await signIn(accounts, window(signedIn.cookieSecret), BOB);
  expect(bob.sessionId).not.toBe(signedIn.sessionId);
  accounts.lockSession(await callerOf(accounts, bob));
  const backAgain = await signIn(accounts, window(bob.cookieSecret));
  expect(backAgain.sessionId).toBe(signedIn.sessionId);
  expect(accounts.presence(bob.sessionId, window())?.state, 'Bob waits').toBe('locked');
});

it('locks whom somebody else replaces in a browser: nobody could do it afterwards', async () => {
  const { accounts, signedIn, ada, locked } = await inBrowser();
  await addBob(accounts, ada);
  await signIn(accounts, window(signedIn.cookieSecret), BOB);
  expect(locked.map(({ userId }) => userId)).toEqual([ada.user.id]);
  await expect(accounts.authenticate(cookieOf(signedIn))).rejects.toThrow(SessionLockedError);
});

it('gives programs a session of their own, and never locks them by time', async () => {
  const { accounts } = await inBrowser(5);
  const [one, two] = [await signIn(accounts, null), await signIn(accounts, null)];
  expect(one.sessionId).not.toBe(two.sessionId);
  later(60);
  accounts.lockIdle();
  accounts.lockAll();
  expect(await accounts.authenticate(bearerOf(one))).not.toBeNull();
});

it('locks what nobody used for as long as is allowed, wherever it is asked first', async () => {
  const { accounts, signedIn, ada, locked } = await inBrowser(5);
  later(4);
  expect(accounts.presence(signedIn.sessionId, window())).toMatchObject({ locksInMs: 60_000 });
  accounts.active(ada);
  later(4);
  accounts.lockIdle();
  expect(locked).toEqual([]);
  // Requests are not use: a page may ask and stream all day.
  expect(await accounts.authenticate(cookieOf(signedIn))).not.toBeNull();
  later(1);
  await expect(accounts.authenticate(cookieOf(signedIn))).rejects.toThrow(SessionLockedError);
  expect(locked).toHaveLength(1);

  const again = await signIn(accounts, window(signedIn.cookieSecret));
  later(5);
  accounts.lockIdle();
  expect(locked).toHaveLength(2);
  expect(accounts.presence(again.sessionId, window())?.state).toBe('locked');
});

it('lets people choose a shorter time, never a longer one', async () => {
  const { accounts, signedIn, ada } = await inBrowser(30);
  const locksIn = () => {
    const found = accounts.presence(signedIn.sessionId, window());
    return found?.state === 'open' ? found.locksInMs : 'locked';
  };
  expect(locksIn()).toBe(30 * 60_000);
  accounts.changeOwnLocking(ada, null, { lock_after_minutes: 2 });
  expect(locksIn()).toBe(2 * 60_000);
  accounts.changeOwnLocking(ada, null, { lock_after_minutes: 600 });
  expect(locksIn()).toBe(30 * 60_000);
  expect(accounts.ownLocking(ada, null)).toMatchObject({ lock_after_minutes: 600, longest_minutes: 30 });
});

it('gives no more than the whole time when the clock is set back', async () => {
  const { accounts, signedIn } = await inBrowser(5);
  later(-600);
  accounts.lockIdle();
  expect(accounts.presence(signedIn.sessionId, window())).toMatchObject({ locksInMs: 5 * 60_000 });
  later(5);
  expect(accounts.presence(signedIn.sessionId, window())?.state).toBe('locked');
});

it('does not prolong a session by looking at it, locked or not', async () => {
  const { accounts, signedIn, ada } = await inBrowser();
  later(119);
  expect(accounts.presence(signedIn.sessionId, window())).not.toBeNull();
  accounts.lockSession(ada);
  later(2);
  expect(accounts.presence(signedIn.sessionId, window())).toBeNull();
});

it('outlives a restart locked, with everybody who agreed to be shown', async () => {
  const { accounts, signedIn, ada } = await inBrowser();
  accounts.changeOwnLocking(ada, window(), { shown_here: true });
  accounts.lockAll();
  const next = await reopen(accounts);
  await expect(next.authenticate(cookieOf(signedIn))).rejects.toThrow(SessionLockedError);
  expect(next.peopleAt(window())).toMatchObject([{ id: ada.user.id, name: 'ada', waiting: true }]);
});

it('shows people only where they agreed, and no longer when somebody takes them off', async () => {
  const { accounts, ada } = await inBrowser();
  expect(accounts.peopleAt(window()), 'signing in is no consent').toEqual([]);
  await signIn(accounts, { ...window(), show: true });
  expect(accounts.peopleAt(window())).toHaveLength(1);
  expect(JSON.stringify(accounts.peopleAt(window()))).not.toContain('example.org');
  expect(accounts.peopleAt(window(null, 'another browser'))).toEqual([]);
  accounts.hideAt(window(null, 'another browser'), ada.user.id);
  expect(accounts.peopleAt(window())).toHaveLength(1);
  accounts.hideAt(window(), ada.user.id);
  expect(accounts.peopleAt(window())).toEqual([]);
  const actions = raw((db) =>
    db.prepare("SELECT action FROM audit WHERE action LIKE 'device%' ORDER BY sequence").pluck().all(),
  );
  expect(actions).toEqual(['device.shown', 'device.hidden']);
});

it('tells people with the same name apart by their whole address', async () => {
  const { accounts, ada } = await inBrowser();
  const twin = { email: 'ada@elsewhere.example', password: 'another long password' };
  await accounts.createUser(ada, { ...twin, is_admin: false });
  for (const person of [ADA, twin]) await signIn(accounts, { ...window(), show: true }, person);
  const names = accounts.peopleAt(window()).map(({ name }) => name);
  expect(names.sort()).toEqual([twin.email, ADA.email].sort());
});

it('names people by their id only where they are known', async () => {
  const { accounts, ada } = await inBrowser();
  expect(accounts.addressOf(window(), ada.user.id), 'a session waits there').toBe(ADA.email);
  const elsewhere = accounts.addressOf(window(null, 'another browser'), ada.user.id);
  expect(await accounts.signIn({ email: elsewhere, password: ADA.password })).toBeNull();
  expect(accounts.addressOf(null, ada.user.id)).toBe(elsewhere);
});

it('forgets the key of a sealed person when all their sessions are locked, and of nobody else', async () => {
  const { accounts, signedIn, ada } = await inBrowser();
  expect(accounts.forgetUnused(ada.user.id), 'managed').toBe(false);
  raw((db) =>
    db.exec("UPDATE users SET protection = 'sealed'; DELETE FROM key_wraps WHERE kind = 'install'"),
  );
  expect(accounts.forgetUnused(ada.user.id), 'open').toBe(false);
  await signIn(accounts, null);
  accounts.lockSession(ada);
  expect(accounts.forgetUnused(ada.user.id), 'another session is open').toBe(false);
  raw((db) => db.prepare('DELETE FROM sessions WHERE id != ?').run(signedIn.sessionId));
  expect(accounts.forgetUnused(ada.user.id)).toBe(true);
  expect(() => accounts.dataKey(ada.user.id)).toThrow('locked');
  await signIn(accounts, window(signedIn.cookieSecret));
  expect(accounts.dataKey(ada.user.id)).toHaveLength(32);
});

it('tells nobody any more who has stopped listening', async () => {
  const { accounts, ada } = await inBrowser();
  const listener = vi.fn();
  accounts.onSessionsLocked(listener)();
  accounts.lockSession(ada);
  expect(listener).not.toHaveBeenCalled();
});
