/**
 * Slows down guessing of passwords: some attempts are free, then each further one waits twice as long as the one before.
 * Counted by account and by network address, in `foyer.db`, so that a restart frees nobody.
 */
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { asc, count, eq, inArray, lt } from 'drizzle-orm';
import { signInFailures } from '../database/accounts/schema.ts';
import type { AccountsDatabase, Atomically } from './database.ts';
import { normaliseEmail } from './users.ts';

/** Failed attempts without a wait: for one account, and for one network address, which a whole house may share. */
export const FREE_ATTEMPTS = { account: 5, address: 20 } as const;
/** The wait after the free attempts; it doubles with each failure up to {@link LONGEST_WAIT_MS}. */
export const FIRST_WAIT_MS = 5_000;
export const LONGEST_WAIT_MS = 15 * 60_000;
/** One failure is forgotten for each of these that passes without another. */
export const FORGIVE_MS = 15 * 60_000;
/** How many accounts and addresses are remembered; the ones with the fewest failures go first. */
export const REMEMBERED = 10_000;

type Kind = keyof typeof FREE_ATTEMPTS;
type Row = typeof signInFailures.$inferSelect;

/** Too many attempts: the same for accounts that exist and those that do not. */
export class SignInThrottledError extends Error {
  override readonly name = 'SignInThrottledError';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('too many attempts to sign in');
    this.retryAfterMs = retryAfterMs;
  }
}

/** What is guessed at. Each is counted on its own: that a password is right must not make codes free again. */
export type GuessedAt = 'password' | 'second-factor' | 'recovery';
const GUESSED_AT: readonly GuessedAt[] = ['password', 'second-factor', 'recovery'];

export interface Attempt {
  readonly email: string;
  /** Default: the password. */
  readonly at?: GuessedAt;
  /** Where the request comes from; absent when that says nothing about the caller. */
  readonly address?: string | undefined;
}

export type SignInThrottle = ReturnType<typeof openThrottle>;

export function openThrottle(database: AccountsDatabase, atomically: Atomically, now: () => Date) {
  const read = (key: Buffer): Row | undefined =>
    database.select().from(signInFailures).where(eq(signInFailures.key, key)).get();
  const write = (row: Row): void => {
    const { failures, lastFailedAt, lockedUntil } = row;
    database
      .insert(signInFailures)
      .values(row)
      .onConflictDoUpdate({ target: signInFailures.key, set: { failures, lastFailedAt, lockedUntil } })
      .run();
  };
  const forget = (key: Buffer): void => {
    database.delete(signInFailures).where(eq(signInFailures.key, key)).run();
  };

  /** How it stands now: with what time has forgiven, and with the whole wait again when the clock was set back. */
  const present = (kind: Kind, key: Buffer, at: number): Row => {
    const row = read(key);
    if (row === undefined) return { key, kind, failures: 0, lastFailedAt: at, lockedUntil: 0 };
    if (at < row.lastFailedAt) {
      const turned = { ...row, lastFailedAt: at, lockedUntil: lockOf(kind, row.failures, at) };
      write(turned);
      return turned;
    }
    const forgiven = Math.floor((at - row.lastFailedAt) / FORGIVE_MS);
    return { ...row, failures: Math.max(0, row.failures - forgiven) };
  };

  const makeRoom = (at: number): void => {
    const oldest = at - FORGIVE_MS * 64;
    database.delete(signInFailures).where(lt(signInFailures.lastFailedAt, oldest)).run();
    const held = database.select({ n: count() }).from(signInFailures).get()?.n ?? 0;
    if (held <= REMEMBERED) return;
    const leaving = database
      .select({ key: signInFailures.key })
      .from(signInFailures)
      .orderBy(asc(signInFailures.failures), asc(signInFailures.lastFailedAt))
      .limit(held - REMEMBERED);
    database.delete(signInFailures).where(inArray(signInFailures.key, leaving)).run();
  };

  return {
    /**
     * Takes an attempt, as if it had failed already, so that many at once do not get past; one that is refused counts
     * nothing.
     *
     * @throws {SignInThrottledError}
     */
    admit(attempt: Attempt): void {
      const wait = atomically(() => {
        const at = now().getTime();
        const rows = keysOf(attempt).map(({ kind, key }) => present(kind, key, at));
        const until = Math.max(...rows.map(({ lockedUntil }) => lockedUntil));
        if (until > at) return until - at;
        for (const row of rows) {
          const failures = Math.min(row.failures + 1, FREE_ATTEMPTS[row.kind] + 16);
          write({ ...row, failures, lastFailedAt: at, lockedUntil: lockOf(row.kind, failures, at) });
        }
        makeRoom(at);
        return 0;
      });
      if (wait > 0) throw new SignInThrottledError(wait);
    },

    /** The attempt was right: the account is free again, and the address has this one attempt back. */
    succeeded(attempt: Attempt): void {
      atomically(() => {
        const at = now().getTime();
        for (const { kind, key } of keysOf(attempt)) {
          const row = kind === 'account' ? undefined : read(key);
          if (row === undefined || row.failures <= 1) forget(key);
          else write({ ...row, failures: row.failures - 1, lockedUntil: lockOf(kind, row.failures - 1, at) });
        }
      });
    },

    /** Until when an account takes no attempt of some kind, in milliseconds since 1970; null when it takes them. */
    lockedUntil(email: string): number | null {
      const at = now().getTime();
      const until = Math.max(
        ...GUESSED_AT.map((guessed) => read(accountKey(email, guessed))?.lockedUntil ?? 0),
      );
      return until > at ? until : null;
    },

    /** Frees an account at once. */
    lift(email: string): void {
      for (const at of GUESSED_AT) forget(accountKey(email, at));
    },
  };
}

function lockOf(kind: Kind, failures: number, at: number): number {
  const beyond = failures - FREE_ATTEMPTS[kind];
  return beyond < 0 ? 0 : at + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** beyond);
}

function keysOf({ email, address, at = 'password' }: Attempt): { kind: Kind; key: Buffer }[] {
  const account = { kind: 'account', key: accountKey(email, at) } as const;
  const place = address === undefined ? null : placeOf(address);
  return place === null
    ? [account]
    : [account, { kind: 'address', key: keyOf('address', place.toLowerCase()) }];
}

function accountKey(email: string, at: GuessedAt): Buffer {
  const account = normaliseEmail(email);
  // No mail address has a blank in it, so none stands for the codes of another.
  return keyOf('account', at === 'password' ? account : `${at} ${account}`);
}

function keyOf(kind: Kind, value: string): Buffer {
  return createHash('sha256').update(`${kind}\0${value}`).digest();
}

/**
 * One caller has a whole IPv6 network of 64 bits. The loopback address counts for nobody: a reverse proxy calls from
 * there for everybody.
 */
function placeOf(address: string): string | null {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (plain === '::1' || plain.startsWith('127.')) return null;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const middle = plain.includes('::') ? new Array(8 - front.length - back.length).fill('0') : [];
  return [...front, ...middle, ...back].slice(0, 4).join(':');
}
