/** Guests: a key that is nowhere but in memory, from the first sign-in to the end of the last session. */
import { expect, it } from 'vitest';
import { DataKeyLockedError } from './index.ts';
import { callerOf, cookieOf, house } from './testing/house.ts';

const { withAda, reopen, later } = house();
const GUS = { email: 'gus@example.org', password: 'passing through', role: 'guest' } as const;

async function withGuest() {
  const { accounts, ada } = await withAda();
  const created = await accounts.createUser(ada, GUS);
  if (!created.ok) throw new Error(created.error);
  const over: string[] = [];
  accounts.onStayOver(async (userId) => void over.push(userId));
  return { accounts, ada, gus: { userId: created.value.id, role: 'guest' as const }, over };
}

it('a stay has a key of its own, which is never that of another stay or of the account', async () => {
  const { accounts, gus, over } = await withGuest();
  expect(() => accounts.historyKey(gus)).toThrow(DataKeyLockedError);
  const first = await callerOf(accounts, GUS);
  const key = Buffer.from(accounts.historyKey(gus));
  expect(key).not.toEqual(accounts.historyKey({ ...gus, role: 'user' }));
  const second = await callerOf(accounts, GUS);
  expect(accounts.historyKey(gus)).toEqual(key);
  accounts.signOut(first);
  expect(accounts.historyKey(gus)).toEqual(key);
  expect(over).toEqual([]);
  accounts.signOut(second);
  expect(() => accounts.historyKey(gus)).toThrow(DataKeyLockedError);
  await callerOf(accounts, GUS);
  expect(over).toEqual([gus.userId]);
  expect(accounts.historyKey(gus)).not.toEqual(key);
});

it('a new stay waits until nothing of the one before is left', async () => {
  const { accounts, gus } = await withGuest();
  let cleared: () => void = () => undefined;
  const events: string[] = [];
  accounts.onStayOver(() => new Promise((resolve) => (cleared = resolve)));
  accounts.signOut(await callerOf(accounts, GUS));
  const again = callerOf(accounts, GUS).then(() => events.push('signed in'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  events.push('cleared');
  cleared();
  await again;
  expect(events).toEqual(['cleared', 'signed in']);
  expect(accounts.historyKey(gus)).toHaveLength(32);
});

it.each([
  ['the role changes', { role: 'user' }],
  ['the password is reset', { password: 'another one for gus' }],
  ['the account is deactivated', { is_active: false }],
] as const)('a stay ends when %s', async (_what, changes) => {
  const { accounts, ada, gus, over } = await withGuest();
  await callerOf(accounts, GUS);
  expect((await accounts.updateUser(ada, gus.userId, changes)).ok).toBe(true);
  expect(() => accounts.historyKey(gus)).toThrow(DataKeyLockedError);
  await expect.poll(() => over).toEqual([gus.userId]);
});

it('a stay ends with the time of its last session', async () => {
  const { accounts, gus, over } = await withGuest();
  await callerOf(accounts, GUS);
  accounts.endStaysRunOut();
  expect(accounts.historyKey(gus)).toHaveLength(32);
  later(121);
  accounts.endStaysRunOut();
  expect(() => accounts.historyKey(gus)).toThrow(DataKeyLockedError);
  await expect.poll(() => over).toEqual([gus.userId]);
});

it('no session of a guest outlives the process', async () => {
  const { accounts } = await withGuest();
  const signedIn = await accounts.signIn(GUS);
  if (signedIn === null) throw new Error('not signed in');
  const next = await reopen(accounts);
  expect(await next.authenticate(cookieOf(signedIn))).toBeNull();
});

it('what a user wrote is out of reach while they are a guest, and there again afterwards', async () => {
  const { accounts, ada, gus } = await withGuest();
  const asUser = { ...gus, role: 'user' as const };
  const own = Buffer.from(accounts.historyKey(asUser));
  await callerOf(accounts, GUS);
  await accounts.updateUser(ada, gus.userId, { role: 'user' });
  expect((await callerOf(accounts, GUS)).role).toBe('user');
  await accounts.updateUser(ada, gus.userId, { is_admin: false, role: 'guest' });
  expect((await callerOf(accounts, GUS)).role).toBe('guest');
  expect(accounts.historyKey(asUser)).toEqual(own);
});
