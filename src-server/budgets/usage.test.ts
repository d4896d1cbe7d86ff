import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsDatabase, openAccountsDatabase } from '../accounts/database.ts';
import { openUsage } from './usage.ts';

let dir: string;
let database: AccountsDatabase;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-usage-'));
  database = openAccountsDatabase(
    dir,
    path.join(import.meta.dirname, '..', 'database', 'accounts', 'migrations'),
  );
});
afterEach(() => {
  database.$client.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

/** So many people, each with one request on each of the first days of January. */
function fill(people: number, days: number): void {
  const insert = database.$client.prepare(
    "INSERT INTO usage_days VALUES (?, ?, 'default', ?, 1, 100, 10, 20, ?, 0, 0)",
  );
  database.$client.transaction(() => {
    for (let person = 0; person < people; person += 1) {
      for (let day = 1; day <= days; day += 1) {
        const date = `2026-01-${String(day).padStart(2, '0')}`;
        insert.run(`usr_${String(person).padStart(4, '0')}`, date, `m${day % 2}`, person + 1);
      }
    }
  })();
}

const january = { from: '2026-01-01', to: '2026-01-31' };

describe('usage', () => {
  it('is added up by day, person and model, within the period', async () => {
    fill(3, 4);
    const usage = openUsage(database);
    expect(await usage.report({ from: '2026-01-02', to: '2026-01-03' }, 'day')).toMatchObject({
      rows: [
        { key: '2026-01-02', calls: 3, input_tokens: 300, output_tokens: 60, amount: 6 },
        { key: '2026-01-03', calls: 3, amount: 6 },
      ],
      total: { calls: 6, cached_tokens: 60, amount: 12 },
      left_off: 0,
    });
    expect((await usage.report(january, 'person')).rows.map(({ key, amount }) => [key, amount])).toEqual([
      ['usr_0002', 12],
      ['usr_0001', 8],
      ['usr_0000', 4],
    ]);
    expect((await usage.report(january, 'model')).rows).toHaveLength(2);
    expect(await usage.report({ from: '2027-01-01', to: '2027-01-31' }, 'day')).toMatchObject({
      rows: [],
      total: { calls: 0, amount: 0 },
    });
  });

  it('leaves off the small ones where there are very many, and says how many', async () => {
    fill(600, 1);
    const report = await openUsage(database).report(january, 'person');
    expect(report.rows).toHaveLength(500);
    expect(report.rows[0]?.amount).toBe(600);
    expect(report.left_off).toBe(100);
    expect(report.total.calls).toBe(600);
  });

  it('comes as CSV in pages, each row once, and no name is a formula', () => {
    fill(120, 20);
    database.$client
      .prepare(
        "INSERT INTO usage_days VALUES ('usr_x', '2026-01-01', 'default', ?, 1, 1, 0, 1, 1234567, 1, 2)",
      )
      .run('=cmd("x"),1');
    const pieces = [...openUsage(database).csv(january)];
    expect(pieces.length).toBeGreaterThan(4);
    const lines = pieces.join('').trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 120 * 20 + 1);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines).toContain(`2026-01-01,usr_x,,default,"'=cmd(""x""),1",1,1,0,1,1.234567,1,2`);
  });

  it('lets others have their turn while 200 people and 20 models of a year are added up', async () => {
    const insert = database.$client.prepare(
      "INSERT INTO usage_days VALUES (?, ?, 'default', ?, 1, 100, 10, 20, 3, 0, 0)",
    );
    const start = Date.UTC(2025, 0, 1);
    const days = Array.from({ length: 60 }, (_, day) =>
      new Date(start + day * 86_400_000).toISOString().slice(0, 10),
    );
    database.$client.transaction(() => {
      for (const day of days) {
        for (let person = 0; person < 200; person += 1) {
          for (let model = 0; model < 20; model += 1) insert.run(`usr_${person}`, day, `m${model}`);
        }
      }
    })();
    const turns: number[] = [];
    let last = performance.now();
    const watch = setInterval(() => {
      turns.push(performance.now() - last);
      last = performance.now();
    }, 1);
    const report = await openUsage(database).report({ from: '2025-01-01', to: '2026-12-31' }, 'person');
    clearInterval(watch);
    expect(report.rows).toHaveLength(200);
    expect(report.total.calls).toBe(days.length * 200 * 20);
    expect(turns.length).toBeGreaterThan(5);
  });

  it('asks the index for days and for what is in them, and sorts no more than one day', () => {
    const plan = (sql: string) =>
      database.$client
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail);
    expect(plan("SELECT day FROM usage_days WHERE day > 'a' AND day <= 'b' ORDER BY day LIMIT 1")).toEqual([
      'SEARCH usage_days USING COVERING INDEX usage_days_by_day (day>? AND day<?)',
    ]);
    expect(plan("SELECT sum(calls) FROM usage_days WHERE day = 'a' GROUP BY user_id")[0]).toBe(
      'SEARCH usage_days USING INDEX usage_days_by_day (day=?)',
    );
  });
});
