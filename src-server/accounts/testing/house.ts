/** A data folder, a keychain and a clock for tests of accounts, made anew for each test. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach } from 'vitest';
import { type Keychain, KeychainError, sessionKeychain } from '../../keychain/index.ts';
import { type Accounts, type Caller, openAccounts, type SignedIn } from '../index.ts';
import { codeOf, stepAt } from '../totp.ts';

export const ADA = { email: 'ada@example.org', password: 'correct horse' };
export const BOB = { email: 'bob@example.org', password: 'battery staple', is_admin: false };

const migrationsDir = path.resolve(import.meta.dirname, '..', '..', 'database', 'accounts', 'migrations');

export interface OpenOptions {
  readonly keychain?: Keychain;
  readonly authSecret?: string;
  readonly tokenLifetimeMinutes?: number;
  readonly longestMinutes?: () => number;
}

/** Call once at the top of a test file. */
export function house() {
  let dataDir = '';
  let keychain = sessionKeychain();
  let now = new Date(0);
  const opened: Accounts[] = [];

  beforeEach(() => {
    dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-accounts-'));
    keychain = sessionKeychain();
    now = new Date('2026-11-23T08:00:00Z');
  });
  afterEach(() => {
    for (const accounts of opened.splice(0)) accounts.close();
    fs.rmSync(dataDir, { recursive: true, force: true });
  });

  const open = async (options: OpenOptions = {}): Promise<Accounts> => {
    const accounts = await openAccounts({
      dataDir,
      migrationsDir,
      keychain,
      tokenLifetimeMinutes: 120,
      now: () => now,
      ...options,
    });
    opened.push(accounts);
    return accounts;
  };

  return {
    dataDir: () => dataDir,
    keychain: () => keychain,
    now: () => now,
    later(minutes: number): void {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    open,
    /** Ends this run of Foyer and starts the next. */
    reopen(accounts: Accounts, options: OpenOptions = {}): Promise<Accounts> {
      opened.splice(opened.indexOf(accounts), 1);
      accounts.close();
      return open(options);
    },
    /** An installation where Ada is administrator and signed in. */
    async withAda(options: OpenOptions = {}) {
      const accounts = await open(options);
      const created = await accounts.createFirstAdministrator(ADA);
      if (!created.ok) throw new Error(created.error);
      const signedIn = await accounts.signIn(ADA);
      if (signedIn === null) throw new Error('not signed in');
      const ada = await accounts.authenticate({ kind: 'cookie', value: signedIn.cookieSecret });
      if (ada === null) throw new Error('not authenticated');
      return { accounts, signedIn, ada };
    },
    /** Reads or damages the file behind Foyer's back. */
    raw<T>(work: (database: Database.Database) => T): T {
      const database = new Database(path.join(dataDir, 'foyer.db'));
      try {
        return work(database);
      } finally {
        database.close();
      }
    },
  };
}

/** A keychain that is there, but that nobody has unlocked. */
export function lockedKeychain(): Keychain {
  const problem = { kind: 'locked', reason: 'The keychain is locked.' } as const;
  const refuse = () => Promise.reject(new KeychainError(problem));
  return { place: 'os', get: refuse, set: refuse, delete: refuse, list: refuse, status: async () => problem };
}

export async function addBob(accounts: Accounts, actor: Caller): Promise<string> {
  const created = await accounts.createUser(actor, BOB);
  if (!created.ok) throw new Error(created.error);
  return created.value.id;
}

/** Signs somebody in. @throws when that is refused */
export async function callerOf(
  accounts: Accounts,
  person: { email: string; password: string },
): Promise<Caller> {
  const signedIn = await accounts.signIn(person);
  const caller = signedIn && (await accounts.authenticate(cookieOf(signedIn)));
  if (caller === null) throw new Error('not signed in');
  return caller;
}

export function cookieOf(signedIn: SignedIn) {
  return { kind: 'cookie', value: signedIn.cookieSecret } as const;
}

export function bearerOf(signedIn: SignedIn) {
  return { kind: 'bearer', value: signedIn.accessToken } as const;
}

/** Seals an account, or makes a new recovery code, as the page does. @returns the code */
export async function sealAs(accounts: Accounts, caller: Caller, password = ADA.password): Promise<string> {
  const shown = await accounts.showRecoveryCode(caller, password);
  if (shown === 'wrong-password') throw new Error(shown);
  const outcome = accounts.confirmRecoveryCode(caller, shown.code.split('-')[shown.group - 1] ?? '');
  if (outcome !== 'ok') throw new Error(outcome);
  return shown.code;
}

/** The secret as the app has it, from base32. */
export function bytesOf(secret: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Sets up a second factor as the page does. @returns the app's secret, and the codes on paper */
export async function turnOnFactor(accounts: Accounts, caller: Caller, at: Date, password = ADA.password) {
  const begun = await accounts.beginSecondFactor(caller, password);
  if (typeof begun === 'string') throw new Error(begun);
  const secret = bytesOf(begun.secret);
  const codes = await accounts.confirmSecondFactor(caller, codeOf(secret, stepAt(at)));
  if (typeof codes === 'string') throw new Error(codes);
  return { secret, codes };
}
