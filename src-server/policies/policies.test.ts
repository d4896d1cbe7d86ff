import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsDatabase, openAccountsDatabase } from '../accounts/database.ts';
import { openPolicies } from './policies.ts';
import { requestRate } from './request-rate.ts';

let dir: string;
let database: AccountsDatabase;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-policies-'));
  database = openAccountsDatabase(
    dir,
    path.join(import.meta.dirname, '..', 'database', 'accounts', 'migrations'),
  );
});
afterEach(() => {
  database.$client.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

describe('policies', () => {
  it('limit nothing until somebody says so', () => {
    expect(openPolicies(database, Date.now).of('usr_a', 'user')).toEqual({
      models: null,
      tools: null,
      attachments: true,
      attachmentMaxBytes: null,
      requestsPerMinute: null,
      tokensPerDay: null,
      moneyPerMonth: null,
      personalKeys: false,
      sealing: 'allowed',
    });
  });

  it('take a person’s own rules before those of the role, also where they lift a limit', () => {
    const policies = openPolicies(database, Date.now);
    policies.set(
      { kind: 'role', subject: 'user' },
      { tokens_per_day: 10, models: ['m'], attachments: false },
    );
    policies.set({ kind: 'person', subject: 'usr_a' }, { tokens_per_day: null, money_per_month: 5 });
    expect(policies.of('usr_a', 'user')).toMatchObject({
      tokensPerDay: null,
      moneyPerMonth: 5,
      models: ['m'],
      attachments: false,
    });
    expect(policies.of('usr_b', 'user')).toMatchObject({ tokensPerDay: 10, moneyPerMonth: null });
    expect(policies.of('usr_b', 'administrator').tokensPerDay).toBeNull();
    policies.remove({ kind: 'person', subject: 'usr_a' });
    expect(policies.list()).toEqual({
      roles: { user: { tokens_per_day: 10, models: ['m'], attachments: false } },
      people: {},
    });
  });

  it('let nothing through when they are damaged', () => {
    const policies = openPolicies(database, Date.now);
    for (const rules of ['{"tokens_per_day":"many"}', '{broken', '{"unknown":1}']) {
      database.$client.prepare("INSERT OR REPLACE INTO policies VALUES ('role', 'user', ?, 0)").run(rules);
      expect(policies.of('usr_a', 'user')).toMatchObject({
        models: [],
        tokensPerDay: 0,
        moneyPerMonth: 0,
        sealing: 'off',
      });
    }
  });
});

describe('own keys', () => {
  it('are for those who are allowed them, and never for guests', () => {
    const policies = openPolicies(database, Date.now);
    expect(policies.of('usr_a', 'user').personalKeys).toBe(false);
    for (const subject of ['user', 'guest']) policies.set({ kind: 'role', subject }, { personal_keys: true });
    policies.set({ kind: 'person', subject: 'usr_b' }, { personal_keys: false });
    policies.set({ kind: 'person', subject: 'usr_g' }, { personal_keys: true });
    expect(policies.of('usr_a', 'user').personalKeys).toBe(true);
    expect(policies.of('usr_b', 'user').personalKeys).toBe(false);
    expect(policies.of('usr_g', 'guest').personalKeys).toBe(false);
  });
});

describe('messages in a minute', () => {
  it('are counted for each person, and free again after a minute', () => {
    let time = 0;
    const rate = requestRate(() => time);
    expect([rate.take('a', 2), rate.take('a', 2), rate.take('a', 2), rate.take('b', 2)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    time = 59_999;
    expect(rate.take('a', 2)).toBe(false);
    time = 60_001;
    expect(rate.take('a', 2)).toBe(true);
  });
});
