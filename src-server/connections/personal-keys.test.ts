import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsDatabase, openAccountsDatabase } from '../accounts/database.ts';
import { users } from '../database/accounts/schema.ts';
import { type Keychain, KeychainError, sessionKeychain } from '../keychain/index.ts';
import { type PersonalKeyStore, personalKeyStore } from './personal-keys.ts';

const migrations = path.join(import.meta.dirname, '..', 'database', 'accounts', 'migrations');
const HOME = 'https://models.example.org/v1';
const KEY = 'sk-own-canary-5521';

let dir: string;
let database: AccountsDatabase;
let keychain: Keychain;
let isLocked: boolean;
let store: PersonalKeyStore;
let noted: string[];

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-own-keys-'));
  database = openAccountsDatabase(dir, migrations);
  for (const id of ['usr_a', 'usr_b']) addUser(id);
  isLocked = false;
  const inside = sessionKeychain();
  const problem = new KeychainError({ kind: 'locked', reason: 'locked for the test' });
  const unlessLocked =
    <A extends unknown[], T>(work: (...values: A) => Promise<T>) =>
    async (...values: A) => {
      if (isLocked) throw problem;
      return work(...values);
    };
  keychain = {
    ...inside,
    get: unlessLocked(inside.get),
    set: unlessLocked(inside.set),
    delete: unlessLocked(inside.delete),
    list: unlessLocked(inside.list),
  };
  store = personalKeyStore(database, keychain, 'personal-key:i', () => 1_000_000);
  noted = [];
});
afterEach(() => {
  database.$client.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

function addUser(id: string): void {
  const [createdAt, updatedAt] = ['2026-09-02T09:12:00Z', '2026-09-02T09:12:00Z'];
  const row = {
    id,
    email: `${id}@example.org`,
    passwordHash: '',
    role: 'user' as const,
    createdAt,
    updatedAt,
  };
  database.insert(users).values(row).run();
}

const target = (userId = 'usr_a', connectionId = 'con_1', baseUrl = HOME) => ({
  userId,
  connectionId,
  baseUrl,
});
const note = (change: string, id: string) => void noted.push(`${change} ${id}`);
const there = async () => true;
const put = (userId = 'usr_a', connectionId = 'con_1', key = KEY) =>
  store.set(target(userId, connectionId), key, there, note);
const atHome = async () => new Map([['con_1', 'https://models.example.org']]);

describe('own keys', () => {
  it('are found by their person, for their connection, at their origin', async () => {
    await put();
    expect(await store.find(target())).toBe(KEY);
    expect(await store.find(target('usr_a', 'con_1', 'https://models.example.org/v2'))).toBe(KEY);
    expect(await store.find(target('usr_a', 'con_1', 'https://thief.example.org/v1'))).toBeNull();
    expect(await store.find(target('usr_a', 'con_2'))).toBeNull();
    expect(await store.find(target('usr_b'))).toBeNull();
    expect(JSON.stringify(store.of('usr_a'))).not.toContain(KEY);
    expect(await keychain.list()).toEqual(['personal-key:i:usr_a:con_1']);
    expect(noted).toEqual(['set con_1']);
  });

  it('stay as they were when the keychain does not take the new one', async () => {
    isLocked = true;
    await expect(put()).rejects.toThrow(KeychainError);
    expect(store.of('usr_a')).toEqual([]);
    isLocked = false;
    await put();
    const before = store.of('usr_a');
    isLocked = true;
    await expect(put('usr_a', 'con_1', 'sk-new')).rejects.toThrow(KeychainError);
    await expect(store.remove('usr_a', 'con_1', note)).rejects.toThrow(KeychainError);
    expect(store.of('usr_a')).toEqual(before);
    isLocked = false;
    expect(await store.find(target())).toBe(KEY);
    expect(noted).toEqual(['set con_1']);
  });

  it('are refused for a connection that has gone meanwhile, and for somebody who is gone', async () => {
    expect(await store.set(target(), KEY, async () => false, note)).toEqual({
      ok: false,
      error: 'not-found',
    });
    expect(await put('usr_gone')).toEqual({ ok: false, error: 'not-found' });
    expect(await keychain.list()).toEqual([]);
  });

  it('go with their connection, its origin or their person, and others stay', async () => {
    await put();
    await put('usr_b');
    await put('usr_b', 'con_2');
    await store.dropLost(async () => new Map([['con_2', 'https://elsewhere.example.org']]), 'con_2');
    expect((await keychain.list()).sort()).toEqual([
      'personal-key:i:usr_a:con_1',
      'personal-key:i:usr_b:con_1',
    ]);
    database.delete(users).where(eq(users.id, 'usr_b')).run();
    await store.dropLost(atHome);
    expect(await keychain.list()).toEqual(['personal-key:i:usr_a:con_1']);
    await store.dropPerson('usr_a');
    expect(await keychain.list()).toEqual([]);
    expect(store.of('usr_a')).toEqual([]);
  });

  it('that a locked keychain still has are remembered, and dropped later', async () => {
    await put();
    isLocked = true;
    await expect(store.dropLost(async () => new Map())).rejects.toThrow(KeychainError);
    expect(store.of('usr_a')).toHaveLength(1);
    isLocked = false;
    await store.dropLost(async () => new Map());
    expect(await keychain.list()).toEqual([]);
    expect(store.of('usr_a')).toEqual([]);
  });

  it('cannot come back when they are set while they are dropped', async () => {
    let home = 'https://models.example.org';
    const set = store.set(target(), KEY, async () => home === 'https://models.example.org', note);
    home = 'https://elsewhere.example.org';
    await Promise.all([set, store.dropLost(async () => new Map([['con_1', home]]), 'con_1'), put()]);
    await store.dropLost(async () => new Map([['con_1', home]]), 'con_1');
    expect(await keychain.list()).toEqual([]);
  });

  it('tell when they were last used', async () => {
    await put();
    store.noteUse('usr_b', 'con_1');
    expect(store.of('usr_a')[0]?.lastUsedAt).toBeNull();
    store.noteUse('usr_a', 'con_1');
    expect(store.of('usr_a')[0]?.lastUsedAt).toBe(1_000_000);
  });
});
