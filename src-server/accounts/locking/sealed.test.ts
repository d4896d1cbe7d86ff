import { describe, expect, it } from 'vitest';
import { type Keychain, sessionKeychain } from '../../keychain/index.ts';
import {
  type Accounts,
  deviceHashOf,
  type Entrance,
  SecondFactorRequiredError,
  SessionLockedError,
  type SignedIn,
} from '../index.ts';
import { ADA, addBob, BOB, callerOf, cookieOf, house, sealAs, turnOnFactor } from '../testing/house.ts';

const { withAda, reopen, now, later } = house();
const PIN = '829417';

const osKeychain = (): Keychain => ({ ...sessionKeychain(), place: 'os' });
const window = (sessionSecret: string | null = null): Entrance => ({
  deviceHash: deviceHashOf('a browser'),
  sessionSecret,
});

async function caller(accounts: Accounts, signedIn: SignedIn | null) {
  const found = signedIn && (await accounts.authenticate(cookieOf(signedIn)));
  if (signedIn === null || found === null) throw new Error('not signed in');
  return { signedIn, found };
}

/** Ada in a browser that shows her, with a sealed account and a PIN. */
async function sealedWithPin() {
  const keychain = osKeychain();
  const { accounts } = await withAda({ keychain });
  const entrance = { ...window(), show: true };
  const { signedIn, found: ada } = await caller(accounts, await accounts.signIn(ADA, entrance));
  const code = await sealAs(accounts, ada);
  expect(await accounts.setPin(ada, ADA.password, PIN)).toBe('ok');
  return { accounts, keychain, signedIn, ada, code };
}

const pinTries = (accounts: Accounts) => accounts.peopleAt(window())[0]?.pin_tries;
const byPin = async (accounts: Accounts, id: string, secret: string | null = null) => {
  const opened = await accounts.openWithPin(window(secret), id, PIN);
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
};

describe('the PIN of a sealed person', () => {
  it('opens the history, after a restart too, for the session that it opens and no other', async () => {
    const { accounts, keychain, signedIn, ada } = await sealedWithPin();
    const elsewhere = await accounts.signIn(ADA);
    const next = await reopen(accounts, { keychain });
    expect(await next.closedSession(cookieOf(signedIn))).not.toBeNull();
    const opened = await byPin(next, ada.user.id, signedIn.cookieSecret);
    expect(opened.sessionId).toBe(signedIn.sessionId);
    expect(await next.authenticate(cookieOf(opened))).not.toBeNull();
    expect(next.dataKey(ada.user.id)).toHaveLength(32);
    expect(elsewhere && (await next.closedSession(cookieOf(elsewhere)))).not.toBeNull();
  });

  it('is not asked for while somebody types what opens the history', async () => {
    const { accounts, keychain, signedIn } = await sealedWithPin();
    const next = await reopen(accounts, { keychain, longestMinutes: () => 10 });
    const closed = () => next.closedSession(cookieOf(signedIn));
    const session = await closed();
    if (session === null) throw new Error('the history is not closed');
    for (let minutes = 0; minutes < 30; minutes += 9) {
      later(9);
      next.active(session);
      next.lockIdle();
      expect(await closed()).not.toBeNull();
      expect(next.locksInMs(session)).toBe(10 * 60_000);
    }
    later(11);
    next.lockIdle();
    await expect(closed()).rejects.toThrow(SessionLockedError);
  });

  it('ends with sealing and with unsealing', async () => {
    const { accounts, ada } = await sealedWithPin();
    expect(await accounts.unseal(ada, ADA.password)).toBe('ok');
    expect(pinTries(accounts)).toBeNull();
    expect(await accounts.setPin(ada, ADA.password, PIN)).toBe('ok');
    expect(pinTries(accounts)).toBe(5);
    await sealAs(accounts, ada);
    expect(pinTries(accounts)).toBeNull();
  });

  it('ends with a password that an administrator sets, and with recovery', async () => {
    const { accounts, ada, code } = await sealedWithPin();
    const next = 'a long new password';
    expect(await accounts.recover({ email: ADA.email, code, password: next })).not.toBeNull();
    expect(pinTries(accounts)).toBeNull();
    const entrance = { ...window(), show: true };
    const { found: again } = await caller(
      accounts,
      await accounts.signIn({ ...ADA, password: next }, entrance),
    );
    const bobId = await addBob(accounts, again);
    await accounts.updateUser(again, bobId, { is_admin: true });
    expect(await accounts.setPin(again, next, PIN)).toBe('ok');
    const bob = await callerOf(accounts, BOB);
    const reset = await accounts.updateUser(bob, ada.user.id, {
      password: 'given by Bob',
      accept_loss: true,
    });
    expect(reset.ok).toBe(true);
    expect(pinTries(accounts)).toBeNull();
  });

  it('counts as two factors on a machine that knows the person; the password asks for the second', async () => {
    const { accounts, signedIn, ada } = await sealedWithPin();
    await turnOnFactor(accounts, ada, now());
    accounts.lockSession(ada);
    const again = window(signedIn.cookieSecret);
    await expect(accounts.signIn(ADA, again)).rejects.toThrow(SecondFactorRequiredError);
    await expect(accounts.authenticate(cookieOf(signedIn)), 'still locked').rejects.toThrow(
      SessionLockedError,
    );
    const opened = await byPin(accounts, ada.user.id, signedIn.cookieSecret);
    expect(opened.sessionId).toBe(signedIn.sessionId);
  });
});

describe('a locked session of a sealed person', () => {
  it('is unlocked by password and code together, and stays the same session', async () => {
    const { accounts, signedIn, ada } = await sealedWithPin();
    const { codes } = await turnOnFactor(accounts, ada, now());
    accounts.lockSession(ada);
    const again = window(signedIn.cookieSecret);
    const challenge = await accounts.signIn(ADA, again).catch((error: unknown) => {
      if (error instanceof SecondFactorRequiredError) return error.challenge;
      throw error;
    });
    const opened = await accounts.answerChallenge(String(challenge), codes[0] ?? '', {}, again);
    expect(opened?.sessionId).toBe(signedIn.sessionId);
    expect(opened && (await accounts.authenticate(cookieOf(opened)))).not.toBeNull();
  });

  it('is locked before it is closed: nothing opens its history but unlocking', async () => {
    const { accounts, keychain, signedIn, ada } = await sealedWithPin();
    accounts.lockSession(ada);
    const next = await reopen(accounts, { keychain });
    await expect(next.closedSession(cookieOf(signedIn))).rejects.toThrow(SessionLockedError);
    await expect(next.authenticate(cookieOf(signedIn))).rejects.toThrow(SessionLockedError);
  });

  it('keeps the key while something works for it, and has to be opened again once the key is wiped', async () => {
    const { accounts, signedIn, ada } = await sealedWithPin();
    const key = accounts.dataKey(ada.user.id);
    accounts.lockSession(ada);
    expect(accounts.mayGoOn(ada), 'its run').toBe(true);
    expect(accounts.unusedKeys()).toEqual([ada.user.id]);
    expect(accounts.forgetUnused(ada.user.id)).toBe(true);
    expect(key.every((byte) => byte === 0)).toBe(true);
    expect(accounts.mayGoOn(ada)).toBe(false);
    const opened = await byPin(accounts, ada.user.id, signedIn.cookieSecret);
    expect(accounts.dataKey(ada.user.id)).toHaveLength(32);
    expect(await accounts.authenticate(cookieOf(opened))).not.toBeNull();
    expect(accounts.unusedKeys()).toEqual([]);
  });
});
