/** Connections, policies and budgets over the wire: who may use what, and keys that nobody sees. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  budgetSchema,
  type ConnectionInfo,
  connectionListSchema,
  connectionSchema,
  connectionTestSchema,
  usageSchema,
} from '../../src-shared/api/index.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { answerText, type Client, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

const KEY = 'sk-canary-connection-9132';
const USER = { email: 'bea@example.org', password: 'a rather good password' };

let fake: FakeOpenAI;
let foyer: TestFoyer;
let admin: Client;
let user: Client;
let userId: string;
/** Everything that the server answered to anybody. */
let answered: string[];

beforeEach(async () => {
  fake = await startFakeOpenAI({ apiKey: KEY, counts: true });
  foyer = await startFoyer();
  answered = [];
  admin = await signIn(foyer.url, ADMINISTRATOR);
  const created = await admin.rest('POST', '/api/admin/users', USER);
  userId = ((await created.json()) as { id: string }).id;
  user = await signIn(foyer.url, USER);
});
afterEach(async () => {
  await foyer.remove();
  await fake.close();
});

async function json(response: Promise<Response>, status = 200): Promise<unknown> {
  const answer = await response;
  const text = await answer.text();
  answered.push(text, JSON.stringify([...answer.headers]));
  expect([answer.status, text]).toEqual([status, text]);
  return text === '' ? null : JSON.parse(text);
}

async function connect(): Promise<ConnectionInfo> {
  const body = { name: 'House server', base_url: fake.url, mode: 'chat', api_key: KEY };
  const created = connectionSchema.parse(await json(admin.rest('POST', '/api/admin/connections', body), 201));
  const models = ['small', 'large'].map((id, index) => ({
    id,
    model: 'fake-model',
    label: id,
    input_price: 1_000_000 * (index + 1),
    cached_price: 1_000_000,
    output_price: 2_000_000,
    max_output_tokens: 200,
  }));
  await json(admin.rest('PUT', `/api/admin/connections/${created.id}/models`, { models }));
  return created;
}

async function problemOf(client: Client, text: string, model?: string): Promise<string> {
  const input = { ...messageInput(text), inference_options: model === undefined ? {} : { model } };
  for await (const event of client.stream('threads.create', { input })) {
    if (event.type === 'error') return event.message ?? '';
  }
  return '';
}

describe('connections', () => {
  it('serve people who never see them; the key goes to its server and nowhere else', async () => {
    const { id } = await connect();
    const events = await user.ask('Hello from Bea');
    expect(answerText(events)).toContain('Hello from Bea');
    expect(fake.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    for (const path of [
      '/api/admin/connections',
      '/api/admin/policies',
      '/api/admin/usage.csv?from=2020-01-01&to=2099-01-01',
    ]) {
      await json(user.rest('GET', path), 403);
    }
    await json(user.rest('POST', `/api/admin/connections/${id}/test`), 403);
    expect(await json(user.rest('GET', '/api/status'))).toMatchObject({ models: ['small', 'large'] });
    await json(admin.rest('GET', '/api/admin/connections'));
    const test = connectionTestSchema.parse(
      await json(admin.rest('POST', `/api/admin/connections/${id}/test`)),
    );
    expect(test).toMatchObject({ outcome: 'ok', found: ['fake-model', 'fake-model-large'] });

    answered.push(JSON.stringify(events));
    expect(answered.join('\n')).not.toContain(KEY);
    expect(foyer.logged.join('\n')).not.toContain(KEY);
    const databases = fs.readdirSync(foyer.dataDir).filter((name) => name.startsWith('foyer.db'));
    expect(databases.length).toBeGreaterThan(0);
    for (const name of databases) {
      expect(fs.readFileSync(path.join(foyer.dataDir, name)).includes(KEY)).toBe(false);
    }
  });

  it('lose their key when the address moves to another origin, and keep it within one', async () => {
    const { id } = await connect();
    const same = await json(
      admin.rest('PATCH', `/api/admin/connections/${id}`, { base_url: `${fake.url}/` }),
    );
    expect(same).toMatchObject({ key: 'file' });
    const thief = await startFakeOpenAI();
    const moved = await json(admin.rest('PATCH', `/api/admin/connections/${id}`, { base_url: thief.url }));
    expect(moved).toMatchObject({ key: 'none' });
    await user.ask('Hello');
    await admin.rest('POST', `/api/admin/connections/${id}/test`);
    expect(thief.requests.length).toBeGreaterThan(1);
    expect(JSON.stringify(thief.requests.map(({ headers }) => headers))).not.toContain(KEY);
    const back = await json(admin.rest('PATCH', `/api/admin/connections/${id}`, { base_url: fake.url }));
    expect(back).toMatchObject({ key: 'none' });
    await thief.close();
  });

  it('keep the old key until the server has accepted the new one', async () => {
    const { id } = await connect();
    const setKey = (body: object) => admin.rest('PUT', `/api/admin/connections/${id}/key`, body);
    expect(await json(setKey({ api_key: 'sk-wrong' }), 409)).toMatchObject({
      error: { code: 'key_not_accepted' },
    });
    expect(answerText(await user.ask('Still there?'))).toContain('Still there?');
    await json(setKey({ api_key: KEY }));
    await json(setKey({ api_key: 'sk-wrong', untested: true }));
    expect(await problemOf(user, 'And now?')).toMatch(/key/);
    expect(await json(setKey({ api_key: null }))).toMatchObject({ key: 'none' });
  });

  it('cannot offer the same id twice, and are gone with their models', async () => {
    const { id } = await connect();
    const other = connectionSchema.parse(
      await json(
        admin.rest('POST', '/api/admin/connections', { name: 'B', base_url: fake.url, mode: 'chat' }),
        201,
      ),
    );
    const model = {
      ...{ id: 'small', model: 'm', label: '', input_price: null, cached_price: null },
      ...{ output_price: null, max_output_tokens: null },
    };
    const models = { models: [model] };
    await json(admin.rest('PUT', `/api/admin/connections/${other.id}/models`, models), 409);
    await json(admin.rest('DELETE', `/api/admin/connections/${id}`), 204);
    await json(admin.rest('PUT', `/api/admin/connections/${other.id}/models`, models));
    const list = connectionListSchema.parse(await json(admin.rest('GET', '/api/admin/connections')));
    expect(list.connections.map((connection) => connection.id)).toEqual(['default', other.id]);
  });
});

describe('policies', () => {
  const setPolicy = (policy: object) =>
    json(admin.rest('PUT', `/api/admin/policies/people/${userId}`, policy));

  it('say which models a person may use', async () => {
    await connect();
    await setPolicy({ models: ['large'] });
    expect(await json(user.rest('GET', '/api/status'))).toMatchObject({ models: ['large'] });
    expect(await problemOf(user, 'Hello', 'small')).toMatch(/not available.*kept/);
    expect(await problemOf(user, 'Hello', 'large')).toBe('');
    expect(await problemOf(user, 'Hello')).toBe('');
    expect(await problemOf(admin, 'Hello', 'small')).toBe('');
  });

  it('limit messages in a minute, tokens in a day and money in a month, each with its own words', async () => {
    await connect();
    await setPolicy({ requests_per_minute: 1 });
    expect(await problemOf(user, 'One')).toBe('');
    expect(await problemOf(user, 'Two')).toMatch(/minute.*kept/);
    await setPolicy({ tokens_per_day: 10 });
    expect(await problemOf(user, 'Three')).toMatch(/today.*kept.*midnight/);
    await setPolicy({ money_per_month: 10 });
    expect(await problemOf(user, 'Four')).toMatch(/this month.*kept.*first of next month/);
    await setPolicy({});
    expect(await problemOf(user, 'Five')).toBe('');
  });

  it('keep a budget in money from models that have no price', async () => {
    await foyer.remove();
    foyer = await startFoyer({ env: { OPENAI_BASE_URL: fake.url, OPENAI_API_KEY: KEY } });
    admin = await signIn(foyer.url, ADMINISTRATOR);
    expect(await problemOf(admin, 'Hello')).toBe('');
    await json(admin.rest('PUT', '/api/admin/policies/roles/administrator', { money_per_month: 1_000_000 }));
    expect(await problemOf(admin, 'Hello')).toMatch(/costs.*kept.*Connections/);
  });

  it('switch attachments off, or make them smaller', async () => {
    const attach = async (size: number) => {
      const form = new FormData();
      form.append('file', new Blob(['x'.repeat(size)]), 'a.txt');
      return fetch(new URL('/api/attachments', foyer.url), {
        method: 'POST',
        headers: { Authorization: `Bearer ${user.token}` },
        body: form,
      });
    };
    expect((await attach(100)).status).toBe(200);
    await setPolicy({ attachment_max_bytes: 50 });
    expect((await attach(100)).status).toBe(413);
    await setPolicy({ attachments: false });
    await json(attach(10), 403);
    expect(await json(user.rest('GET', '/api/status'))).toMatchObject({ attachments: { per_message: 0 } });
  });

  it('name the people who have rules of their own, and nobody else', async () => {
    const list = () => json(admin.rest('GET', '/api/admin/policies'));
    expect((await list()) as object).toHaveProperty('emails', {});
    const named = { people: { [userId]: { attachments: false } }, emails: { [userId]: USER.email } };
    expect(await setPolicy({ attachments: false })).toMatchObject(named);
    expect(await list()).toMatchObject(named);
    await json(admin.rest('DELETE', `/api/admin/users/${userId}`), 204);
    expect((await list()) as object).toHaveProperty('emails', {});
  });

  it('refuse what they do not know', async () => {
    const put = (where: string, body: object) => admin.rest('PUT', `/api/admin/policies/${where}`, body);
    await json(put('roles/user', { tokens_per_day: -1 }), 422);
    await json(put('roles/user', { tokens_per_week: 1 }), 422);
    await json(put('roles/king', {}), 404);
    await json(put('people/usr_nobody', {}), 404);
    await json(user.rest('PUT', `/api/admin/policies/people/${userId}`, {}), 403);
  });
});

describe('usage', () => {
  it('is shown to the person as what is left, and to administrators in sums and as CSV', async () => {
    await connect();
    await json(admin.rest('PUT', '/api/admin/policies/roles/user', { money_per_month: 1_000_000 }));
    await user.ask('Hello');
    await admin.ask('Hello');
    const budget = budgetSchema.parse(await json(user.rest('GET', '/api/me/budget')));
    const line = fake.bill[0];
    const cost = (line?.input ?? 0) + 2 * (line?.output ?? 0);
    expect(budget.tokens_today).toBeNull();
    expect(budget.money_this_month).toMatchObject({ limit: 1_000_000, used: cost, left: 1_000_000 - cost });

    const today = new Date().toISOString().slice(0, 10);
    const query = `from=2020-01-01&to=2099-12-31`;
    const byPerson = usageSchema.parse(await json(admin.rest('GET', `/api/admin/usage?${query}&by=person`)));
    expect(byPerson.rows.map(({ label, calls }) => [label, calls]).sort()).toEqual([
      [ADMINISTRATOR.email, 1],
      [USER.email, 1],
    ]);
    const byDay = usageSchema.parse(await json(admin.rest('GET', `/api/admin/usage?${query}`)));
    expect(byDay.rows).toEqual([{ key: today, ...byDay.total }]);
    expect(byDay.total.calls).toBe(2);
    await json(admin.rest('GET', '/api/admin/usage?from=2026-02-01&to=2026-01-01'), 422);

    const csv = await (await admin.rest('GET', `/api/admin/usage.csv?${query}`)).text();
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(csv).toContain(`${today},${userId},${USER.email},`);
    expect(csv).toContain(`,${(cost / 1_000_000).toFixed(6)}`);
  });
});
