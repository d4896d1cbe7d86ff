import { describe, expect, it } from 'vitest';
import { SignInThrottledError } from './index.ts';
import { ADA, addBob, BOB, house } from './testing/house.ts';
import { FREE_ATTEMPTS } from './throttle.ts';

const { later, open, reopen, withAda, raw } = house();
type Accounts = Awaited<ReturnType<typeof open>>;

/** What an attempt comes to: a session, nothing, or the seconds to wait. */
async function attempt(accounts: Accounts, input: { email: string; password?: string; address?: string }) {
  try {
    const signedIn = await accounts.signIn({ password: 'wrong', ...input });
    return signedIn === null ? 'refused' : 'signed in';
  } catch (error) {
    if (error instanceof SignInThrottledError) return error.retryAfterMs / 1000;
    throw error;
  }
}

async function fail(accounts: Accounts, email: string, times: number, address?: string) {
  const outcomes = [];
  for (let i = 0; i < times; i += 1) {
    outcomes.push(await attempt(accounts, { email, ...(address === undefined ? {} : { address }) }));
  }
  return outcomes;
}

describe('an account', () => {
  it.each([ADA.email, 'nobody@example.org'])(
    '%s waits after five failures, twice as long each time',
    async (email) => {
      const { accounts } = await withAda();
      expect(await fail(accounts, email, 7)).toEqual([...Array(5).fill('refused'), 5, 5]);
      const waits = [];
      for (let i = 0; i < 9; i += 1) {
        const wait = await attempt(accounts, { email });
        waits.push(wait);
        later(Number(wait) / 60);
        expect(await attempt(accounts, { email })).toBe('refused');
      }
      expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900]);
      expect(await attempt(accounts, { email })).toBe(900);
    },
  );

  it('is not opened by the right password while it is locked, and is free again after it', async () => {
    const { accounts } = await withAda();
    await fail(accounts, ADA.email, 5);
    expect(await attempt(accounts, ADA)).toBe(5);
    later(0.1);
    expect(await attempt(accounts, ADA)).toBe('signed in');
    expect(await fail(accounts, ADA.email, 6)).toEqual([...Array(5).fill('refused'), 5]);
  });

  it('takes no more guesses when they come all at once', async () => {
    const { accounts } = await withAda();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => attempt(accounts, { email: ADA.email })),
    );
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(FREE_ATTEMPTS.account);
  });

  it('stays locked through a restart and when the clock is set back', async () => {
    const { accounts } = await withAda();
    await fail(accounts, ADA.email, 5);
    const again = await reopen(accounts);
    expect(await attempt(again, ADA)).toBe(5);
    later(-60);
    expect(await attempt(again, ADA)).toBe(5);
    later(0.1);
    expect(await attempt(again, ADA)).toBe('signed in');
  });

  it('forgets one failure every quarter of an hour', async () => {
    const { accounts } = await withAda();
    await fail(accounts, ADA.email, 4);
    later(31);
    expect(await fail(accounts, ADA.email, 4)).toEqual(['refused', 'refused', 'refused', 5]);
  });

  it('leaves the others alone, and is freed by an administrator', async () => {
    const { accounts, ada } = await withAda();
    const bob = await addBob(accounts, ada);
    await fail(accounts, BOB.email, 5);
    expect(await attempt(accounts, ADA)).toBe('signed in');
    expect(await attempt(accounts, BOB)).toBe(5);
    expect(accounts.liftLock(ada, bob)).toBe(true);
    expect(await attempt(accounts, BOB)).toBe('signed in');
    expect(accounts.liftLock(ada, 'usr_nobody')).toBe(false);
  });
});

describe('a network address', () => {
  const many = (accounts: Accounts, n: number, address: string) =>
    Promise.all(
      Array.from({ length: n }, (_, i) => attempt(accounts, { email: `p${i}@example.org`, address })),
    );

  it.each([
    ['203.0.113.7', '::ffff:203.0.113.7', '203.0.113.8'],
    ['2001:db8:0:1::5', '2001:db8:0:1:ffff::1', '2001:db8:0:2::5'],
  ])('%s waits after twenty failures, whatever the accounts', async (address, same, other) => {
    const { accounts } = await withAda();
    await many(accounts, FREE_ATTEMPTS.address, address);
    expect(await attempt(accounts, { ...ADA, address: same })).toBe(5);
    expect(await attempt(accounts, { ...ADA, address: other })).toBe('signed in');
  });

  it('is not counted when it is the loopback address', async () => {
    const { accounts } = await withAda();
    await many(accounts, 25, '127.0.0.1');
    expect(await attempt(accounts, { ...ADA, address: '::1' })).toBe('signed in');
  });
});

it('remembers neither addresses of mail nor passwords in the clear, and forgets what is old', async () => {
  const { accounts } = await withAda();
  await fail(accounts, 'nobody@example.org', 1, '203.0.113.7');
  const rows = () => raw((database) => database.prepare('SELECT * FROM sign_in_failures').all());
  expect(rows()).toHaveLength(2);
  const texts = rows().flatMap((row) => Object.values(row as object).map(String));
  expect(texts.join('\n')).not.toMatch(/nobody|203\.0/);
  later(60 * 24);
  await fail(accounts, 'other@example.org', 1);
  expect(rows()).toHaveLength(1);
});
