/**
 * kill -9 while a request is under way with a person's own key: the next start settles what was reserved, none of it is
 * the installation's money, and the key is in the keychain alone.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetSchema, personalKeysSchema, usageSchema } from '../../src-shared/api/index.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { addPerson } from '../support/browser.ts';
import { canary, filesBelow, type Place, search, textPlace } from '../support/canaries.ts';
import { type Client, clientWith, messageInput, signIn } from '../support/client.ts';
import { ADMINISTRATOR, type Headless, startHeadless } from '../support/headless.ts';
import { setOwnKey, typed } from '../support/own-keys.ts';

const BEA = { email: 'bea@example.org', password: 'a rather good password' };
const KEY = canary('own key in use');
const HOUSE = 'sk-of-the-house';
/** Less than any request would cost with the key of the house. */
const BUDGET = 1;

interface Call {
  readonly state: string;
  readonly key_owner: string;
  readonly amount: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly ended_at: number | null;
}

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-own-key-'));
const [dataDir, tmp] = ['data', 'tmp'].map((name) => path.join(home, name)) as [string, string];
const printed: Place[] = [];
let fake: FakeOpenAI;
let foyer: Headless;
let bea: Client;
let atTheKill: { calls: Call[]; places: Place[] };

const start = async () => {
  foyer = await startHeadless({ dataDir, env: { TMPDIR: tmp, TEMP: tmp, TMP: tmp, HOME: home } });
};

const sql = <Row>(text: string): Row[] => {
  const database = new Database(path.join(dataDir, 'foyer.db'), { readonly: true });
  try {
    return database.prepare<[], Row>(text).all();
  } finally {
    database.close();
  }
};
const calls = () => sql<Call>('SELECT * FROM model_calls ORDER BY started_at');

async function json(response: Promise<Response>): Promise<unknown> {
  const answer = await response;
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return JSON.parse(text);
}

beforeAll(async () => {
  for (const folder of [dataDir, tmp]) fs.mkdirSync(folder, { recursive: true });
  fake = await startFakeOpenAI({ counts: true });
  await start();
  const root = await signIn(foyer.url, ADMINISTRATOR);
  const body = { name: 'House', base_url: fake.url, mode: 'chat', api_key: HOUSE };
  const { id } = (await json(root.rest('POST', '/api/admin/connections', body))) as { id: string };
  const prices = { input_price: 1_000_000, cached_price: null, output_price: 2_000_000 };
  const model = { id: 'small', model: 'fake-model', label: '', ...prices, max_output_tokens: 200 };
  await json(root.rest('PUT', `/api/admin/connections/${id}/models`, { models: [model] }));
  const person = await addPerson(foyer.url, ADMINISTRATOR, BEA);
  const policy = { personal_keys: true, money_per_month: BUDGET, tokens_per_day: 1_000_000 };
  await json(root.rest('PUT', `/api/admin/policies/people/${person}`, policy));
  bea = await signIn(foyer.url, BEA);
  await setOwnKey(bea, id, KEY);

  const streaming = bea.stream('threads.create', { input: messageInput('Slowly, with my key [slow:200]') });
  // Not a loop: leaving one would end the stream.
  for (let event = await streaming.next(); event.value?.type !== 'thread.item.updated'; ) {
    if (event.done === true) throw new Error('the answer ended before it began');
    event = await streaming.next();
  }
  await foyer.kill();
  printed.push(textPlace('what the first run printed', foyer.output()));
  const places = filesBelow(home).map(({ where, read }) => {
    const bytes = read();
    return { where, read: () => bytes };
  });
  atTheKill = { calls: calls(), places };
  await start();
  bea = clientWith(foyer.url, bea.token);
}, 60_000);

afterAll(async () => {
  await foyer?.kill();
  await fake?.close();
  fs.rmSync(home, { recursive: true, force: true });
});

const whereFound = (places: readonly Place[]) => [
  ...new Set(search(places, [KEY]).map(({ where }) => path.basename(where))),
];

describe('a request that was under way with an own key', () => {
  it('was sent with it, and reserved without money', () => {
    expect(fake.requests.at(-1)?.headers.authorization).toBe(`Bearer ${typed(KEY)}`);
    expect(atTheKill.calls).toMatchObject([
      { state: 'open', key_owner: 'person', amount: 0, ended_at: null },
    ]);
    expect(atTheKill.calls[0]?.output_tokens).toBe(200);
  });

  it('is settled by the next start, and nothing of it is charged to the installation', async () => {
    const [reserved] = atTheKill.calls;
    expect(calls()).toEqual([{ ...reserved, state: 'worst-case', ended_at: expect.any(Number) }]);
    const sums = 'SELECT calls, amount, own_key_calls, own_key_tokens FROM usage_days';
    const tokens = (reserved?.input_tokens ?? 0) + (reserved?.output_tokens ?? 0);
    expect(sql(sums)).toEqual([{ calls: 1, amount: 0, own_key_calls: 1, own_key_tokens: tokens }]);
    const budget = budgetSchema.parse(await json(bea.rest('GET', '/api/me/budget')));
    expect(budget.money_this_month).toMatchObject({ limit: BUDGET, used: 0, left: BUDGET });
    expect(budget.tokens_today?.used).toBe(tokens);
    const root = await signIn(foyer.url, ADMINISTRATOR);
    const usage = usageSchema.parse(
      await json(root.rest('GET', '/api/admin/usage?from=2020-01-01&to=2099-01-01&by=person')),
    );
    expect(usage.total).toMatchObject({ calls: 1, own_key_calls: 1, amount: 0 });
  });

  it('left the key with its owner, who goes on with it', async () => {
    const { connections } = personalKeysSchema.parse(await json(bea.rest('GET', '/api/users/me/keys')));
    expect(connections).toMatchObject([{ key: 'set' }]);
    const before = fake.requests.length;
    const events = await bea.ask('And again');
    expect(events.filter(({ type }) => type === 'error')).toEqual([]);
    expect(fake.requests.slice(before).map(({ headers }) => headers.authorization)).toContain(
      `Bearer ${typed(KEY)}`,
    );
    expect(calls().map(({ amount, state }) => [amount, state])).toEqual([
      [0, 'worst-case'],
      [0, 'reported'],
    ]);
  });

  it('left the key nowhere but in the keychain', async () => {
    expect(whereFound(atTheKill.places)).toEqual(['keychain.json']);
    expect(await foyer.stop()).toBe(0);
    printed.push(textPlace('what the second run printed', foyer.output()));
    expect(whereFound(filesBelow(home))).toEqual(['keychain.json']);
    expect(whereFound(printed)).toEqual([]);
  });
});
