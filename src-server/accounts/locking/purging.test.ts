/** The wrap of a PIN that has ended is in no file of the data folder any more, whatever ended the PIN. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { connectReadOnly } from '../../database/connect.ts';
import { type Keychain, sessionKeychain } from '../../keychain/index.ts';
import { type Accounts, type Caller, deviceHashOf, type Entrance } from '../index.ts';
import { addBob, BOB, callerOf, house, sealAs } from '../testing/house.ts';

const { reopen, raw, dataDir, withAda } = house();
const PIN = '829417';
const NEXT_PIN = '615093';
const WRONG = '470938';
const PIN_TRIES = 5;
const window: Entrance = { deviceHash: deviceHashOf('a browser'), sessionSecret: null };

interface Scene {
  readonly accounts: Accounts;
  readonly keychain: Keychain;
  readonly ada: Caller;
  readonly bob: Caller;
  readonly bobId: string;
}

/** Ada looks after people, and Bob has a PIN. */
async function withPin(): Promise<Scene> {
  const keychain: Keychain = { ...sessionKeychain(), place: 'os' };
  const { accounts, ada } = await withAda({ keychain });
  const bobId = await addBob(accounts, ada);
  const bob = await callerOf(accounts, BOB);
  expect(await accounts.setPin(bob, BOB.password, PIN)).toBe('ok');
  accounts.changeOwnLocking(bob, window, { shown_here: true });
  await accounts.keychainSettled();
  return { accounts, keychain, ada, bob, bobId };
}

const wrapOf = (userId: string) =>
  raw((database) =>
    database
      .prepare<[string], Buffer>("SELECT ciphertext FROM key_wraps WHERE kind = 'pin' AND user_id = ?")
      .pluck()
      .get(userId),
  );

/** The files of the database that hold these bytes. */
const filesWith = (bytes: Buffer) =>
  fs
    .readdirSync(dataDir())
    .filter((name) => name.startsWith('foyer.db'))
    .filter((name) => fs.readFileSync(path.join(dataDir(), name)).includes(bytes));

async function tryWrongPins({ accounts, bobId }: Scene): Promise<void> {
  for (let left = PIN_TRIES; left > 1; left -= 1)
    expect(await accounts.openWithPin(window, bobId, WRONG)).toBe('wrong');
  expect(await accounts.openWithPin(window, bobId, WRONG)).toBe('gone');
}

const ENDINGS: Readonly<Record<string, (scene: Scene) => unknown>> = {
  'its owner removes it': ({ accounts, bob }) => accounts.removePin(bob),
  'its owner sets another': ({ accounts, bob }) => accounts.setPin(bob, BOB.password, NEXT_PIN),
  'five wrong ones were tried': tryWrongPins,
  'its owner changes the password': ({ accounts, bob }) =>
    accounts.changeOwnPassword(bob, BOB.password, 'a password of my own'),
  'an administrator sets a password': ({ accounts, ada, bobId }) =>
    accounts.updateUser(ada, bobId, { password: 'given once more' }),
  'an administrator deactivates the account': ({ accounts, ada, bobId }) =>
    accounts.updateUser(ada, bobId, { is_active: false }),
  'an administrator makes a guest of the person': ({ accounts, ada, bobId }) =>
    accounts.updateUser(ada, bobId, { role: 'guest' }),
  'an administrator deletes the person': ({ accounts, ada, bobId }) => accounts.deleteUser(ada, bobId),
  'the account is sealed': ({ accounts, bob }) => sealAs(accounts, bob, BOB.password),
  'the account is unsealed': ({ accounts, bob }) => accounts.unseal(bob, BOB.password),
};

it.each(Object.entries(ENDINGS))('when %s', async (how, end) => {
  const scene = await withPin();
  const { accounts, bob, bobId } = scene;
  if (how === 'the account is unsealed') {
    await sealAs(accounts, bob, BOB.password);
    expect(await accounts.setPin(bob, BOB.password, NEXT_PIN)).toBe('ok');
  }
  const wrap = wrapOf(bobId);
  if (wrap === undefined) throw new Error('there is no PIN');
  expect(filesWith(wrap), 'else this would find nothing either way').not.toEqual([]);
  await end(scene);
  expect(wrapOf(bobId) ?? null).not.toEqual(wrap);
  expect(filesWith(wrap)).toEqual([]);
});

it('when the process ended before the last wrong one was answered', async () => {
  const { accounts, keychain, bobId } = await withPin();
  const wrap = wrapOf(bobId);
  if (wrap === undefined) throw new Error('there is no PIN');
  raw((database) => database.prepare('UPDATE pins SET failures = ? WHERE user_id = ?').run(PIN_TRIES, bobId));
  const next = await reopen(accounts, { keychain });
  expect(wrapOf(bobId)).toBeUndefined();
  expect(filesWith(wrap)).toEqual([]);
  expect(await next.openWithPin(window, bobId, PIN)).toBe('wrong');
});

it('later, when somebody was reading the file at the time; and nobody waits for them', async () => {
  const { accounts, bob, bobId } = await withPin();
  const wrap = wrapOf(bobId);
  if (wrap === undefined) throw new Error('there is no PIN');
  const reader = connectReadOnly(path.join(dataDir(), 'foyer.db'));
  const rows = reader.prepare('SELECT * FROM audit').iterate();
  rows.next();
  const began = performance.now();
  accounts.removePin(bob);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(filesWith(wrap)).not.toEqual([]);
  rows.return?.();
  reader.close();
  accounts.purgeAgain();
  expect(filesWith(wrap)).toEqual([]);
  // The database waits for others as patiently as before.
  expect(accounts.database.$client.pragma('busy_timeout', { simple: true })).toBe(5_000);
});

it('but not when nothing has ended that opens something: everybody who writes waits for it', async () => {
  const { accounts, ada, bobId } = await withPin();
  const pragma = vi.spyOn(accounts.database.$client, 'pragma');
  const purges = () => pragma.mock.calls.filter(([what]) => what.startsWith('wal_checkpoint')).length;
  const change = (changes: Parameters<Accounts['updateUser']>[2]) => accounts.updateUser(ada, bobId, changes);
  for (const role of ['administrator', 'user', 'user'] as const) {
    expect(await change({ role })).toMatchObject({ ok: true, value: { role } });
  }
  expect(await change({ is_active: true })).toMatchObject({ ok: true });
  expect(purges()).toBe(0);
  await change({ is_active: false });
  expect(purges(), 'the PIN').toBe(1);
  await change({ role: 'guest' });
  expect(purges(), 'there is no PIN any more').toBe(1);
  await change({ password: 'given once more', is_active: true, role: 'user' });
  expect(purges(), 'the password').toBe(2);
});
