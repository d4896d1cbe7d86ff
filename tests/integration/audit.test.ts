/** The audit over HTTP, from the command line, and through kill -9. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type AuditPage,
  adminSessionPageSchema,
  auditPageSchema,
  auditVerificationSchema,
  storageStateSchema,
} from '../../src-shared/api/index.ts';
import { type Client, clientWith, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR, makeDataDir, startHeadless } from '../support/headless.ts';

const BOB = { email: 'bob@example.org', password: 'another battery staple' };
const root = path.resolve(import.meta.dirname, '..', '..');

/** `npm run audit:verify`, without building first. */
function verify(dataDir: string) {
  const run = spawnSync(
    process.execPath,
    [path.join(root, 'out', 'main', 'audit-verify.cjs'), '--data', dataDir],
    { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', FOYER_KEYCHAIN: 'file' } },
  );
  return { code: run.status, text: run.stdout + run.stderr };
}

function tamper(dataDir: string, sql: string): void {
  const database = new Database(path.join(dataDir, 'foyer.db'));
  database.exec(sql);
  database.close();
}

describe('over HTTP', () => {
  let foyer: TestFoyer;
  let admin: Client;
  beforeEach(async () => {
    foyer = await startFoyer();
    admin = await signIn(foyer.url, ADMINISTRATOR);
  });
  afterEach(() => foyer.remove());

  const get = async (query = '') =>
    auditPageSchema.parse(await (await admin.rest('GET', `/api/admin/audit${query}`)).json());
  const actions = ({ rows }: AuditPage) => rows.map(({ action }) => action);
  const check = async () => {
    expect((await admin.rest('POST', '/api/admin/audit/verification')).status).toBe(202);
    return vi.waitFor(
      async () => {
        const answer = await admin.rest('GET', '/api/admin/audit/verification');
        const state = auditVerificationSchema.parse(await answer.json());
        if (state.state !== 'done') throw new Error(state.state);
        return state.result;
      },
      { timeout: 15_000, interval: 50 },
    );
  };

  it('tells what administrators change, refusals and downloads, and never what was typed', async () => {
    await admin.rest('POST', '/api/admin/users', BOB);
    await expect(signIn(foyer.url, { ...BOB, password: 'canary-wrong' })).rejects.toThrow(/401/);
    const connection = { name: 'canary-name', base_url: 'http://127.0.0.1:9/v1', mode: 'chat' };
    const made = await admin.rest('POST', '/api/admin/connections', { ...connection, api_key: 'sk-canary' });
    const { id } = (await made.json()) as { id: string };
    await admin.rest('PATCH', `/api/admin/connections/${id}`, { name: 'another' });
    await admin.rest('PUT', '/api/admin/policies/roles/user', { tokens_per_day: 5 });
    await admin.rest('PUT', '/api/admin/settings', { model: 'canary-model', api_key: 'sk-canary-2' });
    await admin.rest('DELETE', `/api/admin/connections/${id}`);
    const csv = await admin.rest('GET', '/api/admin/audit.csv?groups=people,sessions');
    const text = await csv.text();
    expect(csv.headers.get('content-disposition')).toMatch(
      /^attachment; filename="?foyer-audit-[\d-]+\.csv"?$/,
    );
    expect(text.trimEnd().split('\r\n')).toHaveLength(1 + 4);
    expect(text).toContain(BOB.email);

    const page = await get();
    expect(actions(page)).toEqual([
      'audit.exported',
      'connection.deleted',
      'settings.changed',
      'settings.key_changed',
      'policy.changed',
      'connection.changed',
      'connection.created',
      'session.refused',
      'user.created',
      'session.started',
      'user.created',
    ]);
    expect(JSON.stringify(page)).not.toMatch(/canary/);
    expect(page.rows.every(({ chained }) => chained)).toBe(true);
    expect(await check()).toMatchObject({ outcome: 'intact', rows: 11, found: 0 });
  });

  it('pages and filters, and refuses what it does not understand', async () => {
    for (let round = 0; round < 3; round += 1) await signIn(foyer.url, ADMINISTRATOR);
    const first = await get('?limit=2');
    const second = await get(`?limit=2&before=${first.next}`);
    expect([...actions(first), ...actions(second)]).toEqual(Array(4).fill('session.started'));
    expect((await get(`?limit=2&before=${second.next}`)).next).toBeNull();
    expect(actions(await get('?groups=people'))).toEqual(['user.created']);
    expect(actions(await get('?to=2020-01-01T00:00:00Z'))).toEqual([]);
    for (const bad of ['limit=0', 'limit=201', 'before=x', 'groups=all', 'from=yesterday', 'before=1.5']) {
      expect((await admin.rest('GET', `/api/admin/audit?${bad}`)).status, bad).toBe(422);
    }
  });

  it('names the row that was altered, while Foyer runs, by page and by command', async () => {
    await admin.rest('POST', '/api/admin/users', BOB);
    tamper(foyer.dataDir, "UPDATE audit SET action = 'user.promoted' WHERE sequence = 2");
    const report = await check();
    expect(report.findings).toMatchObject([{ kind: 'altered', sequence: 2 }]);
    const command = verify(foyer.dataDir);
    expect(command.code).toBe(1);
    expect(command.text).toMatch(/Row 2 of 20\S+ was altered/);
  });

  it('shows where people are signed in, and ends one of it at once', async () => {
    await admin.rest('POST', '/api/admin/users', BOB);
    const bob = await signIn(foyer.url, BOB);
    const list = async (query = '') =>
      adminSessionPageSchema.parse(await (await admin.rest('GET', `/api/admin/sessions${query}`)).json());
    const page = await list();
    expect(page).toMatchObject({ total: 2, people: 2, next: null });
    expect(page.sessions.filter(({ current }) => current)).toHaveLength(1);
    const ofBob = page.sessions.find(({ email }) => email === BOB.email);
    expect((await list(`?person=${ofBob?.user_id}`)).sessions).toHaveLength(1);
    const first = await list('?limit=1');
    const second = await list(`?limit=1&after=${first.next}`);
    expect(new Set([...first.sessions, ...second.sessions].map(({ id }) => id)).size).toBe(2);
    expect(second.next).toBeNull();

    expect((await admin.rest('DELETE', `/api/admin/sessions/${ofBob?.id}`)).status).toBe(204);
    expect((await bob.rest('GET', '/api/users/me')).status).toBe(401);
    expect((await admin.rest('DELETE', `/api/admin/sessions/${ofBob?.id}`)).status).toBe(404);
    expect((await admin.rest('GET', '/api/admin/sessions?after=1.x')).status).toBe(422);
    expect(actions(await get('?limit=1'))).toEqual(['session.ended']);
  });

  it('measures the data folder and checks the database', async () => {
    await admin.ask('Hello');
    await admin.rest('POST', '/api/admin/storage/measurement');
    await admin.rest('POST', '/api/admin/storage/integrity');
    const state = await vi.waitFor(
      async () => {
        const found = storageStateSchema.parse(await (await admin.rest('GET', '/api/admin/storage')).json());
        if (found.measurement.state !== 'done' || found.integrity.state !== 'done')
          throw new Error('not yet');
        return { measured: found.measurement.result, checked: found.integrity.result, ...found };
      },
      { timeout: 15_000, interval: 50 },
    );
    expect(state.checked.problems).toEqual([]);
    expect(state.measured.people).toHaveLength(1);
    expect(Object.values(state.emails)).toEqual([ADMINISTRATOR.email]);
    expect(state.measured.histories.bytes).toBeGreaterThan(4_096);
    expect(state.measured.orphans.folders).toBe(0);
  });

  it('survives a restart, and the keychain remembers the newest row', async () => {
    const { dataDir } = foyer;
    await foyer.close();
    expect(verify(dataDir)).toMatchObject({ code: 0 });
    tamper(
      dataDir,
      "DELETE FROM audit WHERE sequence = 2; DELETE FROM installation WHERE name = 'audit_head'",
    );
    const command = verify(dataDir);
    expect(command.code).toBe(1);
    expect(command.text).toMatch(/Row 2 is missing/);
    foyer = await startFoyer({ dataDir });
    admin = await signIn(foyer.url, ADMINISTRATOR);
    expect(actions(await get()).slice(1, 3)).toEqual(['audit.rolled_back', 'audit.newest_lost']);
  });
});

describe('kill -9 while rows are written', () => {
  const dataDir = makeDataDir();
  afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

  it('leaves a whole chain, with everything that was acknowledged', async () => {
    let created = 0;
    for (let round = 0; round < 4; round += 1) {
      const foyer = await startHeadless({ dataDir });
      const admin = await signIn(foyer.url, ADMINISTRATOR);
      const policy = { tokens_per_day: round + 1 };
      try {
        for (let turn = 0; ; turn += 1) {
          if (turn === 3) setTimeout(() => void foyer.kill(), 15 + round * 40);
          const answers = await Promise.all(
            [1, 2, 3].map(() =>
              clientWith(foyer.url, admin.token).rest('PUT', '/api/admin/policies/roles/user', policy),
            ),
          );
          created += answers.filter(({ ok }) => ok).length;
        }
      } catch {
        // The process is gone: what was acknowledged before that counts.
      }
      await foyer.kill();
      const command = verify(dataDir);
      expect(command.text).toMatch(/as it was written/);
      expect(command.code).toBe(0);
    }
    expect(created).toBeGreaterThan(12);
    const database = new Database(path.join(dataDir, 'foyer.db'), { readonly: true });
    const rows = database.prepare("SELECT count(*) FROM audit WHERE action = 'policy.changed'").pluck().get();
    database.close();
    expect(rows).toBeGreaterThanOrEqual(created);
  }, 90_000);
});

describe('the command', () => {
  it('says what it cannot do', () => {
    const empty = makeDataDir();
    const command = verify(empty);
    expect(command.code).toBe(3);
    expect(command.text).toContain(`There is no foyer.db in ${empty}`);
    expect(fs.readdirSync(empty)).toEqual([]);
    fs.rmSync(empty, { recursive: true });
  });
});
