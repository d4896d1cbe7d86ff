/**
 * Measures the built headless server against the fake model server on the same machine, in one run: start, first
 * token over the upstream, sign-in, listing threads, memory. Prints a table; `--json FILE` also writes the figures.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Client, messageInput, signIn } from '../../tests/support/client.ts';
import { ADMINISTRATOR, makeDataDir, startHeadless } from '../../tests/support/headless.ts';
import { type Figure, quantile, report, residentMemory } from './lib/report.ts';

const STARTS = 7;
const TURNS = 200;
const LOGINS = 30;
const THREADS = 1_000;
const LISTS = 200;

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });

report(await measure(), options.json);

async function measure(): Promise<Figure[]> {
  const starts = await measureStarts();
  const model = await startModel();
  const foyer = await startHeadless({
    env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'sk-bench', OPENAI_API_MODE: 'responses' },
  });
  try {
    const afterStart = residentMemory(foyer.process.pid);
    const client = await signIn(foyer.url, ADMINISTRATOR);
    const overhead = await measureOverhead(client, model.url);
    const logins = await repeat(LOGINS, () => signIn(foyer.url, ADMINISTRATOR));
    await fillThreads(client, THREADS - TURNS);
    const lists = await repeat(LISTS, async () => {
      const response = await client.operation('threads.list', { limit: 20 });
      await response.json();
    });
    return [
      { name: 'start: process to health ok, p50', value: quantile(starts, 0.5), unit: 'ms', target: 700 },
      { name: 'first token over the upstream, p50', value: overhead.p50, unit: 'ms', target: 5 },
      { name: 'first token over the upstream, p95', value: overhead.p95, unit: 'ms', target: null },
      { name: 'first token of the upstream itself, p50', value: overhead.upstream, unit: 'ms', target: null },
      { name: 'sign-in, p50', value: quantile(logins, 0.5), unit: 'ms', target: null },
      { name: `threads.list, ${THREADS} threads, p50`, value: quantile(lists, 0.5), unit: 'ms', target: 3 },
      { name: 'resident memory after start', value: afterStart, unit: 'MB', target: 140 },
      {
        name: 'resident memory after the run',
        value: residentMemory(foyer.process.pid),
        unit: 'MB',
        target: 140,
      },
    ];
  } finally {
    await foyer.stop();
    model.process.kill();
    fs.rmSync(foyer.dataDir, { recursive: true, force: true });
  }
}

/** From spawning the process to the first good answer of the health check, on an existing data folder. */
async function measureStarts(): Promise<number[]> {
  const dataDir = makeDataDir();
  await (await startHeadless({ dataDir })).stop();
  const times: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const started = performance.now();
    const foyer = await startHeadless({ dataDir });
    const health = await fetch(new URL('/api/health', foyer.url));
    await health.json();
    times.push(performance.now() - started);
    await foyer.stop();
  }
  fs.rmSync(dataDir, { recursive: true, force: true });
  return times;
}

/** Asks the model server directly and through Foyer in turn, so that both see the same machine. */
async function measureOverhead(client: Client, upstream: string) {
  const direct: number[] = [];
  const through: number[] = [];
  for (let turn = 0; turn < TURNS + 5; turn += 1) {
    const text = `Turn ${turn}: what is a foyer? [slow:2]`;
    const directTime = await timeToFirst(directDeltas(upstream, text));
    const throughTime = await timeToFirst(foyerDeltas(client, text));
    if (turn < 5) continue;
    direct.push(directTime);
    through.push(throughTime);
  }
  const over = through.map((time, index) => time - (direct[index] ?? 0));
  return { p50: quantile(over, 0.5), p95: quantile(over, 0.95), upstream: quantile(direct, 0.5) };
}

/** Milliseconds until the first delta; the rest is read to the end so that turns do not overlap. */
async function timeToFirst(deltas: AsyncGenerator<string>): Promise<number> {
  const started = performance.now();
  let first: number | null = null;
  for await (const _delta of deltas) first ??= performance.now() - started;
  if (first === null) throw new Error('a turn came without text');
  return first;
}

async function* directDeltas(upstream: string, text: string): AsyncGenerator<string> {
  const response = await fetch(`${upstream}/responses`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer sk-bench' },
    body: JSON.stringify({ model: 'fake', input: text, stream: true }),
  });
  yield* chunksWith(response, 'response.output_text.delta');
}

async function* foyerDeltas(client: Client, text: string): AsyncGenerator<string> {
  const response = await client.operation('threads.create', { input: messageInput(text) });
  yield* chunksWith(response, 'content_part.text_delta');
}

/** Reads both sides in the same way, without parsing: the client's own work must not count as Foyer's. */
async function* chunksWith(response: Response, event: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const part = decoder.decode(chunk, { stream: true });
    if (part.includes(event)) yield part;
  }
}

async function fillThreads(client: Client, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await client.ask(`Thread ${index} [burst:1]`);
}

async function repeat(times: number, action: () => Promise<unknown>): Promise<number[]> {
  const durations: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const started = performance.now();
    await action();
    durations.push(performance.now() - started);
  }
  return durations;
}

async function startModel(): Promise<{ url: string; process: ChildProcess }> {
  const main = path.resolve(import.meta.dirname, '..', '..', 'tests', 'fake-openai', 'main.ts');
  const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the fake model server ended with code ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const match = /http:\/\/\S+/.exec(text);
      if (match) resolve(match[0]);
    });
  });
  return { url, process: child };
}
