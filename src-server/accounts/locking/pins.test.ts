import fs from 'node:fs';
import path from 'node:path';
import { hashRaw } from '@node-rs/argon2';
import { expect, it, vi } from 'vitest';
import { type Keychain, sessionKeychain } from '../../keychain/index.ts';
import type { Accounts, Entrance } from '../index.ts';
import { deviceHashOf } from '../index.ts';
import { CURRENT_COST } from '../passwords.ts';
import { ADA, addBob, BOB, cookieOf, house, lockedKeychain } from '../testing/house.ts';

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  return { ...real, hashRaw: vi.fn(real.hashRaw) };
});

const { open, reopen, raw, dataDir, withAda } = house();
const PIN = '829417';
const WRONG = '470938';

/** A keychain as the system has one: kept apart from the data. */
function osKeychain(): Keychain & { readonly inside: Keychain } {
  const inside = sessionKeychain();
  return { ...inside, place: 'os', inside };
}

const window = (secret = 'a browser', sessionSecret: string | null = null): Entrance => ({
  deviceHash: deviceHashOf(secret),
  sessionSecret,
});

async function withPin(keychain: Keychain = osKeychain()) {
  const { accounts, ada } = await withAda({ keychain });
  expect(await accounts.setPin(ada, ADA.password, PIN)).toBe('ok');
  accounts.changeOwnLocking(ada, window(), { shown_here: true });
  await accounts.keychainSettled();
  return { accounts, ada, keychain, adaId: ada.user.id };
}

/** Seals Ada as the account page will: nothing but what she knows opens her key. */
const seal = (userId: string) =>
  raw((database) => {
    database.prepare("UPDATE users SET protection = 'sealed' WHERE id = ?").run(userId);
    database.prepare("DELETE FROM key_wraps WHERE user_id = ? AND kind = 'install'").run(userId);
  });
const failures = () => raw((db) => db.prepare('SELECT failures FROM pins').pluck().all());
const actions = () => raw((db) => db.prepare('SELECT action FROM audit ORDER BY sequence').pluck().all());
const pinEntries = async (keychain: Keychain) =>
  (await keychain.list()).filter((account) => account.startsWith('pin:'));
const pinOpens = async (accounts: Accounts, id: string, pin = PIN, entrance = window()) => {
  const outcome = await accounts.openWithPin(entrance, id, pin);
  return typeof outcome === 'string' ? outcome : 'opened';
};

it('opens a session on a machine that shows the person, and nowhere else', async () => {
  const { accounts, adaId } = await withPin();
  const opened = await accounts.openWithPin(window(), adaId, PIN);
  if (typeof opened === 'string') throw new Error(opened);
  expect(opened.user.id).toBe(adaId);
  expect(await accounts.authenticate(cookieOf(opened))).toMatchObject({ user: { id: adaId } });
  expect(await pinOpens(accounts, adaId, PIN, window('another browser'))).toBe('wrong');
  expect(await pinOpens(accounts, 'usr_nobody')).toBe('wrong');
  expect(failures(), 'who is not known cannot use up the tries of somebody who is').toEqual([0]);
});

it('opens the history of a sealed person that nothing else opens', async () => {
  const { accounts, adaId, keychain } = await withPin();
  seal(adaId);
  const next = await reopen(accounts, { keychain });
  expect(() => next.dataKey(adaId)).toThrow('locked');
  expect(await pinOpens(next, adaId)).toBe('opened');
  expect(next.dataKey(adaId)).toHaveLength(32);
  const kinds = raw((db) => db.prepare('SELECT kind FROM key_wraps ORDER BY kind').pluck().all());
  expect(kinds, 'no wrap is made that an administrator could open').toEqual(['password', 'pin']);
});

it('is worth nothing without the keychain, also to somebody who tries every PIN on a copy of the data', async () => {
  const { accounts, adaId, keychain } = await withPin();
  seal(adaId);
  const files = fs.readdirSync(dataDir()).map((name) => fs.readFileSync(path.join(dataDir(), name)));
  for (const account of await pinEntries(keychain)) {
    const secret = Buffer.from((await keychain.get(account)) ?? '', 'base64');
    expect(secret).toHaveLength(32);
    for (const file of files) expect(file.includes(secret)).toBe(false);
  }
  // The same code on the copy, with everything but the secret, and with the right PIN.
  const [account = ''] = await pinEntries(keychain);
  await keychain.set(account, Buffer.alloc(32, 1).toString('base64'));
  const copy = await reopen(accounts, { keychain });
  expect(await pinOpens(copy, adaId)).toBe('wrong');
  expect(() => copy.dataKey(adaId)).toThrow('locked');
});

it('is gone after five wrong ones, with its secret, and the password opens as before', async () => {
  const { accounts, adaId, keychain } = await withPin();
  for (const left of [4, 3, 2, 1]) {
    expect(await pinOpens(accounts, adaId, WRONG)).toBe('wrong');
    expect(accounts.peopleAt(window())[0]?.pin_tries).toBe(left);
  }
  expect(await pinOpens(accounts, adaId, WRONG)).toBe('gone');
  expect(accounts.peopleAt(window())[0]?.pin_tries).toBeNull();
  expect(await pinOpens(accounts, adaId)).toBe('wrong');
  await accounts.keychainSettled();
  expect(await pinEntries(keychain)).toEqual([]);
  expect(raw((db) => db.prepare("SELECT count(*) FROM key_wraps WHERE kind = 'pin'").pluck().get())).toBe(0);
  expect(actions()).toContain('pin.exhausted');
  expect(await accounts.signIn(ADA)).not.toBeNull();
});

it('has all tries again after a right one', async () => {
  const { accounts, adaId } = await withPin();
  for (let i = 0; i < 4; i += 1) await pinOpens(accounts, adaId, WRONG);
  expect(await pinOpens(accounts, adaId)).toBe('opened');
  expect(failures()).toEqual([0]);
});

it('counts wrong ones at once each for itself, and not one more than five', async () => {
  const { accounts, adaId } = await withPin();
  expect(await Promise.all([pinOpens(accounts, adaId, WRONG), pinOpens(accounts, adaId, WRONG)])).toEqual([
    'wrong',
    'wrong',
  ]);
  expect(failures()).toEqual([2]);
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => pinOpens(accounts, adaId, WRONG)));
  expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(1);
  expect(await pinOpens(accounts, adaId), 'the right one came too late').toBe('wrong');
});

it('counts over a restart, and is gone when the process ended between the fifth count and its answer', async () => {
  const { accounts, adaId, keychain } = await withPin();
  for (let i = 0; i < 3; i += 1) await pinOpens(accounts, adaId, WRONG);
  const second = await reopen(accounts, { keychain });
  expect(second.peopleAt(window())[0]?.pin_tries).toBe(2);
  raw((db) => db.prepare('UPDATE pins SET failures = 5').run());
  expect(await pinOpens(second, adaId), 'counted and never answered').toBe('wrong');
  const third = await reopen(second, { keychain });
  expect(third.peopleAt(window())[0]?.pin_tries).toBeNull();
  await third.keychainSettled();
  expect(await pinEntries(keychain)).toEqual([]);
  expect(await pinOpens(third, adaId)).toBe('wrong');
});

it('counts nothing while the keychain does not answer, and works again when it does', async () => {
  const { accounts, adaId, keychain } = await withPin();
  let locked = false;
  const moody: Keychain = {
    ...keychain,
    get: (account) => (locked ? lockedKeychain().get(account) : keychain.get(account)),
  };
  const next = await reopen(accounts, { keychain: moody });
  locked = true;
  expect(await pinOpens(next, adaId, WRONG)).toBe('no-keychain');
  expect(failures()).toEqual([0]);
  locked = false;
  expect(await pinOpens(next, adaId)).toBe('opened');
});

it('is not there without a keychain, for anybody, and says why', async () => {
  const { accounts, ada } = await withAda({ keychain: lockedKeychain() });
  expect(await accounts.setPin(ada, ADA.password, PIN)).toBe('refused');
  expect(accounts.ownLocking(ada, null).pin).toEqual({ state: 'impossible', reason: 'no-keychain' });
  expect(await pinOpens(accounts, ada.user.id)).toBe('no-keychain');
  expect(await pinOpens(accounts, 'usr_nobody')).toBe('no-keychain');
});

it('is refused to sealed people where the keychain is a file beside the data', async () => {
  const { accounts, ada } = await withAda({ keychain: { ...sessionKeychain(), place: 'file' } });
  expect(await accounts.setPin(ada, ADA.password, PIN)).toBe('ok');
  expect(accounts.ownLocking(ada, null).pin.state).toBe('set');
  seal(ada.user.id);
  expect(accounts.ownLocking(ada, null).pin).toEqual({ state: 'impossible', reason: 'file' });
  expect(await accounts.setPin(ada, ADA.password, PIN)).toBe('refused');
});

it('needs the password, and guessing it there is slowed down like at the sign-in', async () => {
  const { accounts, ada } = await withAda({ keychain: osKeychain() });
  for (let i = 0; i < 5; i += 1) expect(await accounts.setPin(ada, 'wrong', PIN)).toBe('wrong-password');
  await expect(accounts.setPin(ada, ADA.password, PIN)).rejects.toThrow('too many attempts');
  expect(accounts.ownLocking(ada, null).pin).toEqual({ state: 'none' });
});

it('ends with the password, by whomever that is changed, and with the account', async () => {
  const { accounts, ada, keychain } = await withPin();
  expect(await accounts.changeOwnPassword(ada, ADA.password, 'another correct horse')).toBe('ok');
  expect(await pinOpens(accounts, ada.user.id)).toBe('wrong');
  await accounts.keychainSettled();
  expect(await pinEntries(keychain)).toEqual([]);

  const bobId = await addBob(accounts, ada);
  const asBob = async (password: string) => {
    const signedIn = await accounts.signIn({ email: BOB.email, password });
    const bob = signedIn && (await accounts.authenticate(cookieOf(signedIn)));
    if (bob === null) throw new Error('not signed in');
    expect(await accounts.setPin(bob, password, PIN)).toBe('ok');
  };
  await asBob(BOB.password);
  await accounts.updateUser(ada, bobId, { password: 'a third battery staple' });
  await accounts.keychainSettled();
  expect(await pinEntries(keychain)).toEqual([]);
  await asBob('a third battery staple');
  expect(await pinEntries(keychain)).toHaveLength(1);
  await accounts.deleteUser(ada, bobId);
  await accounts.keychainSettled();
  expect(await pinEntries(keychain)).toEqual([]);
});

it('does not open for somebody who is deactivated', async () => {
  const { accounts, adaId } = await withPin();
  raw((db) => db.prepare("UPDATE users SET status = 'deactivated'").run());
  expect(accounts.peopleAt(window())).toEqual([]);
  expect(await pinOpens(accounts, adaId)).toBe('wrong');
  expect(failures()).toEqual([0]);
});

it('leaves no entry in the keychain when it is replaced, or when setting it was cut off', async () => {
  const { accounts, ada, keychain } = await withPin();
  expect(await accounts.setPin(ada, ADA.password, '739284')).toBe('ok');
  await accounts.keychainSettled();
  expect(await pinEntries(keychain)).toHaveLength(1);
  expect(await pinOpens(accounts, ada.user.id)).toBe('wrong');
  expect(await pinOpens(accounts, ada.user.id, '739284')).toBe('opened');
  // As if the process had ended between the keychain and the database; and an entry of another installation.
  await keychain.set(`pin:${accounts.installId}:${ada.user.id}:00`, 'x');
  await keychain.set('pin:another:usr_x:00', 'x');
  const next = await reopen(accounts, { keychain });
  await next.keychainSettled();
  expect(await pinEntries(keychain)).toHaveLength(2);
  expect(await keychain.get('pin:another:usr_x:00')).toBe('x');
  expect(await pinOpens(next, ada.user.id, '739284')).toBe('opened');
});

it('does the same work for people who are not known, who have none, and who are somewhere else', async () => {
  const keychain = osKeychain();
  const get = vi.fn(keychain.get);
  const { accounts, ada, adaId } = await withPin({ ...keychain, get });
  const bobId = await addBob(accounts, ada);
  raw((db) => db.prepare('INSERT INTO device_people VALUES (?, ?, 0)').run(window().deviceHash, bobId));
  const attempts = [
    [adaId, window()],
    [bobId, window()],
    ['usr_nobody', window()],
    [adaId, window('elsewhere')],
  ] as const;
  for (const [id, entrance] of attempts) {
    vi.mocked(hashRaw).mockClear();
    get.mockClear();
    expect(await pinOpens(accounts, id, WRONG, entrance)).toBe('wrong');
    expect(get, 'asked the keychain').toHaveBeenCalledOnce();
    expect(hashRaw, 'stretched one PIN').toHaveBeenCalledOnce();
    expect(vi.mocked(hashRaw).mock.calls[0]?.[1]).toMatchObject(CURRENT_COST);
  }
});

it('is in no open installation before anybody set one', async () => {
  const accounts = await open({ keychain: osKeychain() });
  expect(accounts.peopleAt(null)).toEqual([]);
  expect(accounts.peopleAt(window())).toEqual([]);
});
