/** Several people at one machine, over HTTP: locked sessions, PINs, who is shown, and answers that go on. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LockState, PersonTile } from '../../src-shared/api/index.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { addPerson, type Browser, browserAt } from '../support/browser.ts';
import { messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR, makeDataDir, startHeadless } from '../support/headless.ts';

const BOB = { email: 'bob@example.org', password: 'another battery staple' };
const PIN = '829417';
const WRONG = '470938';

let model: FakeOpenAI;
let foyer: TestFoyer;
let adaId: string;
let bobId: string;
beforeAll(async () => {
  model = await startFakeOpenAI();
  foyer = await startFoyer({ env: { OPENAI_BASE_URL: model.url, OPENAI_API_MODE: 'chat' } });
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  bobId = await addPerson(foyer.url, ADMINISTRATOR, BOB);
  adaId = ((await (await administrator.rest('GET', '/api/users/me')).json()) as { id: string }).id;
});
afterAll(async () => {
  await foyer.remove();
  await model.close();
});

const people = async (browser: Browser) =>
  (await browser.json<{ people: PersonTile[] }>('GET', '/api/device/people')).people;
const codeOf = async (response: Response) =>
  `${response.status} ${((await response.json()) as { error: { code: string } }).error.code}`;

/** Ada in a new browser that shows her, with a PIN. */
async function adaWithPin(): Promise<Browser> {
  const browser = browserAt(foyer.url);
  await browser.signIn(ADMINISTRATOR, 'show');
  await browser.json('PUT', '/api/users/me/pin', {
    password: ADMINISTRATOR.password,
    pin: PIN,
    shown_here: true,
  });
  return browser;
}
const pin = (browser: Browser, digits: string, person = adaId) =>
  browser.send('POST', '/api/auth/pin', { person, pin: digits });

describe('the cookie of a browser', () => {
  it('is httpOnly, strict, long-lived, and named by the installation instead of the port', async () => {
    const response = await browserAt(foyer.url).send('POST', '/api/auth/login', {
      ...ADMINISTRATOR,
      window: 'unchanged',
    });
    const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith('foyer_device_')) ?? '';
    expect(line).toMatch(/^foyer_device_[0-9a-f]{16}=[\w-]{43}; Max-Age=34560000; /);
    expect(line).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(line).not.toContain(new URL(foyer.url).port);
  });

  it('is nothing that programs get', async () => {
    const browser = browserAt(foyer.url);
    const response = await browser.send('POST', '/api/auth/login', ADMINISTRATOR);
    expect(response.status).toBe(200);
    expect([...browser.cookies.keys()].filter((name) => name.includes('device'))).toEqual([]);
    expect(await people(browser)).toEqual([]);
  });
});

describe('who is shown', () => {
  it('learns nobody without the cookie, and nothing of the address with it', async () => {
    const browser = browserAt(foyer.url);
    await browser.signIn(ADMINISTRATOR);
    expect(await people(browser), 'not asked to be shown').toEqual([]);
    await browser.signIn(ADMINISTRATOR, 'show');
    const shown = await people(browser);
    expect(shown).toMatchObject([{ id: adaId, name: 'ada', waiting: true }]);
    expect(JSON.stringify(shown)).not.toContain('example');
    expect(await people(browserAt(foyer.url))).toEqual([]);
    const forged = browserAt(foyer.url);
    for (const name of browser.cookies.keys()) forged.cookies.set(name, 'x'.repeat(43));
    expect(await people(forged)).toEqual([]);
  });

  it('is forgotten at the tile, in this browser alone', async () => {
    const [one, two] = [browserAt(foyer.url), browserAt(foyer.url)];
    for (const browser of [one, two]) await browser.signIn(ADMINISTRATOR, 'show');
    expect(await one.json('DELETE', `/api/device/people/${adaId}`)).toEqual({ people: [] });
    expect(await people(two)).toHaveLength(1);
  });

  it('answers names of strangers like wrong passwords and wrong PINs', async () => {
    const browser = browserAt(foyer.url);
    for (const person of [adaId, bobId, 'usr_nobody']) {
      const byPassword = await browser.send('POST', '/api/auth/login', {
        person,
        password: ADMINISTRATOR.password,
      });
      expect(await codeOf(byPassword)).toBe('401 invalid_credentials');
      expect(await codeOf(await pin(browser, PIN, person))).toBe('401 wrong_pin');
    }
  });
});

describe('a locked session', () => {
  it('says who it is, unlocks by password or PIN, and keeps its id', async () => {
    const browser = await adaWithPin();
    const sessionId = async () =>
      (
        await browser.json<{ sessions: { id: string; current: boolean }[] }>('GET', '/api/users/me/sessions')
      ).sessions.find(({ current }) => current)?.id;
    const before = await sessionId();
    for (const unlock of [
      () => pin(browser, PIN),
      () => browser.send('POST', '/api/auth/login', { person: adaId, password: ADMINISTRATOR.password }),
    ]) {
      await browser.json('POST', '/api/lock');
      expect(await codeOf(await browser.send('GET', '/api/users/me'))).toBe('423 locked');
      expect(await browser.json<LockState>('GET', '/api/lock')).toMatchObject({
        state: 'locked',
        person: { id: adaId, name: 'ada', pin_tries: 5 },
      });
      // The page stands, so that it can show the lock; its address stays.
      expect((await browser.send('GET', '/admin/settings')).status).toBe(200);
      expect((await unlock()).status).toBe(200);
      expect(await sessionId()).toBe(before);
    }
  });

  it('can be signed out of without being unlocked', async () => {
    const browser = browserAt(foyer.url);
    await browser.signIn(ADMINISTRATOR);
    await browser.json('POST', '/api/lock');
    expect((await browser.send('POST', '/api/auth/logout')).status).toBe(204);
    expect((await browser.send('GET', '/api/lock')).status).toBe(401);
  });

  it('closes its streams while the answer goes on, and finds it again', async () => {
    const browser = browserAt(foyer.url);
    await browser.signIn(ADMINISTRATOR);
    const answer = await browser.send(
      'POST',
      '/api/chatkit',
      { type: 'threads.create', params: { input: messageInput('Slowly, please [burst:60] [slow:30]') } },
      { 'foyer-resume': '1' },
    );
    const run = answer.headers.get('foyer-run-id');
    const reader = answer.body?.getReader();
    await reader?.read();
    const follow = await browser.send('GET', `/api/chatkit/runs/${run}?after=0`);
    const second = follow.body?.getReader();
    await second?.read();

    await browser.json('POST', '/api/lock');
    const lockedAt = performance.now();
    const end = async (stream: typeof reader) => {
      try {
        while ((await stream?.read())?.done === false);
      } catch {
        // Cut off, as it has to be.
      }
    };
    await Promise.all([end(reader), end(second)]);
    expect(performance.now() - lockedAt).toBeLessThan(1_000);
    expect(await codeOf(await browser.send('GET', `/api/chatkit/runs/${run}`))).toBe('423 locked');
    expect(await codeOf(await browser.send('GET', '/api/chatkit/runs'))).toBe('423 locked');

    await browser.json('POST', '/api/auth/login', { person: adaId, password: ADMINISTRATOR.password });
    const running = await browser.json<{ data: { id: string }[] }>('GET', '/api/chatkit/runs');
    expect(
      running.data.map(({ id }) => id),
      'the answer goes on',
    ).toContain(run);
    const whole = await browser.send('GET', `/api/chatkit/runs/${run}?after=0`);
    const text = await whole.text();
    expect(text).toContain('thread.item.done');
    expect(text).not.toContain('"type":"error"');
  });

  it('is not the session of a page of somebody else', async () => {
    const browser = browserAt(foyer.url);
    await browser.signIn(ADMINISTRATOR);
    await browser.json('POST', '/api/lock');
    await browser.signIn(BOB);
    const asAda = await browser.send('PUT', '/api/drafts/new', { draft: null }, { 'Foyer-Person': adaId });
    expect(await codeOf(asAda)).toBe('423 other_person');
    expect((await browser.send('GET', '/api/users/me', undefined, { 'Foyer-Person': bobId })).status).toBe(
      200,
    );
  });

  it('waits beside another one in the same browser, and each comes back to its own', async () => {
    const browser = await adaWithPin();
    await browser.json('POST', '/api/lock');
    await browser.signIn(BOB, 'show');
    await browser.json('POST', '/api/lock');
    expect((await people(browser)).map(({ name, waiting }) => [name, waiting])).toEqual(
      expect.arrayContaining([
        ['ada', true],
        ['bob', true],
      ]),
    );
    expect((await pin(browser, PIN)).status).toBe(200);
    expect(await browser.json('GET', '/api/users/me')).toMatchObject({ id: adaId });
    await browser.json('POST', '/api/lock');
    await browser.json('POST', '/api/auth/login', { person: bobId, password: BOB.password });
    expect(await browser.json('GET', '/api/users/me')).toMatchObject({ id: bobId });
  });
});

describe('PINs', () => {
  it('are refused when they are weak, or set without the password', async () => {
    const browser = browserAt(foyer.url);
    await browser.signIn(BOB);
    const set = (digits: string, password = BOB.password) =>
      browser.send('PUT', '/api/users/me/pin', { password, pin: digits, shown_here: false });
    for (const weak of ['12345', '123456', '111111', '241285', 'abcdef']) {
      expect(await codeOf(await set(weak)), weak).toBe('422 validation');
    }
    expect(await codeOf(await set(PIN, 'wrong'))).toBe('403 wrong_password');
    expect(await browser.json('GET', '/api/users/me/locking')).toMatchObject({ pin: { state: 'none' } });
  });

  it('count each wrong one when two come at once, and are gone after five', async () => {
    const browser = await adaWithPin();
    const both = await Promise.all([pin(browser, WRONG), pin(browser, WRONG)]);
    expect(both.map(({ status }) => status)).toEqual([401, 401]);
    expect((await people(browser))[0]?.pin_tries).toBe(3);
    const rest = await Promise.all([1, 2, 3, 4, 5, 6].map(async () => codeOf(await pin(browser, WRONG))));
    expect(rest.filter((code) => code === '401 pin_gone')).toHaveLength(1);
    expect((await people(browser))[0]?.pin_tries).toBeNull();
    expect(await codeOf(await pin(browser, PIN))).toBe('401 wrong_pin');
  });

  it('are of no use from another browser, and cannot be used up from there', async () => {
    const browser = await adaWithPin();
    const stranger = browserAt(foyer.url);
    for (let i = 0; i < 7; i += 1) expect(await codeOf(await pin(stranger, WRONG))).toBe('401 wrong_pin');
    expect(await codeOf(await pin(stranger, PIN))).toBe('401 wrong_pin');
    expect((await people(browser))[0]?.pin_tries).toBe(5);
  });

  it('and passwords are in no answer, log or file', async () => {
    const browser = await adaWithPin();
    const answers = [
      await (await browser.send('GET', '/api/users/me/locking')).text(),
      await (await browser.send('GET', '/api/device/people')).text(),
      await (await pin(browser, WRONG)).text(),
    ].join();
    const files = fs
      .readdirSync(foyer.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)));
    for (const secret of [PIN, ADMINISTRATOR.password]) {
      expect(answers).not.toContain(secret);
      expect(foyer.logged.join('\n')).not.toContain(secret);
      // Six digits alone come up by chance in encrypted bytes; as text of their own they do not.
      for (const file of files) expect(file.includes(`"${secret}"`)).toBe(false);
    }
  });
});

describe('rules of the administrator', () => {
  it('are changed for all at once, within their limits, by administrators alone', async () => {
    const browser = browserAt(foyer.url);
    await browser.signIn(ADMINISTRATOR);
    expect(await browser.json('GET', '/api/admin/locking')).toEqual({
      longest_minutes: 30,
      with_system: true,
      at_start: false,
      fixed: [],
    });
    await browser.json('PUT', '/api/admin/locking', { longest_minutes: 3, with_system: false });
    const state = await browser.json<LockState>('GET', '/api/lock');
    expect(state.state === 'open' && state.locks_in_ms).toBeLessThanOrEqual(180_000);
    expect(foyer.locksWithSystem).toBe(false);
    for (const longest_minutes of [-1, 1.5, 9_999, null]) {
      expect((await browser.send('PUT', '/api/admin/locking', { longest_minutes })).status).toBe(422);
    }
    await browser.json('PUT', '/api/admin/locking', { longest_minutes: 30, with_system: true });
  });

  it('lock every browser when the system is locked, and no program', async () => {
    const browser = browserAt(foyer.url);
    await browser.signIn(ADMINISTRATOR);
    const program = await signIn(foyer.url, ADMINISTRATOR);
    foyer.lock();
    expect((await browser.send('GET', '/api/users/me')).status).toBe(423);
    expect((await program.rest('GET', '/api/users/me')).status).toBe(200);
  });
});

describe('kill -9', () => {
  it('between counting a wrong PIN and answering it gives no try back', async () => {
    const dataDir = makeDataDir();
    const first = await startHeadless({ dataDir });
    const browser = browserAt(first.url);
    const { id } = await browser.signIn(ADMINISTRATOR, 'show');
    await browser.json('PUT', '/api/users/me/pin', {
      password: ADMINISTRATOR.password,
      pin: PIN,
      shown_here: true,
    });
    const database = new Database(path.join(dataDir, 'foyer.db'), { readonly: true });
    const counted = () => database.prepare('SELECT failures FROM pins').pluck().get();
    const asked = pin(browser, WRONG, id).then(
      () => 'answered',
      () => 'cut off',
    );
    while (counted() === 0) await sleep(0);
    await first.kill();
    expect(await asked).toBe('cut off');
    expect(counted()).toBe(1);
    database.close();

    const second = await startHeadless({ dataDir });
    // The cookie for sessions is named by the port; that of the browser is not.
    const again = browserAt(second.url);
    for (const [name, value] of browser.cookies) again.cookies.set(name, value);
    expect(await people(again)).toMatchObject([{ id, pin_tries: 4, waiting: true }]);
    expect((await pin(again, PIN, id)).status).toBe(200);
    expect((await people(again))[0]?.pin_tries).toBe(5);
    expect(await second.stop()).toBe(0);
    fs.rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);
});
