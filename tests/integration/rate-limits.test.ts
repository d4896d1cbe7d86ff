/** How often Foyer may be asked, and how slowly: over real connections. */
import { once } from 'node:events';
import net from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyLimits, limitedServer } from '../../src-server/http/connection-limits.ts';
import { errorHandler } from '../../src-server/http/errors.ts';
import { apiErrorSchema } from '../../src-shared/api/index.ts';
import { messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

let foyer: TestFoyer;
beforeAll(async () => {
  foyer = await startFoyer({
    env: {
      TRUSTED_PROXIES: '127.0.0.1',
      RATE_LIMIT_REQUESTS: '5',
      RATE_LIMIT_MESSAGES: '2',
      RATE_LIMIT_UPLOADS: '1',
      RATE_LIMIT_SIGN_INS: '3',
    },
  });
});
afterAll(() => foyer.remove());

async function expectTooMany(response: Response, language = 'en') {
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  const { error } = apiErrorSchema.parse(await response.json());
  expect(error.code).toBe('too_many_requests');
  expect(error.message).toMatch(language === 'fr' ? /Rien n’a été modifié/ : /Nothing was changed/);
}

describe('a session', () => {
  it('has so many requests, and others have their own', async () => {
    const [one, two] = [await signIn(foyer.url, ADMINISTRATOR), await signIn(foyer.url, ADMINISTRATOR)];
    for (let i = 0; i < 5; i += 1) expect((await one.rest('GET', '/api/users/me')).status).toBe(200);
    await expectTooMany(await one.rest('GET', '/api/users/me'));
    const inFrench = await fetch(new URL('/api/users/me', foyer.url), {
      headers: { authorization: `Bearer ${one.token}`, 'accept-language': 'fr' },
    });
    await expectTooMany(inFrench, 'fr');
    expect((await two.rest('GET', '/api/users/me')).status).toBe(200);
  });

  it('has so many messages and uploads, each counted apart', async () => {
    const client = await signIn(foyer.url, ADMINISTRATOR);
    const ask = () => client.operation('threads.create', { input: messageInput('Hello') });
    for (let i = 0; i < 2; i += 1) expect((await ask()).status).toBe(200);
    await expectTooMany(await ask());
    const announce = () =>
      client.operation('attachments.create', { name: 'a.txt', size: 1, mime_type: 'text/plain' });
    expect((await announce()).status).toBe(200);
    await expectTooMany(await announce());
    expect((await client.operation('threads.list', {})).status, 'reading goes on').toBe(200);
  });
});

describe('a network address behind the named proxy', () => {
  const login = (address: string) =>
    fetch(new URL('/api/auth/login', foyer.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
      body: JSON.stringify({ email: 'x', password: '' }),
    });

  it('has so many attempts to sign in, whatever it writes before its own address', async () => {
    for (let i = 0; i < 3; i += 1) expect((await login(`1.2.3.${i}, 198.51.100.1`)).status).toBe(422);
    await expectTooMany(await login('9.9.9.9, 198.51.100.1'));
    expect((await login('198.51.100.2')).status).toBe(422);
  });

  it('has so many requests of any kind', async () => {
    const ask = () =>
      fetch(new URL('/api/health', foyer.url), { headers: { 'X-Forwarded-For': '2001:db8::1' } });
    for (let i = 0; i < 50; i += 1) expect((await ask()).status).toBe(200);
    await expectTooMany(await ask());
    const neighbour = await fetch(new URL('/api/health', foyer.url), {
      headers: { 'X-Forwarded-For': '2001:db8:0:1::1' },
    });
    expect(neighbour.status).toBe(200);
  });
});

describe('connections that take their time', () => {
  const app = express();
  app.use(bodyLimits({ wholeMs: 300, stillMs: 300, isUpload: (path) => path === '/upload' }));
  app.post('/upload', async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    response.json({ bytes });
  });
  app.use(express.json());
  app.post('/json', (request, response) => void response.json(request.body));
  app.post('/stream', (_request, response) => {
    response.write('begun');
    setTimeout(() => response.end(' ended'), 900);
  });
  app.use(errorHandler(() => undefined));
  const server = limitedServer().on('request', app);
  const connect = async () => {
    const socket = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1').setEncoding('utf8');
    let text = '';
    socket.on('data', (part) => {
      text += String(part);
    });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return { socket, text: () => text, closed: once(socket, 'close') };
  };
  const head = (path: string, length: number) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => server.close().closeAllConnections());

  it('have limits for headers and their number', () => {
    expect(server.headersTimeout).toBe(15_000);
    expect(server.requestTimeout, 'uploads over slow lines take long').toBe(0);
    expect(server.maxConnections).toBe(2_000);
  });

  it('are refused with headers that are too large', async () => {
    const { socket, text, closed } = await connect();
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`);
    await closed;
    expect(text()).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('are told and cut when a body does not come', async () => {
    const { socket, text, closed } = await connect();
    socket.write(`${head('/json', 100)}{"a":`);
    await closed;
    expect(text()).toMatch(/^HTTP\/1\.1 408 [\s\S]*too_slow/);
  });

  it('may upload as slowly as they like, but not stand still', async () => {
    const slow = await connect();
    slow.socket.write(head('/upload', 8));
    for (let i = 0; i < 8; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      slow.socket.write('x');
    }
    await expect.poll(slow.text).toContain('{"bytes":8}');
    slow.socket.destroy();
    const still = await connect();
    still.socket.write(`${head('/upload', 8)}x`);
    await still.closed;
    expect(still.text()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('are left alone while an answer takes long', async () => {
    const { socket, text } = await connect();
    socket.write(`${head('/stream', 2)}{}`);
    await expect.poll(text, { timeout: 5_000 }).toContain(' ended');
    socket.destroy();
  });
});
