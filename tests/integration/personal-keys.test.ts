/** Keys of people's own, over the wire: whose key arrives where, who pays, and when a key is gone. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgetSchema, personalKeysSchema, usageSchema } from '../../src-shared/api/index.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { answerText, type Client, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

const HOUSE_KEY = 'sk-canary-house-7781';
const OWN_KEY = 'sk-canary-own-4410';
const USER = { email: 'bea@example.org', password: 'a rather good password' };

let fake: FakeOpenAI;
let foyer: TestFoyer;
let admin: Client;
let user: Client;
let userId: string;
let connection: string;
let answered: string[];

beforeEach(async () => {
  fake = await startFakeOpenAI({ counts: true });
  foyer = await startFoyer();
  answered = [];
  admin = await signIn(foyer.url, ADMINISTRATOR);
  userId = idOf(await json(admin.rest('POST', '/api/admin/users', USER), 200, 201));
  user = await signIn(foyer.url, USER);
  const body = { name: 'House server', base_url: fake.url, mode: 'chat', api_key: HOUSE_KEY };
  connection = idOf(await json(admin.rest('POST', '/api/admin/connections', body), 201));
  const model = {
    ...{ id: 'small', model: 'fake-model', label: '', input_price: 1_000_000, cached_price: null },
    ...{ output_price: 2_000_000, max_output_tokens: 200 },
  };
  await json(admin.rest('PUT', `/api/admin/connections/${connection}/models`, { models: [model] }));
});
afterEach(async () => {
  await foyer.remove();
  await fake.close();
});

async function json(response: Promise<Response>, ...allowed: number[]): Promise<unknown> {
  const answer = await response;
  const text = await answer.text();
  answered.push(text, JSON.stringify([...answer.headers]));
  expect(allowed.length === 0 ? [200] : allowed, text).toContain(answer.status);
  return text === '' ? null : JSON.parse(text);
}

const idOf = (value: unknown) => (value as { id: string }).id;
const allow = (policy: object = {}) =>
  json(admin.rest('PUT', `/api/admin/policies/people/${userId}`, { personal_keys: true, ...policy }));
const setKey = (api_key = OWN_KEY, more: object = {}, person = user) =>
  person.rest('PUT', `/api/users/me/keys/${connection}`, { api_key, ...more });
const keys = async (person = user) =>
  personalKeysSchema.parse(await json(person.rest('GET', '/api/users/me/keys')));
const stateNow = async () => (await keys()).connections.map(({ key }) => key);
const bearer = (server = fake) => server.requests.at(-1)?.headers.authorization;
const kept = () => {
  const file = path.join(foyer.dataDir, 'keychain.json');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
};

async function problemOf(client: Client, text: string): Promise<string> {
  for await (const event of client.stream('threads.create', { input: messageInput(text) })) {
    if (event.type === 'error') return event.message ?? '';
  }
  return '';
}

describe('a key of a person\u2019s own', () => {
  it('is used by that person alone, and never leaves for anywhere else', async () => {
    await allow();
    expect(await keys()).toMatchObject({
      allowed: true,
      keychain: 'ok',
      kept_in: 'file',
      connections: [
        { connection_id: connection, origin: new URL(fake.url).origin, key: 'none', usable: true },
      ],
    });
    await json(setKey());
    expect(answerText(await user.ask('Hello from Bea'))).toContain('Hello from Bea');
    expect(bearer()).toBe(`Bearer ${OWN_KEY}`);
    await admin.ask('Hello from Ada');
    expect(bearer()).toBe(`Bearer ${HOUSE_KEY}`);
    expect(await json(user.rest('POST', `/api/users/me/keys/${connection}/test`))).toEqual({
      outcome: 'ok',
      milliseconds: expect.any(Number),
    });
    expect(bearer()).toBe(`Bearer ${OWN_KEY}`);
    expect((await keys()).connections[0]).toMatchObject({ key: 'set', last_used_at: expect.any(String) });
    await json(admin.rest('GET', '/api/admin/connections'));
    const log = JSON.stringify(await json(admin.rest('GET', '/api/admin/audit')));
    expect(log).toContain('personal_key.set');
    expect((await keys(admin)).connections).toEqual([]);
    await json(admin.rest('PUT', '/api/admin/policies/roles/administrator', { personal_keys: true }));
    expect((await keys(admin)).connections).toMatchObject([{ key: 'none', last_used_at: null }]);
    await json(admin.rest('POST', `/api/users/me/keys/${connection}/test`), 404);
    await json(admin.rest('DELETE', `/api/users/me/keys/${connection}`), 404);
    expect(await stateNow()).toEqual(['set']);

    await json(user.rest('DELETE', `/api/users/me/keys/${connection}`));
    await user.ask('And without?');
    expect(bearer()).toBe(`Bearer ${HOUSE_KEY}`);
    expect(kept()).not.toContain(OWN_KEY);
    await json(user.rest('DELETE', `/api/users/me/keys/${connection}`), 404);
    expect([...answered, ...foyer.logged].join('\n')).not.toContain(OWN_KEY);
    for (const name of fs.readdirSync(foyer.dataDir).filter((name) => name.startsWith('foyer.db'))) {
      expect(fs.readFileSync(path.join(foyer.dataDir, name)).includes(OWN_KEY)).toBe(false);
    }
  });

  it('is tested before it takes the place of the one before', async () => {
    await allow();
    const strict = await startFakeOpenAI({ apiKey: OWN_KEY });
    await json(admin.rest('PATCH', `/api/admin/connections/${connection}`, { base_url: strict.url }));
    await json(setKey());
    expect(await json(setKey('sk-wrong'), 409)).toMatchObject({ error: { code: 'key_not_accepted' } });
    expect(await problemOf(user, 'Still there?')).toBe('');
    expect(bearer(strict)).toBe(`Bearer ${OWN_KEY}`);
    await json(setKey('sk-wrong', { untested: true }));
    expect(await problemOf(user, 'And now?')).toMatch(/own key.*kept.*Account/);
    await strict.close();
  });

  it('costs the installation nothing, and is counted', async () => {
    await allow({ money_per_month: 1, tokens_per_day: 3_000 });
    expect(await problemOf(user, 'Too dear')).toMatch(/month/);
    await json(setKey());
    expect(await problemOf(user, 'Mine')).toBe('');
    const budget = budgetSchema.parse(await json(user.rest('GET', '/api/me/budget')));
    expect(budget.money_this_month).toMatchObject({ used: 0, left: 1 });
    expect(budget.tokens_today?.used).toBeGreaterThan(0);
    const usage = usageSchema.parse(
      await json(admin.rest('GET', '/api/admin/usage?from=2020-01-01&to=2099-01-01&by=person')),
    );
    expect(usage.rows).toMatchObject([{ key: userId, calls: 1, own_key_calls: 1, amount: 0 }]);
    expect(usage.total.own_key_tokens).toBe(budget.tokens_today?.used);
    await allow({ tokens_per_day: 1 });
    expect(await problemOf(user, 'No tokens')).toMatch(/day|today/);
    await allow({ requests_per_minute: 1 });
    expect(await problemOf(user, 'One')).toBe('');
    expect(await problemOf(user, 'Another at once')).toMatch(/minute/);
  });

  it('rests while it is not allowed, and is there again afterwards', async () => {
    await json(setKey(), 409);
    expect(await keys()).toMatchObject({ allowed: false, connections: [] });
    await allow();
    await json(setKey());
    await allow({ personal_keys: false });
    await user.ask('Whose key?');
    expect(bearer()).toBe(`Bearer ${HOUSE_KEY}`);
    expect(await keys()).toMatchObject({ allowed: false, connections: [{ key: 'set' }] });
    await json(user.rest('POST', `/api/users/me/keys/${connection}/test`), 409);
    await allow();
    await user.ask('And now?');
    expect(bearer()).toBe(`Bearer ${OWN_KEY}`);
  });

  it('is gone with the origin that it was entered for', async () => {
    await allow();
    await json(setKey());
    const thief = await startFakeOpenAI();
    const move = (base_url: string) =>
      json(admin.rest('PATCH', `/api/admin/connections/${connection}`, { base_url }));
    await move(`${fake.url}/`);
    expect(await stateNow()).toEqual(['set']);
    await move(thief.url);
    expect(kept()).not.toContain(OWN_KEY);
    await user.ask('Who hears this?');
    expect(thief.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(thief.requests.map(({ headers }) => headers))).not.toContain(OWN_KEY);
    await move(fake.url);
    expect(await stateNow()).toEqual(['none']);
    await thief.close();
  });

  it('for the main connection is gone with its origin, too', async () => {
    await json(admin.rest('PUT', '/api/admin/settings', { base_url: fake.url, model: 'fake-model' }));
    await allow();
    await json(user.rest('PUT', '/api/users/me/keys/default', { api_key: OWN_KEY }));
    await user.ask('Hello');
    expect(bearer()).toBe(`Bearer ${OWN_KEY}`);
    const other = await startFakeOpenAI();
    await json(admin.rest('PUT', '/api/admin/settings', { base_url: other.url }));
    expect(kept()).not.toContain(OWN_KEY);
    await user.ask('Hello again');
    expect(other.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(other.requests.map(({ headers }) => headers))).not.toContain(OWN_KEY);
    await other.close();
  });

  it('outlives deactivation, and goes with its connection and with its person', async () => {
    await allow();
    await json(setKey());
    const change = (status: string) => json(admin.rest('PATCH', `/api/admin/users/${userId}`, { status }));
    await change('deactivated');
    expect(kept()).toContain(OWN_KEY);
    await change('active');
    user = await signIn(foyer.url, USER);
    expect(await stateNow()).toEqual(['set']);
    await json(admin.rest('PUT', '/api/admin/policies/roles/administrator', { personal_keys: true }));
    await json(setKey('sk-canary-of-ada', {}, admin));
    await json(admin.rest('DELETE', `/api/admin/users/${userId}`), 204);
    expect(kept()).not.toContain(OWN_KEY);
    expect(kept()).toContain('sk-canary-of-ada');
    await json(admin.rest('DELETE', `/api/admin/connections/${connection}`), 204);
    expect(kept()).not.toContain('sk-canary-of-ada');
  });

  it('is not for connections that the person cannot use, nor for guests', async () => {
    await allow({ models: ['another'] });
    await json(setKey(), 404);
    await allow();
    await json(admin.rest('PATCH', `/api/admin/connections/${connection}`, { enabled: false }));
    await json(setKey(), 404);
    await json(user.rest('PUT', '/api/users/me/keys/default', { api_key: OWN_KEY }), 404);
    await json(admin.rest('PATCH', `/api/admin/connections/${connection}`, { enabled: true }));
    await json(admin.rest('PATCH', `/api/admin/users/${userId}`, { role: 'guest' }));
    user = await signIn(foyer.url, USER);
    await json(setKey(), 409);
    expect(await keys()).toMatchObject({ allowed: false, connections: [] });
    expect(kept()).not.toContain(OWN_KEY);
  });

  it('cannot be kept or used while the keychain gives nothing out, and is said to be', async () => {
    await allow();
    const file = path.join(foyer.dataDir, 'keychain.json');
    fs.chmodSync(file, 0o644);
    expect(await keys()).toMatchObject({ allowed: true, keychain: 'unavailable' });
    expect(await json(setKey(), 409)).toMatchObject({ error: { code: 'keychain_unavailable' } });
    fs.chmodSync(file, 0o600);
    expect(await stateNow()).toEqual(['none']);
    await json(setKey());
    expect(await stateNow()).toEqual(['set']);
  });
});
