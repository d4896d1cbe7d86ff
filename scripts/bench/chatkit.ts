/**
 * Measures the ChatKit server: many streams at once through the built headless server, and lists over a history that
 * is large, alone and beside larger ones of other people. Prints a table; `--json FILE` also writes the figures.
 * `--quick` takes a tenth of everything, `--only streams` or `--only lists` a part.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ChatKitServer, streamText } from '../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../src-server/context.ts';
import { openHistories } from '../../src-server/history/index.ts';
import { messageInput, signIn } from '../../tests/support/client.ts';
import { ADMINISTRATOR, startHeadless } from '../../tests/support/headless.ts';
import { cpuTime, type Figure, quantile, report, residentMemory } from './lib/report.ts';
import { fillHistory, userId } from './lib/seed.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const share = options.quick ? 0.1 : 1;
const STREAMS = 50;
const PACE_MS = 20;
/** No multiple of the pace: models do not keep step with each other. */
const STAGGER_MS = 41.4;
const PIECES = Math.round(500 * share);
const THREADS = Math.round(10_000 * share);
const ITEMS = Math.round(200_000 * share);
const OTHERS = 5;
const ROUNDS = 400;

const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  streams: measureStreams,
  lists: measureLists,
};
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if ((options.only ?? name) === name) figures.push(...(await measure()));
}
report(figures, options.json);

async function measureStreams(): Promise<Figure[]> {
  const model = await startModel();
  const foyer = await startHeadless({
    env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'sk-bench', OPENAI_API_MODE: 'responses' },
  });
  const { pid } = foyer.process;
  try {
    const { token } = await signIn(foyer.url, ADMINISTRATOR);
    // Loads the libraries and compiles what is hot.
    await Promise.all(Array.from({ length: 10 }, () => followStream(foyer.url, token)));
    const idle = residentMemory(pid);
    const cpuBefore = cpuTime(pid);
    // People do not press Enter at the same moment; the cost of beginning is measured on its own.
    const streams = Array.from({ length: STREAMS }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * STAGGER_MS));
      return followStream(foyer.url, token);
    });
    await new Promise((resolve) => setTimeout(resolve, (PIECES * PACE_MS) / 2));
    const busy = residentMemory(pid);
    const followed = await Promise.all(streams);
    const cpu = cpuTime(pid) - cpuBefore;
    const latencies = followed.flatMap((one) => one.latencies);
    const firsts = followed.map((one) => one.first);
    const cpuPerThousand = (cpu / (STREAMS * PIECES)) * 1_000;
    return [
      { name: `${STREAMS} streams: CPU per 1,000 deltas`, value: cpuPerThousand, unit: 'ms', target: null },
      { name: 'added latency per delta, p50', value: quantile(latencies, 0.5), unit: 'ms', target: 1 },
      { name: 'added latency per delta, p99', value: quantile(latencies, 0.99), unit: 'ms', target: 20 },
      {
        name: 'first token, a stream begun every 41 ms, p50',
        value: quantile(firsts, 0.5),
        unit: 'ms',
        target: null,
      },
      { name: 'memory per open stream', value: ((busy - idle) / STREAMS) * 1_024, unit: 'kB', target: null },
    ];
  } finally {
    await foyer.stop();
    model.process.kill();
    fs.rmSync(foyer.dataDir, { recursive: true, force: true });
  }
}

/**
 * Follows one turn; latencies are those of each piece from the model's writing to our reading, in milliseconds. Plain
 * sockets: what the measuring costs is missing to what is measured.
 */
function followStream(foyer: string, token: string): Promise<{ latencies: number[]; first: number }> {
  const latencies: number[] = [];
  const started = performance.now();
  let first = Number.NaN;
  let rest = '';
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const request = http.request(new URL('/api/chatkit', foyer), { method: 'POST', headers }, (response) => {
      response.setEncoding('latin1').on('data', (chunk: string) => {
        const now = process.hrtime.bigint();
        const frames = (rest + chunk).split('\n\n');
        rest = frames.pop() ?? '';
        for (const frame of frames) {
          if (!frame.includes('content_part.text_delta')) continue;
          if (Number.isNaN(first)) first = performance.now() - started;
          // A frame may hold several pieces that were joined.
          for (const [sent] of frame.matchAll(/\d{9,}(?= )/g))
            latencies.push(Number(now - BigInt(sent)) / 1e6);
        }
      });
      response.once('end', () => resolve({ latencies, first }));
      response.once('error', reject);
    });
    request.once('error', reject);
    request.end(JSON.stringify({ type: 'threads.create', params: { input: messageInput('Go.') } }));
  });
}

async function measureLists(): Promise<Figure[]> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-bench-'));
  const key = randomBytes(32);
  const root = path.resolve(import.meta.dirname, '..', '..');
  const migrationsDir = path.join(root, 'src-server', 'database', 'history', 'migrations');
  const histories = openHistories({
    dataDir,
    migrationsDir,
    dataKey: () => key,
  });
  const server = new ChatKitServer<RequestContext>({
    store: histories.store,
    handlers: { respond: (thread) => streamText(thread, []) },
  });
  const context: RequestContext = {
    userId: userId(0),
    role: 'user',
    locale: 'en',
    signal: new AbortController().signal,
  };
  const ask = (type: string, params: unknown) => server.process({ type, params }, context, context.signal);
  const lists = async () => ({
    threads: quantile(await times(() => ask('threads.list', { limit: 20 })), 0.5),
    items: quantile(await times((round) => ask('items.list', { thread_id: `thr_${round % THREADS}` })), 0.5),
  });
  try {
    await fillHistory({ dataDir, migrationsDir, key, person: 0, threads: THREADS, items: ITEMS });
    // The code has to be as fast as it gets before a first figure means anything.
    for (let round = 0; round < 5; round += 1) await lists();
    const alone = await lists();
    for (let person = 1; person <= OTHERS; person += 1) {
      await fillHistory({ dataDir, migrationsDir, key, person, threads: THREADS / 10, items: ITEMS });
    }
    for (let round = 0; round < 3; round += 1) await lists();
    const beside = await lists();
    const of = `${THREADS.toLocaleString('en')} threads, ${ITEMS.toLocaleString('en')} items`;
    const change = (now: number, before: number) => (now / before - 1) * 100;
    return [
      { name: `threads.list, ${of}, p50`, value: alone.threads, unit: 'ms', target: 2 },
      { name: `items.list, ${of}, p50`, value: alone.items, unit: 'ms', target: 2 },
      {
        name: `threads.list, change beside ${(ITEMS * OTHERS).toLocaleString('en')} items of others`,
        value: change(beside.threads, alone.threads),
        unit: '%',
        target: 20,
      },
      {
        name: `items.list, change beside ${(ITEMS * OTHERS).toLocaleString('en')} items of others`,
        value: change(beside.items, alone.items),
        unit: '%',
        target: 20,
      },
    ];
  } finally {
    await histories.close();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function times(action: (round: number) => Promise<unknown>): Promise<number[]> {
  const durations: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    await action(round * 37);
    durations.push(performance.now() - started);
  }
  return durations;
}

async function startModel(): Promise<{ url: string; process: ChildProcess }> {
  const main = path.join(import.meta.dirname, 'paced-model.ts');
  const child = spawn(process.execPath, [main, '--pace', String(PACE_MS), '--pieces', String(PIECES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the model server ended with code ${code}`)));
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
  });
  return { url, process: child };
}
