/** Bad input gets a clear error and loses nothing; it never ends the process. */
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiErrorSchema } from '../../src-shared/api/index.ts';
import { type Client, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

let foyer: TestFoyer;
let client: Client;
beforeAll(async () => {
  foyer = await startFoyer();
  client = await signIn(foyer.url, ADMINISTRATOR);
});
afterAll(async () => {
  expect(foyer.logged.filter((line) => line.includes('failed'))).toEqual([]);
  await foyer.remove();
});

const raw = (body: string, headers: Record<string, string> = {}) =>
  fetch(new URL('/api/chatkit', foyer.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${client.token}`, ...headers },
    body,
  });

async function expectError(response: Response, status: number, code?: string) {
  expect(response.status).toBe(status);
  const { error } = apiErrorSchema.parse(await response.json());
  expect(error.message).not.toMatch(/\bat .*\.ts|node:|Error:|\/src-/);
  if (code !== undefined) expect(error.code).toBe(code);
}

describe('the ChatKit endpoint', () => {
  it('refuses what is not JSON', async () => {
    await expectError(await raw('{"type":'), 400, 'invalid_json');
    await expectError(await raw('"text"', {}), 422);
    await expectError(await raw('null'), 422);
    await expectError(await raw('{}', { 'Content-Type': 'text/plain' }), 415, 'unsupported_media_type');
    await expectError(await raw('{}', { 'Content-Type': 'application/json; charset=klingon' }), 415);
  });

  it('refuses unknown operations and wrong parameters', async () => {
    await expectError(await raw('{"type":"threads.explode","params":{}}'), 400, 'unknown_operation');
    await expectError(await client.operation('threads.list', { order: 'up' }), 422, 'validation');
    await expectError(await client.operation('threads.create', {}), 422, 'validation');
    await expectError(await raw('{"type":"threads.list"}'), 422, 'validation');
  });

  it('answers 404 for threads, items and attachments that are not there', async () => {
    const thread_id = 'thr_nothing';
    await expectError(await client.operation('threads.get_by_id', { thread_id }), 404, 'not_found');
    const input = messageInput('hello');
    await expectError(
      await client.operation('threads.add_user_message', { thread_id, input }),
      404,
      'not_found',
    );
    await expectError(await client.operation('threads.retry_after_item', { thread_id, item_id: 'x' }), 404);
    const withAttachment = { ...messageInput('hello'), attachments: ['atc_nothing'] };
    await expectError(await client.operation('threads.create', { input: withAttachment }), 404, 'not_found');
    const list = await (await client.operation('threads.list', {})).json();
    expect(list).toEqual({ data: [], has_more: false });
  });

  it('refuses bodies over 1 MB', async () => {
    const input = messageInput('x'.repeat(1_100_000));
    await expectError(await client.operation('threads.create', { input }), 413, 'too_large');
    await expectError(await raw('x'.repeat(3_000_000)), 413, 'too_large');
  });

  it('survives deep nesting, prototype keys and odd texts', async () => {
    const deep = `{"type":"threads.list","params":{"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`;
    await expectError(await raw(deep), 422, 'validation');
    expect((await raw('{"type":"threads.list","params":{"__proto__":{"limit":1}}}')).status).toBe(200);
    await expectError(await raw('{"type":"__proto__","params":{}}'), 400);
    await expectError(await raw('{"type":["threads.list"],"params":{}}'), 400);
    const odd = 'a\u0000b \uD800 \u2028 💡';
    const events = await client.ask(odd);
    expect(events.at(-1)?.type).not.toBe('error');
  });
});

describe('the REST interface', () => {
  it('answers unknown paths and broken addresses with clean errors', async () => {
    await expectError(await client.rest('GET', '/api/nothing'), 404, 'not_found');
    await expectError(await client.rest('GET', '/api/%E0%A4%A'), 404);
    await expectError(await client.rest('PATCH', '/api/admin/users/%E0%A4%A', {}), 400);
    await expectError(await client.rest('POST', '/api/admin/users', []), 422);
    await expectError(
      await client.rest('PUT', '/api/admin/settings', { base_url: 'javascript:alert(1)' }),
      422,
    );
  });

  it('outlives garbage on the socket', async () => {
    const { port } = new URL(foyer.url);
    const lines = [
      '\u0016\u0003\u0001 garbage\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
      'POST /api/chatkit HTTP/1.1\r\n',
    ];
    for (const line of lines) {
      await new Promise<void>((resolve) => {
        const socket = net.connect(Number(port), '127.0.0.1', () => socket.end(line));
        socket.on('data', () => undefined);
        socket.on('close', () => resolve());
        socket.on('error', () => resolve());
      });
    }
    expect((await fetch(new URL('/api/health', foyer.url))).status).toBe(200);
  });
});
