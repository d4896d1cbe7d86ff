/** A hundred thousand broken requests: no answer but the documented ones, no crash, no growth (protocol §1.5). */
import http from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ChatKitHandlers,
  ChatKitRequestError,
  ChatKitServer,
  streamText,
  type ThreadItem,
} from '../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../src-server/context.ts';
import { openStore, PERSON, seedStore } from '../conformance/stores.ts';
import { startEndpoint, type TestEndpoint } from '../support/endpoint.ts';
import { brokenBody, honestRequest, type KnownIds, mutate, type Random, randomFrom } from './mutate.ts';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 100_000);
const OVER_HTTP = 3_000;
const TIME_BOX_MS = Number(process.env.FUZZ_MS ?? 150_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);

const KNOWN: KnownIds = { threads: ['t1', 't2', 'nope'], items: ['u1', 'w1', 's1', 'c1', 'nope'] };

const ITEMS = [
  { type: 'user_message', id: 'u1', thread_id: 't1', content: [], inference_options: {} },
  { type: 'widget', id: 'w1', thread_id: 't1', widget: { type: 'Card', children: [] } },
  {
    type: 'structured_input',
    id: 's1',
    thread_id: 't1',
    inputs: [{ type: 'multiple_choice', id: 'q', question: '?', options: [{ value: 'a' }] }],
  },
  { type: 'client_tool_call', id: 'c1', thread_id: 't2', call_id: 'k', name: 'n', arguments: {} },
];
const SEEDED = {
  threads: [{ id: 't1' }, { id: 't2' }],
  items: ITEMS as { thread_id: string }[],
  attachments: [],
};

const handlers: ChatKitHandlers<RequestContext> = {
  respond: (thread) => streamText(thread, ['Hi ', 'there']),
  action: (thread) => streamText(thread, ['Done']),
  syncAction: async (_thread, _action, sender) =>
    sender === null ? {} : { updated_item: sender as ThreadItem },
  transcribe: async ({ data }) => ({ text: String(data.length) }),
};

const rejections: unknown[] = [];
const onRejection = (reason: unknown) => void rejections.push(reason);
process.on('unhandledRejection', onRejection);

let endpoint: TestEndpoint | null = null;
afterEach(async () => {
  await endpoint?.close();
  endpoint = null;
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Megabytes that are still needed. */
function memory(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_048_576;
}

describe('broken requests', () => {
  it(
    'get a documented answer each, and leave nothing behind',
    async () => {
      const random = randomFrom(SEED);
      const started = performance.now();
      const marks: number[] = [];
      let sent = 0;
      let refused = 0;
      let opened = openStore('sqlite');
      const newServer = async () => {
        await opened.close();
        opened = openStore('sqlite');
        await seedStore(opened.store, SEEDED);
        return new ChatKitServer<RequestContext>({ store: opened.store, handlers, coalesceMs: 0 });
      };
      let server = await newServer();
      while (sent < REQUESTS && performance.now() - started < TIME_BOX_MS) {
        // What honest requests add must not be taken for a leak.
        if (sent % 2_500 === 0) server = await newServer();
        if (sent % 20_000 === 0) marks.push(memory());
        const request: unknown = JSON.parse(JSON.stringify(anyRequest(random)) ?? 'null');
        try {
          const result = await server.process(request, PERSON, PERSON.signal);
          if (result.kind === 'json') JSON.stringify(result.value);
          else for await (const frame of result.frames) expect(frame.startsWith('data: {')).toBe(true);
        } catch (error) {
          if (!(error instanceof ChatKitRequestError)) {
            throw new Error(`seed ${SEED}, request ${sent}: ${JSON.stringify(request)?.slice(0, 2_000)}`, {
              cause: error,
            });
          }
          expect((error.status >= 400 && error.status < 500) || error.status === 501).toBe(true);
          refused += 1;
        }
        sent += 1;
      }
      marks.push(memory());
      await opened.close();
      console.log(
        `fuzz: ${sent} requests (seed ${SEED}), ${refused} refused, heap ${marks.map((mark) => mark.toFixed(0)).join(' → ')} MB`,
      );
      if (sent < REQUESTS)
        console.warn(`fuzz: TIME BOX of ${TIME_BOX_MS} ms ended after ${sent} of ${REQUESTS}`);
      expect(sent).toBeGreaterThan(Math.min(REQUESTS, 20_000) - 1);
      expect(refused).toBeGreaterThan(sent / 4);
      expect((marks.at(-1) ?? 0) - (marks[1] ?? marks[0] ?? 0)).toBeLessThan(15);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(rejections).toEqual([]);
    },
    TIME_BOX_MS + 60_000,
  );

  it('get a documented answer over HTTP, be they JSON or not, and the server goes on', async () => {
    const random = randomFrom(SEED + 1);
    endpoint = await startEndpoint({ respond: (thread) => streamText(thread, ['Hi']) });
    const statuses = new Map<number, number>();
    for (let sent = 0; sent < OVER_HTTP; sent += 1) {
      const honest = honestRequest(random, KNOWN);
      const body =
        random() < 0.3
          ? brokenBody(random, honest)
          : Buffer.from(JSON.stringify(mutate(random, honest)) ?? '');
      const status = await post(endpoint.url, body, random() < 0.05 ? 'text/plain' : 'application/json');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status !== 200 && status !== 501 && (status < 400 || status >= 500)) {
        throw new Error(`seed ${SEED}: ${status} for ${body.toString().slice(0, 500)}`);
      }
    }
    console.log(
      `fuzz over HTTP: ${OVER_HTTP} requests, ${[...statuses].map(([s, n]) => `${s}: ${n}`).join(', ')}`,
    );
    expect(endpoint.logged.filter((line) => !/turn failed/.test(line))).toEqual([]);
    const list = JSON.stringify({ type: 'threads.list', params: {} });
    expect(await post(endpoint.url, Buffer.from(list), 'application/json')).toBe(200);
    expect(rejections).toEqual([]);
  }, 120_000);
});

/** One in four is honest, so that the others meet a store that lives. */
function anyRequest(random: Random): unknown {
  const honest = honestRequest(random, KNOWN);
  return random() < 0.25 ? honest : mutate(random, honest);
}

const agent = new http.Agent({ keepAlive: true });

function post(url: string, body: Buffer, type: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'Content-Type': type, 'Content-Length': body.length, 'x-user': 'ada' },
      },
      (response) => {
        response.resume();
        response.once('close', () => resolve(response.statusCode ?? 0));
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}
