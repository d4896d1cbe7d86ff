/** The headers of every kind of answer, one table: page, script, interface, upload, error, stream. */

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

let foyer: TestFoyer;
let client: Client;
let attachment: string;
beforeAll(async () => {
  foyer = await startFoyer({
    env: { ALLOWED_ORIGINS: 'https://portal.example', FOYER_PUBLIC_URL: 'https://chat.example' },
  });
  const pages = `${foyer.dataDir}-pages`;
  fs.writeFileSync(path.join(pages, 'assets', 'app.js'), '1;');
  fs.writeFileSync(path.join(pages, 'chatkit.js'), '1;');
  fs.writeFileSync(path.join(pages, 'chatkit-diagram.html'), '<!doctype html>');
  client = await signIn(foyer.url, ADMINISTRATOR);
  const form = new FormData();
  form.set('file', new Blob(['<script>1</script>'], { type: 'text/html' }), 'a.html');
  const uploaded = await fetch(new URL('/api/attachments', foyer.url), {
    method: 'POST',
    headers: bearer(),
    body: form,
  });
  attachment = ((await uploaded.json()) as { id: string }).id;
});
afterAll(() => foyer.remove());

const bearer = () => ({ authorization: `Bearer ${client.token}` });

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** node:http, because fetch lets a test choose neither Host nor Origin. */
function send({ method = 'GET', path: at, headers = {}, body }: Sent) {
  const { port, host } = new URL(foyer.url);
  return new Promise<http.IncomingMessage>((resolve, reject) => {
    const call = http.request(
      { host: '127.0.0.1', port, method, path: at, headers: { Host: host, ...headers } },
      (response) => {
        response.resume();
        response.once('close', () => resolve(response));
        response.once('end', () => resolve(response));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

const json = (): Record<string, string> => ({ 'content-type': 'application/json', ...bearer() });
const NO_STORE = 'no-store';

/** What is asked for, the status, the type, and how long it may be kept. */
const ANSWERS: Readonly<Record<string, { ask: () => Sent; status: number; type?: RegExp; cache: string }>> = {
  page: { ask: () => ({ path: '/login' }), status: 200, type: /^text\/html/, cache: NO_STORE },
  'way to another page': { ask: () => ({ path: '/nowhere' }), status: 302, cache: NO_STORE },
  'script with a hash in its name': {
    ask: () => ({ path: '/assets/app.js' }),
    status: 200,
    type: /javascript/,
    cache: 'public, max-age=31536000, immutable',
  },
  'script without one': {
    ask: () => ({ path: '/chatkit.js' }),
    status: 200,
    type: /javascript/,
    cache: 'public, max-age=0',
  },
  'script that is not there': {
    ask: () => ({ path: '/assets/none.js' }),
    status: 404,
    type: /json/,
    cache: NO_STORE,
  },
  interface: {
    ask: () => ({ path: '/api/users/me', headers: bearer() }),
    status: 200,
    type: /json/,
    cache: NO_STORE,
  },
  'nobody signed in': { ask: () => ({ path: '/api/users/me' }), status: 401, type: /json/, cache: NO_STORE },
  'no such route': { ask: () => ({ path: '/api/none' }), status: 404, type: /json/, cache: NO_STORE },
  'broken body': {
    ask: () => ({ method: 'POST', path: '/api/chatkit', headers: json(), body: '{' }),
    status: 400,
    type: /json/,
    cache: NO_STORE,
  },
  'body that is too deep': {
    ask: () => ({
      method: 'POST',
      path: '/api/chatkit',
      headers: json(),
      body: `{"type":"threads.list","params":${'{"a":'.repeat(200)}1${'}'.repeat(201)}`,
    }),
    status: 422,
    type: /json/,
    cache: NO_STORE,
  },
  'body that is too long': {
    ask: () => ({
      method: 'POST',
      path: '/api/chatkit',
      headers: json(),
      body: `"${'x'.repeat(1_100_000)}"`,
    }),
    status: 413,
    type: /json/,
    cache: NO_STORE,
  },
  'another host': {
    ask: () => ({ path: '/', headers: { Host: 'evil.example' } }),
    status: 421,
    type: /json/,
    cache: NO_STORE,
  },
  'another origin': {
    ask: () => ({ path: '/api/health', headers: { Origin: 'https://evil.example' } }),
    status: 403,
    type: /json/,
    cache: NO_STORE,
  },
  'stream of events': {
    ask: () => ({
      method: 'POST',
      path: '/api/chatkit',
      headers: json(),
      body: JSON.stringify({ type: 'threads.create', params: { input: messageInput('Hello') } }),
    }),
    status: 200,
    type: /^text\/event-stream/,
    cache: 'no-store, no-transform',
  },
  'table to download': {
    ask: () => ({ path: '/api/admin/usage.csv?from=2026-01-01&to=2026-01-02&by=day', headers: bearer() }),
    status: 200,
    type: /^text\/csv/,
    cache: NO_STORE,
  },
  upload: {
    ask: () => ({ path: `/api/attachments/${attachment}`, headers: bearer() }),
    status: 200,
    type: /^text\/plain/,
    cache: NO_STORE,
  },
  'upload that is not there': {
    ask: () => ({ path: '/api/attachments/none', headers: bearer() }),
    status: 404,
    type: /json/,
    cache: NO_STORE,
  },
  'frame for diagrams': {
    ask: () => ({ path: '/chatkit-diagram.html' }),
    status: 200,
    type: /^text\/html/,
    cache: 'public, max-age=0',
  },
};

describe.each(Object.entries(ANSWERS))('%s', (name, { ask, status, type, cache }) => {
  it('has all the headers that it needs', async () => {
    const answer = await send(ask());
    const { headers } = answer;
    expect(answer.statusCode).toBe(status);
    if (type !== undefined) expect(headers['content-type']).toMatch(type);
    expect(headers['cache-control']).toBe(cache);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-dns-prefetch-control': 'off',
      'x-frame-options': name === 'frame for diagrams' ? 'SAMEORIGIN' : 'DENY',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/frame-ancestors '(none|self)'/);
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toMatch(/[a-z]+:\/\/|\*/);
    for (const feature of ['camera', 'microphone', 'geolocation', 'clipboard-read', 'usb'])
      expect(headers['permissions-policy']).toContain(`${feature}=()`);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    if (name === 'upload') {
      expect(headers['content-disposition']).toMatch(/^attachment; filename="?a\.html"?$/);
      expect(policy).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    }
  });
});

describe('calls from other origins', () => {
  const origin = { Origin: 'https://portal.example' };

  it('are allowed for the interface alone, without the cookie, and say on what they depend', async () => {
    const port = new URL(foyer.url).port;
    const login = await fetch(new URL('/api/auth/login', foyer.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(ADMINISTRATOR),
    });
    const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
    expect(cookie).toContain(`foyer_${port}=`);
    const withCookie = await send({ path: '/api/users/me', headers: { ...origin, Cookie: cookie } });
    expect(withCookie.statusCode).toBe(401);
    const withToken = await send({ path: '/api/users/me', headers: { ...origin, ...bearer() } });
    expect(withToken.statusCode).toBe(200);
    expect(withToken.headers['access-control-allow-origin']).toBe('https://portal.example');
    expect(withToken.headers.vary).toContain('Origin');
    for (const at of ['/', '/login', '/assets/app.js', '/chatkit.js']) {
      const page = await send({ path: at, headers: origin });
      expect(page.statusCode, at).toBe(403);
      expect(page.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('are asked for first: which methods and headers, for ten minutes, never with credentials', async () => {
    const preflight = await send({
      method: 'OPTIONS',
      path: '/api/chatkit',
      headers: {
        ...origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization, x-evil',
      },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': 'https://portal.example',
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-max-age': '600',
    });
    expect(preflight.headers['access-control-allow-headers']).not.toContain('x-evil');
    expect(preflight.headers['access-control-allow-private-network']).toBeUndefined();
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    for (const part of ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'])
      expect(preflight.headers.vary).toContain(part);
    const refused = await send({
      method: 'OPTIONS',
      path: '/api/chatkit',
      headers: { Origin: 'https://evil.example' },
    });
    expect(refused.statusCode).toBe(403);
    expect(refused.headers.vary, 'a cache must not give this to an allowed origin').toContain('Origin');
  });
});

it('makes no address from what a request says', async () => {
  const forged = {
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'gopher',
    'X-Forwarded-For': '6.6.6.6',
    Forwarded: 'host=evil.example;proto=gopher',
    'X-Original-URL': '/evil.example',
  };
  for (const at of ['/', '/nowhere', '/admin', '/api/status', `/api/attachments/${attachment}`]) {
    const answer = await fetch(new URL(at, foyer.url), {
      headers: { ...forged, ...bearer() },
      redirect: 'manual',
    });
    expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toMatch(/evil|gopher|6\.6\.6\.6/);
  }
  const created = await fetch(new URL('/api/chatkit', foyer.url), {
    method: 'POST',
    headers: { ...forged, ...json() },
    body: JSON.stringify({
      type: 'attachments.create',
      params: { name: 'a.txt', size: 1, mime_type: 'text/plain' },
    }),
  });
  const text = await created.text();
  expect(text).toContain('https://chat.example/');
  expect(text).not.toMatch(/evil|gopher/);
});
