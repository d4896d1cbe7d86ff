/** The programs in docs/chatkit-server.md, as a reader would run them: copied, type-checked, started, talked to. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import { startFakeOpenAI } from '../fake-openai/server.ts';
import { answerText } from '../support/client.ts';
import { call, eventsIn, newThread } from '../support/endpoint.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const manual = fs.readFileSync(path.join(root, 'docs', 'chatkit-server.md'), 'utf8');

/** The program that begins with its name in a comment. */
function program(name: string): string {
  const blocks = [...manual.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]!);
  const found = blocks.filter((block) => block.startsWith(`// ${name}\n`));
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** The events that the manual shows, in handlers that yield them. */
function eventExamples(): string {
  const blocks = [...manual.matchAll(/```ts\n(yield\b[\s\S]*?)```/g)].map((match) => match[1]!);
  expect(blocks.length).toBeGreaterThanOrEqual(4);
  const handlers = blocks.map(
    (block, index) => `const respond${index}: Respond<null> = async function* (thread) {
    ${block}};`,
  );
  return `import { accumulateText, newId, type Respond, streamWidget } from './foyer/src-server/chatkit-server.ts';
    ${handlers.join('\n')}
    export default [${blocks.map((_, index) => `respond${index}`).join()}];`;
}

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-library-'));
  fs.symlinkSync(root, path.join(folder, 'foyer'), 'junction');
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const name of ['server.ts', 'agent.ts']) fs.writeFileSync(path.join(folder, name), program(name));
  fs.writeFileSync(path.join(folder, 'events.ts'), eventExamples());
});
const children: ChildProcess[] = [];
afterAll(async () => {
  await Promise.all(
    children.map(async (child) => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await ended;
    }),
  );
  fs.rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts a program and waits until it answers. @returns its endpoint */
async function startProgram(name: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const port = await freePort();
  const child = spawn(process.execPath, [name], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const url = `http://127.0.0.1:${port}/chatkit`;
  while (true) {
    if (child.exitCode !== null) throw new Error(`${name} ended:\n${printed}`);
    if (
      await fetch(`${url}/runs`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return url;
    await sleep(50);
  }
}

const parsed = (text: string) => eventsIn(text).map(({ data }) => JSON.parse(data) as ThreadStreamEvent);

it('is a program of 20 lines, and everything shown passes the compiler at its strictest', async () => {
  const lines = program('server.ts').split('\n');
  expect(lines.filter((line) => line.trim() !== '' && !line.startsWith('//')).length).toBeLessThanOrEqual(20);
  fs.writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: './foyer/tsconfig.base.json',
      compilerOptions: { lib: ['es2024'], types: ['node'] },
      files: ['server.ts', 'agent.ts', 'events.ts'],
    }),
  );
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
}, 60_000);

describe('the program of 20 lines', () => {
  let url: string;
  beforeAll(async () => {
    url = await startProgram('server.ts');
  }, 20_000);

  it('answers, keeps the conversation, and keeps it from others', async () => {
    const answer = await call(url, { body: newThread('Good morning'), user: 'Ada' });
    const events = parsed(answer.text);
    expect(answerText(events)).toBe('Hello Ada, you said: Good morning');
    const [created] = events;
    const thread_id = created?.type === 'thread.created' ? created.thread.id : '';
    const get = async (user: string) =>
      call(url, { body: { type: 'threads.get_by_id', params: { thread_id } }, user });
    expect(JSON.parse((await get('Ada')).text)).toMatchObject({
      title: 'A first conversation',
      items: { data: [{ type: 'user_message' }, { type: 'assistant_message' }] },
    });
    expect((await get('Bea')).status).toBe(404);
  });

  it('lets a client come back, and refuses what it should', async () => {
    const answer = await call(url, { body: newThread('Hi'), headers: { 'foyer-resume': '1' } });
    const rest = await call(`${url}/runs/${String(answer.headers['foyer-run-id'])}?after=3`);
    expect(eventsIn(rest.text)).toEqual(eventsIn(answer.text).slice(3));
    const refused = await call(url, {
      body: { type: 'attachments.create', params: { name: 'a', size: 1, mime_type: 'a/b' } },
    });
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([
      501,
      { error: { code: 'not_implemented' } },
    ]);
  });
});

it('the program with the Agents SDK answers with what the model says, and sends it what was said before', async () => {
  const model = await startFakeOpenAI({ apiKey: 'sk-right' });
  try {
    const url = await startProgram('agent.ts', { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'sk-right' });
    const events = parsed((await call(url, { body: newThread('Tell me about lobbies') })).text);
    expect(answerText(events).length).toBeGreaterThan(20);
    expect(events.filter(({ type }) => type === 'thread.item.updated').length).toBeGreaterThan(3);
    const [created] = events;
    const thread_id = created?.type === 'thread.created' ? created.thread.id : '';
    const { input } = newThread('And doors?').params;
    const next = await call(url, {
      body: { type: 'threads.add_user_message', params: { thread_id, input } },
    });
    expect(answerText(parsed(next.text)).length).toBeGreaterThan(20);
    expect(JSON.stringify(model.requests.at(-1))).toContain('Tell me about lobbies');
  } finally {
    await model.close();
  }
}, 30_000);

it('every place that the manual’s contents lead to exists', () => {
  const slugs = [...manual.matchAll(/^#{2,3} (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
  const links = [...manual.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]!);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !slugs.includes(link))).toEqual([]);
});
