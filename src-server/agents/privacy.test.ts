/** Prompts and answers go to the connection's server and nowhere else, whatever the environment says. */
import { execFileSync } from 'node:child_process';
import net from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { warmUp } from './sdk.ts';
import { startConversation } from './testing/conversation.ts';
import { fakeModel, KEY } from './testing/fake-model.ts';

const fake = fakeModel();
const hosts = new Set<string>();
const environmentKey = 'sk-environment-canary';

beforeAll(() => {
  vi.stubEnv('OPENAI_API_KEY', environmentKey);
  vi.stubEnv('OPENAI_BASE_URL', 'http://192.0.2.1/v1');
  vi.stubEnv('OPENAI_ORG_ID', 'org-canary');
  vi.stubEnv('OPENAI_PROJECT_ID', 'proj-canary');
  const connect = net.Socket.prototype.connect;
  vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (
    this: net.Socket,
    ...args: unknown[]
  ) {
    const target: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
    if (typeof target === 'object' && target !== null && 'host' in target) hosts.add(String(target.host));
    return Reflect.apply(connect, this, args);
  } as typeof connect);
});

afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('connects only to the model server of the connection, and uses only its key', async () => {
  await warmUp();
  for (const mode of ['responses', 'chat'] as const) {
    const conversation = await startConversation(fake.connection(mode));
    expect((await conversation.ask('Hello')).error).toBeNull();
    expect((await conversation.ask('[status:500] Hello')).error).not.toBeNull();
  }
  const guide = await startConversation({ kind: 'guide' });
  await guide.ask('Hello');
  // Whatever would have been kept for sending later is sent now.
  const { getGlobalTraceProvider } = await import('@openai/agents-core');
  await getGlobalTraceProvider().forceFlush();

  expect([...hosts]).toEqual(['127.0.0.1']);
  const headers = JSON.stringify(fake.requests().map((request) => request.headers));
  expect(headers).toContain(KEY);
  expect(headers).not.toContain(environmentKey);
  expect(headers).not.toMatch(/org-canary|proj-canary/);
});

/** In a process of its own: under the tests the libraries switch tracing off by themselves. */
function run(script: string): unknown {
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return JSON.parse(out);
}

it('records nothing: tracing is off', () => {
  const script = `
    const core = await import('@openai/agents-core');
    const isOff = () => core.getGlobalTraceProvider().createTrace({ name: 'x' }) instanceof core.NoopTrace;
    const before = isOff();
    await (await import('./src-server/agents/index.ts')).warmUp();
    console.log(JSON.stringify([before, isOff()]));`;
  expect(run(script)).toEqual([false, true]);
});

it('loads the model libraries only when they are needed', () => {
  const script = `
    const { registerHooks } = await import('node:module');
    const asked = [];
    registerHooks({ resolve: (name, at, next) => { asked.push(name); return next(name, at); } });
    await import('./src-server/agents/index.ts');
    const atStart = asked.filter((name) => name.includes('openai'));
    await (await import('./src-server/agents/index.ts')).warmUp();
    console.log(JSON.stringify([atStart.length, asked.filter((name) => name.includes('openai')).length > 0]));`;
  expect(run(script)).toEqual([0, true]);
});
