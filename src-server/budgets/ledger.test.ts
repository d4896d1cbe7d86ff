import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsDatabase, openAccountsDatabase } from '../accounts/database.ts';
import { modelCalls, usageDays } from '../database/accounts/schema.ts';
import { openCalendar, renewals } from './calendar.ts';
import { type Intent, type Limits, openLedger } from './ledger.ts';
import { affordableOutput, costOf } from './money.ts';

const migrations = path.join(import.meta.dirname, '..', 'database', 'accounts', 'migrations');
let dir: string;
let database: AccountsDatabase;
let time: number;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-ledger-'));
  database = openAccountsDatabase(dir, migrations);
  time = Date.UTC(2026, 0, 31, 12);
});
afterEach(() => {
  database.$client.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const ledgerNow = () =>
  openLedger(
    database,
    openCalendar(database, () => time),
    () => time,
  );
const unlimited: Limits = { tokensPerDay: null, moneyPerMonth: null };
const intent = (changes: Partial<Intent> = {}): Intent => ({
  userId: 'usr_a',
  connectionId: 'default',
  modelId: 'm',
  keyOwner: 'installation',
  prices: { input: 400_000, cached: 100_000, output: 1_600_000 },
  inputTokens: 1_000,
  outputTokens: 500,
  ...changes,
});

describe('money', () => {
  it('is rounded up, never a float', () => {
    const prices = { input: 1, cached: 1, output: 1 };
    expect(costOf({ input: 1, cached: 0, output: 0 }, prices)).toBe(1);
    expect(costOf({ input: 1_000_000, cached: 0, output: 1 }, prices)).toBe(2);
    expect(
      costOf({ input: 10, cached: 4, output: 3 }, { input: 2_000_000, cached: 500_000, output: 3_000_000 }),
    ).toBe(23);
  });

  it('buys no more output than it pays for', () => {
    const prices = { input: 0, cached: 0, output: 1_700_003 };
    for (const money of [0, 1, 2, 17, 1_000, 999_983]) {
      const output = affordableOutput(money, prices);
      expect(costOf({ input: 0, cached: 0, output }, prices)).toBeLessThanOrEqual(money);
      expect(costOf({ input: 0, cached: 0, output: output + 1 }, prices)).toBeGreaterThan(money);
    }
  });
});

describe('the ledger', () => {
  it('charges the worst case first and the reported usage afterwards', () => {
    const ledger = ledgerNow();
    const call = ledger.reserve(intent(), unlimited);
    if (!call.ok) throw new Error('refused');
    expect(ledger.used('usr_a')).toEqual({ tokensToday: 1_500, moneyThisMonth: 1_200 });
    ledger.settle(call.id, { kind: 'reported', tokens: { input: 100, cached: 50, output: 10 } });
    expect(ledger.used('usr_a')).toEqual({ tokensToday: 110, moneyThisMonth: 20 + 5 + 16 });
    // A second word about the same call changes nothing.
    ledger.settle(call.id, { kind: 'free' });
    expect(ledger.used('usr_a').moneyThisMonth).toBe(41);
    expect(ledger.used('usr_b')).toEqual({ tokensToday: 0, moneyThisMonth: 0 });
  });

  it('keeps the worst case when nobody knows, less when it was stopped, nothing when it was refused', () => {
    const ledger = ledgerNow();
    const amounts = (['worst-case', 'estimated', 'free'] as const).map((kind) => {
      const userId = `usr_${kind}`;
      const call = ledger.reserve(intent({ userId }), unlimited);
      if (!call.ok) throw new Error('refused');
      ledger.settle(call.id, kind === 'estimated' ? { kind, outputTokens: 100 } : { kind });
      return ledger.used(userId).moneyThisMonth;
    });
    expect(amounts).toEqual([1_200, 560, 0]);
  });

  it('cannot be overdrawn by requests at the same time', () => {
    const ledger = ledgerNow();
    const limits = { tokensPerDay: null, moneyPerMonth: 10_000 };
    const calls = Array.from({ length: 100 }, () => ledger.reserve(intent(), limits));
    expect(ledger.used('usr_a').moneyThisMonth).toBeLessThanOrEqual(10_000);
    expect(calls.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(8);
    expect(calls.at(-1)).toEqual({ ok: false, exhausted: 'month' });
  });

  it('shortens the answer to what is left, also where the request had no limit', () => {
    const ledger = ledgerNow();
    const money = ledger.reserve(intent({ outputTokens: null }), { ...unlimited, moneyPerMonth: 400 + 160 });
    expect(money).toMatchObject({ ok: true, outputTokens: 100 });
    const tokens = ledger.reserve(intent({ userId: 'usr_b' }), { ...unlimited, tokensPerDay: 1_200 });
    expect(tokens).toMatchObject({ ok: true, outputTokens: 200 });
    expect(ledger.reserve(intent({ userId: 'usr_b' }), { ...unlimited, tokensPerDay: 1_200 })).toEqual({
      ok: false,
      exhausted: 'day',
    });
  });

  it('counts the tokens of an own key, and leaves the money alone', () => {
    const ledger = ledgerNow();
    const limits = { tokensPerDay: 3_000, moneyPerMonth: 1_200 };
    const paid = ledger.reserve(intent(), limits);
    // No money is left, and none is needed.
    expect(ledger.reserve(intent(), limits)).toEqual({ ok: false, exhausted: 'month' });
    const own = ledger.reserve(intent({ keyOwner: 'person' }), limits);
    if (!paid.ok || !own.ok) throw new Error('refused');
    expect(own.outputTokens).toBe(500);
    expect(ledger.used('usr_a')).toEqual({ tokensToday: 3_000, moneyThisMonth: 1_200 });
    expect(ledger.reserve(intent({ keyOwner: 'person' }), limits)).toEqual({ ok: false, exhausted: 'day' });
    ledger.settle(own.id, { kind: 'reported', tokens: { input: 100, cached: 50, output: 10 } });
    expect(ledger.used('usr_a')).toEqual({ tokensToday: 1_610, moneyThisMonth: 1_200 });
    const [day] = database.select().from(usageDays).all();
    expect(day).toMatchObject({ calls: 2, ownKeyCalls: 1, ownKeyTokens: 110, amount: 1_200 });
    const calls = database.select().from(modelCalls).all();
    expect(calls.map(({ keyOwner, amount }) => [keyOwner, amount])).toEqual([
      ['installation', 1_200],
      ['person', 0],
    ]);
  });

  it('never charges more than was reserved, whatever a server says', () => {
    const ledger = ledgerNow();
    const call = ledger.reserve(intent(), unlimited);
    if (!call.ok) throw new Error('refused');
    ledger.settle(call.id, { kind: 'reported', tokens: { input: 9e9, cached: 0, output: 9e9 } });
    expect(ledger.used('usr_a').moneyThisMonth).toBe(1_200);
  });

  it('settles at the worst case what a process that died left open', () => {
    const first = ledgerNow();
    first.reserve(intent(), unlimited);
    const next = ledgerNow();
    expect(next.settleAbandoned()).toBe(1);
    expect(next.settleAbandoned()).toBe(0);
    expect(next.used('usr_a').moneyThisMonth).toBe(1_200);
    expect(database.select().from(modelCalls).get()?.state).toBe('worst-case');
  });

  it('gives no day or month twice when the clock is set back, also over a restart', () => {
    const limits = { tokensPerDay: 1_500, moneyPerMonth: null };
    expect(ledgerNow().reserve(intent(), limits).ok).toBe(true);
    time -= 40 * 86_400_000;
    const ledger = ledgerNow();
    expect(ledger.reserve(intent(), limits)).toEqual({ ok: false, exhausted: 'day' });
    expect(ledger.used('usr_a').tokensToday).toBe(1_500);
    time += 41 * 86_400_000;
    expect(ledger.used('usr_a')).toEqual({ tokensToday: 0, moneyThisMonth: 0 });
    expect(ledger.reserve(intent(), limits).ok).toBe(true);
  });

  it('knows when days and months begin', () => {
    expect(renewals(Date.UTC(2026, 11, 31, 23, 59))).toEqual({
      day: Date.UTC(2027, 0, 1),
      month: Date.UTC(2027, 0, 1),
    });
  });
});
