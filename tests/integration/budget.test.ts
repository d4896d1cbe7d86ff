/** Nobody can overdraw a budget: many answers at once, and a process that is killed again and again. */
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { type Client, clientWith, messageInput, signIn } from '../support/client.ts';
import { ADMINISTRATOR, type Headless, makeDataDir, startHeadless } from '../support/headless.ts';

const PRICES = { input: 2_000_000, cached: 500_000, output: 8_000_000 };
/** What is left at the start of each round: about half of what 100 requests reserve. */
const ROUND = 120_000;
const STREAMS = 100;
const KILLS = 10;

interface Call {
  readonly state: string;
  readonly input_tokens: number;
  readonly cached_tokens: number;
  readonly output_tokens: number;
  readonly amount: number;
}

const cleanUp: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of cleanUp.reverse()) await step();
});

/** The same sequence in each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function readLedger(dataDir: string): { calls: Call[]; charged: number } {
  const database = new Database(path.join(dataDir, 'foyer.db'), { readonly: true });
  const calls = database.prepare<[], Call>('SELECT * FROM model_calls').all();
  const sum = database.prepare<[], { amount: number }>('SELECT sum(amount) AS amount FROM usage_days').get();
  database.close();
  return { calls, charged: sum?.amount ?? 0 };
}

function price({ input, cached, output }: { input: number; cached: number; output: number }): number {
  const millionths = (input - cached) * PRICES.input + cached * PRICES.cached + output * PRICES.output;
  return Math.ceil(millionths / 1_000_000);
}

const billOf = (fake: FakeOpenAI) => fake.bill.reduce((sum, line) => sum + price(line), 0);
const identity = (line: { input: number; cached: number; output: number }) =>
  `${line.input}/${line.cached}/${line.output}`;

async function setUp(foyer: Headless): Promise<string> {
  const client = await signIn(foyer.url, ADMINISTRATOR);
  const model = {
    id: 'fake-model',
    model: 'fake-model',
    label: 'Fake',
    input_price: PRICES.input,
    cached_price: PRICES.cached,
    output_price: PRICES.output,
    max_output_tokens: 150,
  };
  const models = await client.rest('PUT', '/api/admin/connections/default/models', { models: [model] });
  expect(models.status).toBe(200);
  return client.token;
}

async function setLimit(client: Client, money_per_month: number): Promise<void> {
  const answer = await client.rest('PUT', '/api/admin/policies/roles/administrator', { money_per_month });
  expect(answer.status).toBe(200);
}

describe.each(['responses', 'chat'] as const)('a budget in %s mode', (mode) => {
  it('is kept by 100 answers at once and 10 times kill -9', { timeout: 120_000 }, async () => {
    const fake = await startFakeOpenAI({ counts: true });
    const dataDir = makeDataDir();
    cleanUp.push(
      () => fake.close(),
      () => fs.rmSync(dataDir, { recursive: true, force: true }),
    );
    const random = randomNumbers(mode === 'chat' ? 7 : 11);
    const start = () =>
      startHeadless({
        dataDir,
        env: { OPENAI_BASE_URL: fake.url, OPENAI_API_MODE: mode, CHATKIT_AGENT_MODEL: 'fake-model' },
      });
    let token: string | null = null;
    let refused = 0;

    for (let round = 0; round <= KILLS; round += 1) {
      const foyer = await start();
      token ??= await setUp(foyer);
      const client = clientWith(foyer.url, token);
      const isLast = round === KILLS;
      // The last round lasts as long as it likes: less is left than its answers really cost, however slow they are.
      const limit = readLedger(dataDir).charged + (isLast ? ROUND / 4 : ROUND);
      await setLimit(client, limit);
      const before = fake.bill.length;
      const wait = 10 + random() * 400;
      const dies = isLast
        ? null
        : (async () => {
            // From the first request on: what a slow machine does before that is not what is tested.
            const deadline = Date.now() + 20_000;
            while (fake.bill.length === before && Date.now() < deadline) {
              await new Promise((resolve) => setTimeout(resolve, 5));
            }
            await new Promise((resolve) => setTimeout(resolve, wait));
            await foyer.kill();
          })();
      const streams = Array.from({ length: STREAMS / 10 }, (_, index) => index).flatMap((group) =>
        Array.from({ length: 10 }, (_, index) => one(`round ${round} ${group * 10 + index} [slow:2]`)),
      );
      async function one(text: string): Promise<void> {
        try {
          for await (const event of client.stream('threads.create', { input: messageInput(text) })) {
            if (event.type === 'error' && /budget/.test(event.message ?? '')) refused += 1;
          }
        } catch {
          // The process was killed while it answered.
        }
      }
      await Promise.all([...streams, dies]);
      const { charged } = readLedger(dataDir);
      expect(charged).toBeLessThanOrEqual(limit);
      expect(charged).toBeGreaterThanOrEqual(billOf(fake));
      if (isLast) expect(await foyer.stop()).toBe(0);
    }

    const { calls, charged } = readLedger(dataDir);
    expect(calls.filter(({ state }) => state === 'open')).toEqual([]);
    expect(calls.reduce((sum, { amount }) => sum + amount, 0)).toBe(charged);
    expect(calls.filter(({ state }) => state === 'worst-case').length).toBeGreaterThan(KILLS);
    // Every request that was charged by its report is on the bill, to the token and to the millionth.
    const reported = calls.filter(({ state }) => state === 'reported');
    const bill = new Map(fake.bill.filter((line) => line.isReported).map((line) => [identity(line), line]));
    for (const call of reported) {
      const key = identity({
        input: call.input_tokens,
        cached: call.cached_tokens,
        output: call.output_tokens,
      });
      const line = bill.get(key);
      if (line === undefined) throw new Error(`the fake model has no line ${key}`);
      bill.delete(key);
      expect(call.amount).toBe(price(line));
    }
    expect(reported.length).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(0);
  });
});
