/** Whatever is done to the rows behind Foyer's back is found, and named. */
import { createSecretKey } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src-shared/api/index.ts';
import { connectReadOnly } from '../../database/connect.ts';
import { type Keychain, sessionKeychain } from '../../keychain/index.ts';
import type { Accounts } from '../index.ts';
import { house, lockedKeychain } from '../testing/house.ts';
import { parseHead } from './chain.ts';
import { verifyAudit } from './verify.ts';

const { dataDir, keychain, open, reopen, later, raw } = house();

async function check(accounts: Accounts, withAnchor = true): Promise<AuditReport> {
  const { key, anchor } = await accounts.auditCheck();
  const database = connectReadOnly(path.join(dataDir(), 'foyer.db'));
  try {
    const known = anchor === null || !withAnchor ? null : parseHead(anchor);
    return verifyAudit({ database, key, anchor: known });
  } finally {
    database.close();
  }
}

/** So many rows, a minute apart. */
function write(accounts: Accounts, count: number): void {
  for (let row = 0; row < count; row += 1) {
    later(1);
    accounts.writeAudit({ action: 'session.started', actorId: `usr_${row}`, subjectId: `usr_${row}` });
  }
}

/** Rows 1 to `count` + 1, from eight o'clock on. */
async function filled(count = 10) {
  const accounts = await open();
  accounts.writeAudit({ action: 'settings.changed', actorId: 'usr_0', subjectId: null });
  write(accounts, count);
  return accounts;
}

const run = (...statements: string[]) =>
  raw((database) => {
    for (const sql of statements) database.exec(sql);
  });
const kinds = ({ findings }: AuditReport) =>
  findings.map((finding) => ('sequence' in finding ? [finding.kind, finding.sequence] : [finding.kind]));
const minute = (n: number) => `2026-11-23T08:${String(n).padStart(2, '0')}:00.000Z`;

describe('a chain that nobody touched', () => {
  it('is intact, over restarts too', async () => {
    const accounts = await filled();
    expect(await check(accounts)).toEqual({
      outcome: 'intact',
      rows: 11,
      adopted: 0,
      unchained: 0,
      found: 0,
      findings: [],
      newest: { sequence: 11, at: minute(10) },
    });
    await accounts.anchorAudit();
    const again = await reopen(accounts);
    write(again, 3);
    expect(await check(again)).toMatchObject({ outcome: 'intact', rows: 14 });
  });

  it('has the same row after rollback as without: what is undone leaves no trace', async () => {
    const accounts = await filled(2);
    expect(() =>
      accounts.atomically(() => {
        accounts.writeAudit({ action: 'user.created', actorId: null, subjectId: 'usr_x' });
        throw new RangeError('undone');
      }),
    ).toThrow(RangeError);
    write(accounts, 2);
    expect(await check(accounts)).toMatchObject({ outcome: 'intact', rows: 5 });
  });
});

describe('what was done to the rows is named exactly', () => {
  it.each(['at', 'actor_id', 'action', 'subject_id'])('an altered %s', async (column) => {
    const accounts = await filled();
    run(`UPDATE audit SET ${column} = 'x' WHERE sequence = 5`);
    const report = await check(accounts);
    expect(kinds(report)).toEqual([['altered', 5]]);
    expect(report.findings[0]).toMatchObject({ after: minute(3) });
    expect(report.outcome).toBe('broken');
  });

  it('an actor that became nobody, and a hash that is gone or another', async () => {
    const accounts = await filled();
    run(
      'UPDATE audit SET actor_id = NULL WHERE sequence = 3',
      'UPDATE audit SET hash = NULL WHERE sequence = 5',
      `UPDATE audit SET hash = x'${'ab'.repeat(32)}' WHERE sequence = 8`,
      "UPDATE audit SET hash = x'00' WHERE sequence = 10",
    );
    expect(kinds(await check(accounts))).toEqual([
      ['altered', 3],
      ['altered', 5],
      ['altered', 8],
      ['altered', 10],
    ]);
  });

  it('the newest row', async () => {
    const accounts = await filled();
    run("UPDATE audit SET action = 'user.deleted' WHERE sequence = 11");
    expect(kinds(await check(accounts))).toEqual([['altered', 11]]);
  });

  it('missing rows, with the time in which they were', async () => {
    const accounts = await filled();
    run('DELETE FROM audit WHERE sequence = 4', 'DELETE FROM audit WHERE sequence BETWEEN 7 AND 9');
    expect((await check(accounts)).findings).toEqual([
      { kind: 'missing', from: 4, to: 4, after: minute(2), before: minute(4) },
      { kind: 'missing', from: 7, to: 9, after: minute(5), before: minute(9) },
    ]);
  });

  it('the first rows missing', async () => {
    const accounts = await filled();
    run('DELETE FROM audit WHERE sequence < 3');
    expect((await check(accounts)).findings).toEqual([
      { kind: 'missing', from: 1, to: 2, after: null, before: minute(2) },
    ]);
  });

  it('a row that was inserted by moving those behind it', async () => {
    const accounts = await filled();
    run(
      'UPDATE audit SET sequence = -sequence WHERE sequence >= 6',
      'UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0',
      `INSERT INTO audit SELECT 6, at, actor_id, 'user.promoted', subject_id, hash FROM audit WHERE sequence = 5`,
    );
    expect(kinds(await check(accounts))[0]).toEqual(['inserted', 6]);
  });

  it.each([
    ['with another hash', `x'${'cd'.repeat(32)}'`],
    ['with the hash of another row', '(SELECT hash FROM audit WHERE sequence = 4)'],
  ])('a row that was added at the end, %s', async (_name, hash) => {
    const accounts = await filled();
    run(`INSERT INTO audit VALUES (12, '${minute(11)}', 'usr_1', 'user.promoted', 'usr_1', ${hash})`);
    expect(kinds(await check(accounts))).toEqual([['inserted', 12]]);
    // Foyer writes on, and does not make it look right.
    write(accounts, 1);
    expect(kinds(await check(accounts))).toEqual([
      ['altered', 12],
      ['noted_lost', 13],
    ]);
  });

  it('a row without a hash that was added while Foyer ran with the key: it is not taken in', async () => {
    const accounts = await filled();
    run(`INSERT INTO audit VALUES (12, '${minute(11)}', 'usr_1', 'user.promoted', 'usr_1', NULL)`);
    write(accounts, 2);
    const report = await check(accounts);
    expect(kinds(report)).toEqual([
      ['altered', 12],
      ['noted_lost', 13],
    ]);
    expect(report.adopted).toBe(0);
  });

  it('rows that changed places', async () => {
    const accounts = await filled();
    run(
      'UPDATE audit SET sequence = -1 WHERE sequence = 5',
      'UPDATE audit SET sequence = 5 WHERE sequence = 6',
      'UPDATE audit SET sequence = 6 WHERE sequence = -1',
    );
    expect(kinds(await check(accounts))[0]).toEqual(['moved', 5]);
  });

  it('many of them: the first are told, the rest is counted', async () => {
    const accounts = await filled(80);
    run("UPDATE audit SET action = 'user.deleted' WHERE sequence > 10");
    const report = await check(accounts);
    expect(kinds(report)[0]).toEqual(['altered', 11]);
    expect([report.findings.length, report.found]).toEqual([50, 71]);
  });
});

describe('rows that were cut off at the end', () => {
  it('are missing, also when Foyer has written on', async () => {
    const accounts = await filled();
    run('DELETE FROM audit WHERE sequence > 8');
    expect((await check(accounts)).findings).toEqual([
      { kind: 'missing', from: 9, to: 11, after: minute(7), before: null },
    ]);
    write(accounts, 2);
    expect(kinds(await check(accounts))).toEqual([['missing'], ['noted_lost', 12]]);
  });

  it('are missing when all of them are', async () => {
    const accounts = await filled();
    run('DELETE FROM audit');
    expect((await check(accounts)).findings).toEqual([
      { kind: 'missing', from: 1, to: 11, after: null, before: null },
    ]);
  });

  it('show when the record of the newest row is cut off with them', async () => {
    const accounts = await filled();
    run('DELETE FROM audit WHERE sequence > 8', "DELETE FROM installation WHERE name = 'audit_head'");
    expect(kinds(await check(accounts))).toEqual([['newest_unknown']]);
    write(accounts, 1);
    expect(kinds(await check(accounts))).toEqual([['noted_lost', 9]]);
  });

  it('show when that record is made to fit them', async () => {
    const accounts = await filled();
    run(
      'DELETE FROM audit WHERE sequence > 8',
      `UPDATE installation SET value = (SELECT '8:' || lower(hex(hash)) || substr(value, instr(value, ':') + 65)
         FROM audit WHERE sequence = 8) WHERE name = 'audit_head'`,
    );
    expect(kinds(await check(accounts))).toEqual([['newest_unknown']]);
  });

  it('show by what the keychain remembers when an older copy of everything was put back', async () => {
    const accounts = await filled();
    const copy = path.join(dataDir(), 'copy.db');
    raw((database) => database.prepare('VACUUM INTO ?').run(copy));
    write(accounts, 5);
    await accounts.anchorAudit();
    raw((database) => {
      database.prepare('ATTACH ? AS copy').run(copy);
      database.exec(`DELETE FROM audit; INSERT INTO audit SELECT * FROM copy.audit;
        DELETE FROM installation; INSERT INTO installation SELECT * FROM copy.installation;`);
    });
    expect((await check(accounts, false)).outcome).toBe('intact');
    expect((await check(accounts)).findings).toEqual([
      { kind: 'missing', from: 12, to: 16, after: minute(10), before: null },
    ]);
    // Noted at the next start, so that the keychain can move on.
    const again = await reopen(accounts);
    write(again, 8);
    await again.anchorAudit();
    expect(kinds(await check(again))).toEqual([['rolled_back', 20]]);
  });
});

describe('the beginning of the chain', () => {
  it('takes in the rows that were there, once, and marks them', async () => {
    const before = await filled(3);
    before.close();
    run('UPDATE audit SET hash = NULL', "DELETE FROM installation WHERE name = 'audit_head'");
    for (const name of await keychain().list()) {
      if (name.startsWith('audit-head')) await keychain().delete(name);
    }
    const accounts = await open();
    const report = await check(accounts);
    expect(report).toMatchObject({ outcome: 'intact', adopted: 4, rows: 5, unchained: 0 });
    run("UPDATE audit SET action = 'user.deleted' WHERE sequence = 2");
    expect(kinds(await check(accounts))).toEqual([['altered', 2]]);
  });

  it('does not begin again where the keychain remembers a chain', async () => {
    const before = await filled(3);
    await before.anchorAudit();
    before.close();
    run(
      "UPDATE audit SET hash = NULL, action = 'user.deleted'",
      "DELETE FROM installation WHERE name = 'audit_head'",
    );
    const report = await check(await open());
    expect(report.outcome).toBe('broken');
    expect(report.adopted).toBe(0);
    expect(kinds(report)[0]).toEqual(['altered', 1]);
  });
});

describe('without the keychain', () => {
  const away = (accounts: Accounts) => reopen(accounts, { keychain: lockedKeychain() });

  it('rows are written, are not chained, and say so; the next run with it chains and marks them', async () => {
    const accounts = await away(await filled(3));
    write(accounts, 4);
    expect(accounts.audit.page({}, null, 1).rows[0]?.chained).toBe(false);
    // A run without the key can only see that no number is missing.
    expect(await check(accounts)).toMatchObject({ outcome: 'unchecked', unchained: 4, rows: 8 });

    const back = await reopen(accounts);
    expect(await check(back)).toMatchObject({ outcome: 'intact', adopted: 4, unchained: 0, rows: 9 });
    expect(back.audit.page({}, null, 1).rows[0]?.action).toBe('audit.rows_adopted');
  });

  it('numbers go on after what was cut off, so that it shows', async () => {
    const accounts = await away(await filled(5));
    run('DELETE FROM audit WHERE sequence > 4');
    write(accounts, 1);
    expect((await check(accounts)).findings).toMatchObject([{ kind: 'missing', from: 5, to: 6 }]);
  });

  it('nothing secret is written', async () => {
    const empty: Keychain = sessionKeychain();
    const accounts = await reopen(await filled(1), { keychain: empty });
    await accounts.anchorAudit();
    expect(await empty.list()).toEqual([]);
    expect(accounts.installKey.state).toBe('missing-key');
  });
});

it('another installation’s key fits no row', async () => {
  const accounts = await filled(3);
  const database = new Database(path.join(dataDir(), 'foyer.db'), { readonly: true });
  const report = verifyAudit({ database, key: createSecretKey(Buffer.alloc(32, 1)), anchor: null });
  database.close();
  expect(kinds(report)[0]).toEqual(['altered', 1]);
  expect(report.outcome).toBe('broken');
  accounts.close();
});
