/** Sealed accounts over HTTP: what opens a history, what does not, and what survives. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openAccounts } from '../../src-server/accounts/index.ts';
import { deriveKey } from '../../src-server/accounts/install-key.ts';
import {
  openWithInstallKey,
  openWithPassword,
  openWithRecoveryCode,
} from '../../src-server/accounts/key-wraps.ts';
import { openHistories } from '../../src-server/history/index.ts';
import { openKeychain } from '../../src-server/keychain/index.ts';
import { answerText, type Client, clientWith, signIn, signInAsIs } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR, makeDataDir, startHeadless } from '../support/headless.ts';
import { seal, showCode } from '../support/security.ts';

/** Each of these starts Foyer anew, some several times. */
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const BOB = { email: 'bob@example.org', password: 'another battery staple' };
const CANARY = 'canary-7f3a-of-bob';
const databases = path.resolve(import.meta.dirname, '..', '..', 'src-server', 'database');

let dataDir: string;
let foyer: TestFoyer;
let bobId: string;
let code: string;

const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;
const json = async <T>(response: Response) => (await response.json()) as T;

const post = (at: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(new URL(at, foyer.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** Ends this run of Foyer and starts the next on the same data. */
async function restart(): Promise<void> {
  await foyer.close();
  foyer = await startFoyer({ dataDir });
}

/** Titles of everything that a person has. */
async function threads(client: Client): Promise<string[]> {
  const listed = await client.operation('threads.list', { limit: 50 });
  if (!listed.ok) throw new Error(`threads.list answered ${listed.status}`);
  return (await json<{ data: { title: string | null }[] }>(listed)).data.map(({ title }) => title ?? '');
}

/** Signs in through the cookie, as a page does. */
async function cookieFor(person: { email: string; password: string }): Promise<string> {
  const answer = await post('/api/auth/login', person);
  expect(answer.status).toBe(200);
  return /=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
}
const cookie = (secret: string) => ({ Cookie: `foyer_${new URL(foyer.url).port}=${secret}` });

beforeAll(async () => {
  dataDir = makeDataDir();
  foyer = await startFoyer({ dataDir });
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  await administrator.ask('A managed question of Ada');
  const created = await administrator.rest('POST', '/api/admin/users', BOB);
  bobId = (await json<{ id: string }>(created)).id;
  const bob = await signIn(foyer.url, BOB);
  expect(answerText(await bob.ask(CANARY))).not.toBe('');
  code = await seal(bob, BOB.password);
}, 60_000);
afterAll(() => foyer.remove());

describe('a sealed account', () => {
  it('waits after a restart for the password, where the person is', async () => {
    const secret = await cookieFor(BOB);
    const token = (await json<{ access_token: string }>(await post('/api/auth/login', BOB))).access_token;
    await restart();
    const me = await fetch(new URL('/api/users/me', foyer.url), { headers: cookie(secret) });
    expect([me.status, await codeOf(me)]).toEqual([423, 'history_closed']);
    expect((await clientWith(foyer.url, token).operation('threads.list', {})).status).toBe(423);
    const page = await fetch(new URL('/account', foyer.url), { headers: cookie(secret), redirect: 'manual' });
    expect(page.status).toBe(200);
    const closed = await fetch(new URL('/api/auth/closed', foyer.url), { headers: cookie(secret) });
    expect(await closed.json()).toEqual({ email: BOB.email, needs: 'password' });

    const open = (password: string) => post('/api/auth/open', { password }, cookie(secret));
    expect(await codeOf(await open('wrong'))).toBe('wrong_password');
    expect((await open(BOB.password)).status).toBe(200);
    const after = await fetch(new URL('/api/users/me', foyer.url), { headers: cookie(secret) });
    expect(after.status).toBe(200);
    expect((await clientWith(foyer.url, token).operation('threads.list', {})).status).toBe(423);
    expect(await codeOf(await open(BOB.password))).toBe('history_opens');
  });

  it('a closed session hears that its owner types at the window, from their page only, and can be ended', async () => {
    const secret = await cookieFor(BOB);
    await restart();
    const active = (person: string) =>
      post('/api/lock/active', {}, { ...cookie(secret), 'Foyer-Person': person });
    const heard = await active(bobId);
    expect(heard.status).toBe(200);
    expect(await heard.json()).toMatchObject({ state: 'open', user_id: bobId });
    expect(await codeOf(await active('usr_somebody_else'))).toBe('other_person');
    const out = await post('/api/auth/logout', {}, cookie(secret));
    expect(out.status).toBe(204);
    const me = await fetch(new URL('/api/users/me', foyer.url), { headers: cookie(secret) });
    expect(me.status).toBe(401);
    expect((await active(bobId)).status).toBe(401);
  });

  it.runIf(process.platform === 'linux')('closes its files with the last session', async () => {
    const isOpen = () =>
      fs.readdirSync('/proc/self/fd').some((descriptor) => {
        try {
          return fs.readlinkSync(`/proc/self/fd/${descriptor}`).includes(`${bobId}/history.db`);
        } catch {
          return false;
        }
      });
    const bob = await signIn(foyer.url, BOB);
    expect(await threads(bob)).toEqual([CANARY]);
    expect(isOpen()).toBe(true);
    await bob.rest('DELETE', '/api/users/me/sessions?all=true');
    await expect.poll(isOpen).toBe(false);
  });

  it('the administrator’s policy says who may seal, and who must', async () => {
    const administrator = await signIn(foyer.url, ADMINISTRATOR);
    const rule = (sealing: string) =>
      administrator.rest('PUT', '/api/admin/policies/roles/administrator', { sealing });
    expect((await rule('off')).status).toBe(200);
    const refused = await administrator.rest('POST', '/api/users/me/recovery-code', {
      password: ADMINISTRATOR.password,
    });
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'sealing_not_allowed']);
    expect((await rule('sometimes')).status).toBe(422);
    await rule('allowed');

    await administrator.rest('PUT', `/api/admin/policies/people/${bobId}`, { sealing: 'required' });
    const bob = await signIn(foyer.url, BOB);
    expect(await json(await bob.rest('GET', '/api/users/me/security'))).toMatchObject({
      protection: 'sealed',
      sealing: 'required',
    });
    const unsealed = await bob.rest('DELETE', '/api/users/me/sealing', { password: BOB.password });
    expect([unsealed.status, await codeOf(unsealed)]).toEqual([403, 'sealing_required']);
    await administrator.rest('DELETE', `/api/admin/policies/people/${bobId}`);
  });
});

describe('without the password', () => {
  it('the data folder and the keychain of this machine open nothing', async () => {
    await foyer.close();
    const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-stolen-'));
    fs.cpSync(dataDir, copy, { recursive: true });
    try {
      const keychain = openKeychain({ kind: 'file', dataDir: copy });
      const accounts = await openAccounts({
        dataDir: copy,
        migrationsDir: path.join(databases, 'accounts', 'migrations'),
        keychain,
        tokenLifetimeMinutes: 120,
      });
      expect(accounts.installKey.state).toBe('ok');
      const ada = accounts.listUsers().find(({ email }) => email === ADMINISTRATOR.email);
      const histories = openHistories({
        dataDir: copy,
        migrationsDir: path.join(databases, 'history', 'migrations'),
        dataKey: (writer) => accounts.historyKey(writer),
      });
      const context = (userId: string) =>
        ({ userId, role: 'user', locale: 'en', signal: new AbortController().signal }) as const;
      const page = { limit: 10, order: 'desc', after: null } as const;
      // The same thief reads what is managed: that the way is the right one.
      expect((await histories.store.loadThreads(page, context(ada!.id))).data).toHaveLength(1);
      await expect(histories.store.loadThreads(page, context(bobId))).rejects.toThrow(/locked/);

      const install = Buffer.from((await keychain.get(`install-key:${accounts.installId}`)) ?? '', 'base64');
      const wrapping = deriveKey(install, 'data-key-wrap');
      const rows = accounts.database.$client
        .prepare('SELECT kind, salt, params, nonce, ciphertext FROM key_wraps WHERE user_id = ?')
        .all(bobId) as { kind: string; salt: Buffer; params: string; nonce: Buffer; ciphertext: Buffer }[];
      expect(rows.map(({ kind }) => kind).sort()).toEqual(['password', 'recovery']);
      for (const wrap of rows) {
        expect(openWithInstallKey(wrap, bobId, wrapping)).toBeNull();
        expect(await openWithPassword(wrap, bobId, '')).toBeNull();
        expect(await openWithPassword(wrap, bobId, ADMINISTRATOR.password)).toBeNull();
        expect(openWithRecoveryCode(wrap, bobId, '')).toBeNull();
      }
      for (const key of [install, wrapping]) {
        const file = new Database(path.join(copy, 'people', bobId, 'history.db'));
        file.pragma("cipher = 'chacha20'");
        file.pragma(`key = 'raw:${key.toString('hex')}'`);
        expect(() => file.prepare('SELECT count(*) FROM sqlite_schema').get()).toThrow(/not a database/);
        file.close();
      }
      await histories.close();
      accounts.close();
      const everything = fs
        .readdirSync(copy, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)));
      for (const secret of [CANARY, code, code.replaceAll('-', '')]) {
        expect(everything.some((bytes) => bytes.includes(secret))).toBe(false);
      }
    } finally {
      fs.rmSync(copy, { recursive: true, force: true });
      foyer = await startFoyer({ dataDir });
    }
  });

  it('recovery answers alike for everybody who cannot, and tells a typing error', async () => {
    const other = (await showCode(await signIn(foyer.url, ADMINISTRATOR), ADMINISTRATOR.password)).code;
    const recover = (email: string, typed: string) =>
      post('/api/auth/recover', { email, code: typed, new_password: 'a whole new password' });
    const answers = await Promise.all(
      [BOB.email, ADMINISTRATOR.email, 'nobody@example.org'].map(async (email) => {
        const answer = await recover(email, other);
        return [answer.status, await answer.text()];
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(401);
    const mistyped = await recover(BOB.email, `${code.slice(0, -1)}${code.endsWith('A') ? 'C' : 'A'}`);
    expect([mistyped.status, await codeOf(mistyped)]).toEqual([422, 'recovery_code_mistyped']);
    expect(answers[0]?.[1]).not.toContain(BOB.email);
  });
});

describe('with the recovery code', () => {
  it('a forgotten password is replaced, everything is there, and a new code is given', async () => {
    const recovered = await post('/api/auth/recover', {
      email: BOB.email,
      code: code.toLowerCase().replaceAll('-', ' '),
      new_password: 'remembered from now on',
    });
    expect(recovered.status).toBe(200);
    code = (await json<{ recovery_code: string }>(recovered)).recovery_code;
    BOB.password = 'remembered from now on';
    expect(await threads(await signIn(foyer.url, BOB))).toEqual([CANARY]);
  });

  it('what an administrator’s new password does not open is opened, or left aside and brought back', async () => {
    const administrator = await signIn(foyer.url, ADMINISTRATOR);
    const reset = (body: object) => administrator.rest('PATCH', `/api/admin/users/${bobId}`, body);
    const refused = await reset({ password: 'given by the administrator' });
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'sealed_account']);
    expect((await reset({ password: 'given by the administrator', accept_loss: true })).status).toBe(200);
    BOB.password = 'given by the administrator';
    const bob = (await signInAsIs(foyer.url, BOB)).client;
    expect((await bob.operation('threads.list', {})).status).toBe(423);
    expect(await json(await bob.rest('GET', '/api/auth/closed'))).toMatchObject({ needs: 'recovery-code' });
    expect(await codeOf(await bob.rest('POST', '/api/auth/open', { password: BOB.password }))).toBe(
      'recovery_code_needed',
    );

    // Without the code: an empty history, only on purpose.
    expect((await bob.rest('POST', '/api/auth/open/start-over', { password: BOB.password })).status).toBe(
      422,
    );
    const started = await bob.rest('POST', '/api/auth/open/start-over', {
      password: BOB.password,
      start_over: true,
    });
    expect(started.status).toBe(200);
    const fresh = (await json<{ recovery_code: string }>(started)).recovery_code;
    // The password is still the administrator's: it is changed before anything else.
    expect(await codeOf(await bob.operation('threads.list', {}))).toBe('password_change_required');
    const chosen = { current_password: BOB.password, new_password: 'chosen by Bob himself' };
    expect((await bob.rest('POST', '/api/users/me/password', chosen)).status).toBe(204);
    BOB.password = chosen.new_password;
    expect(await threads(bob)).toEqual([]);
    await bob.ask('A new beginning');
    expect(fs.existsSync(path.join(dataDir, 'people', bobId, 'history.db'))).toBe(true);
    await restart();

    // The paper turns up.
    const later = await signIn(foyer.url, BOB);
    expect(await threads(later)).toEqual(['A new beginning']);
    const { kept_histories } = await json<{ kept_histories: { id: string }[] }>(
      await later.rest('GET', '/api/users/me/security'),
    );
    expect(kept_histories).toHaveLength(1);
    const at = `/api/users/me/kept-histories/${kept_histories[0]?.id}`;
    const wrong = await later.rest('POST', at, { password: BOB.password, code: fresh });
    expect([wrong.status, await codeOf(wrong)]).toEqual([403, 'recovery_code_wrong']);
    // Nobody else finds it, whatever they know.
    const others = await (await signIn(foyer.url, ADMINISTRATOR)).rest('POST', at, {
      password: ADMINISTRATOR.password,
      code,
    });
    expect(others.status).toBe(404);
    const back = await later.rest('POST', at, { password: BOB.password, code });
    expect(back.status).toBe(200);
    code = (await json<{ recovery_code: string }>(back)).recovery_code;
    expect(await threads(later)).toEqual([CANARY]);
    await restart();
    expect(await threads(await signIn(foyer.url, BOB))).toEqual([CANARY]);
  });

  it('is deleted with all its histories, without anybody’s key', async () => {
    await restart();
    const administrator = await signIn(foyer.url, ADMINISTRATOR);
    expect((await administrator.rest('DELETE', `/api/admin/users/${bobId}`)).status).toBe(204);
    expect(fs.existsSync(path.join(dataDir, 'people', bobId))).toBe(false);
    expect((await post('/api/auth/login', BOB)).status).toBe(401);
  });
});

describe('kill -9 while an account is sealed', () => {
  const folder = makeDataDir();
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('leaves a history that opens, and a code that counts if the account is sealed', async () => {
    const seen = new Set<string>();
    let first = await startHeadless({ dataDir: folder });
    await (await signIn(first.url, ADMINISTRATOR)).ask('Written before');
    await first.stop();
    // The last one is killed as soon as it has answered: at the latest then it is sealed.
    for (const pause of [0, 2, 8, 40, null]) {
      first = await startHeadless({ dataDir: folder });
      const client = await signIn(first.url, ADMINISTRATOR);
      const shown = await showCode(client, ADMINISTRATOR.password);
      const sealing = client.rest('POST', '/api/users/me/sealing', { group: shown.group }).then(
        (answer) => answer.status,
        () => null,
      );
      if (pause === null) await sealing;
      else await new Promise((resolve) => setTimeout(resolve, pause));
      await first.kill();
      const acknowledged = (await sealing) === 200;

      const next = await startHeadless({ dataDir: folder });
      const after = await signIn(next.url, ADMINISTRATOR);
      expect(await threads(after)).toEqual(['Written before']);
      const { protection } = await json<{ protection: string }>(
        await after.rest('GET', '/api/users/me/security'),
      );
      seen.add(protection);
      if (acknowledged) expect(protection).toBe('sealed');
      const recovered = await fetch(new URL('/api/auth/recover', next.url), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          email: ADMINISTRATOR.email,
          code: shown.code,
          new_password: ADMINISTRATOR.password,
        }),
      });
      expect(recovered.status).toBe(protection === 'sealed' ? 200 : 401);
      if (protection === 'sealed') {
        const again = await signIn(next.url, ADMINISTRATOR);
        await again.rest('DELETE', '/api/users/me/sealing', { password: ADMINISTRATOR.password });
      }
      await next.stop();
    }
    expect(seen).toContain('sealed');
  }, 240_000);
});
