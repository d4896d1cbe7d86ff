/** Loopback is not a trust boundary: Host, Origin and Sec-Fetch-Site, one table. */
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';

let foyer: TestFoyer;
let port: string;
beforeAll(async () => {
  foyer = await startFoyer({
    env: { ALLOWED_ORIGINS: 'https://portal.example', FOYER_PUBLIC_URL: 'https://chat.example' },
  });
  port = new URL(foyer.url).port;
});
afterAll(() => foyer.remove());

/** node:http, because fetch does not let a test choose Host. */
function request(
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const call = http.request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume();
      resolve(response);
    });
    call.on('error', reject);
    call.end();
  });
}

const own = () => `127.0.0.1:${port}`;

describe('the address guard', () => {
  it.each([
    ['own host', () => ({ Host: own() }), 200],
    ['localhost', () => ({ Host: `localhost:${port}` }), 200],
    ['public address', () => ({ Host: 'chat.example' }), 200],
    ['rebound name', () => ({ Host: `evil.example:${port}` }), 421],
    ['no port', () => ({ Host: '127.0.0.1' }), 421],
    ['another port', () => ({ Host: '127.0.0.1:1' }), 421],
    ['own origin', () => ({ Host: own(), Origin: `http://${own()}` }), 200],
    ['public origin', () => ({ Host: 'chat.example', Origin: 'https://chat.example' }), 200],
    ['origin of another host of ours', () => ({ Host: own(), Origin: 'https://chat.example' }), 403],
    ['foreign origin', () => ({ Host: own(), Origin: 'https://evil.example' }), 403],
    ['null origin', () => ({ Host: own(), Origin: 'null' }), 403],
    ['another local port', () => ({ Host: own(), Origin: 'http://127.0.0.1:1' }), 403],
    ['allowed origin', () => ({ Host: own(), Origin: 'https://portal.example' }), 200],
    ['fetch of another site without Origin', () => ({ Host: own(), 'Sec-Fetch-Site': 'cross-site' }), 403],
    ['fetch of another port without Origin', () => ({ Host: own(), 'Sec-Fetch-Site': 'same-site' }), 403],
    ['fetch of our own page', () => ({ Host: own(), 'Sec-Fetch-Site': 'same-origin' }), 200],
    ['image in our own page', () => ({ Host: own(), 'Sec-Fetch-Dest': 'image' }), 403],
    ['script in our own page', () => ({ Host: own(), 'Sec-Fetch-Dest': 'script' }), 403],
    ['request of its scripts', () => ({ Host: own(), 'Sec-Fetch-Dest': 'empty' }), 200],
  ])('%s', async (_name, headers, status) => {
    expect((await request('GET', '/api/health', headers())).statusCode).toBe(status);
  });

  it('lets pages show attached images, and their own', async () => {
    const headers = { Host: own(), 'Sec-Fetch-Dest': 'image' };
    expect((await request('GET', '/api/attachments/x/preview', headers)).statusCode).toBe(401);
    expect((await request('GET', '/icon.png', headers)).statusCode).not.toBe(403);
  });

  it('lets links from other sites open the page', async () => {
    const headers = { Host: own(), 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await request('GET', '/login', headers)).statusCode).toBe(200);
  });

  it('answers CORS only to allowed origins, and never with credentials', async () => {
    const allowed = await request('OPTIONS', '/api/chatkit', {
      Host: own(),
      Origin: 'https://portal.example',
    });
    expect(allowed.statusCode).toBe(204);
    expect(allowed.headers['access-control-allow-origin']).toBe('https://portal.example');
    for (const header of ['chatkit-frame-instance-id', 'foyer-resume', 'last-event-id'])
      expect(allowed.headers['access-control-allow-headers']).toContain(header);
    expect(allowed.headers['access-control-expose-headers']).toBe('foyer-run-id, retry-after');
    expect(allowed.headers['access-control-allow-credentials']).toBeUndefined();
    const refused = await request('OPTIONS', '/api/chatkit', { Host: own(), Origin: 'https://evil.example' });
    expect(refused.statusCode).toBe(403);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('every answer', () => {
  it('carries a strict policy', async () => {
    for (const path of ['/login', '/api/health', '/api/nothing', '/assets/nothing.js']) {
      const { headers } = await request('GET', path, { Host: own() });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });
});

describe('the page of the frame for diagrams', () => {
  it('has no origin, no network and no place but in our own pages', async () => {
    const { headers } = await request('GET', '/chatkit-diagram.html', { Host: own() });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", 'sandbox allow-scripts', "frame-ancestors 'self'"]),
    );
    expect(policy.join(' ')).not.toMatch(/allow-same-origin|allow-popups|connect-src|https?:/);
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    // What it asks for all the same is refused.
    const asked = await request('GET', '/api/health', { Host: own(), Origin: 'null' });
    expect(asked.statusCode).toBe(403);
  });
});

describe('pages', () => {
  it('send people where they may be', async () => {
    expect((await request('GET', '/', { Host: own() })).headers.location).toBe('/login');
    expect((await request('GET', '/admin', { Host: own() })).headers.location).toBe('/login');
    expect((await request('GET', '/setup', { Host: own() })).headers.location).toBe('/login');
    expect((await request('GET', '/somewhere/else', { Host: own() })).headers.location).toBe('/');
  });
});
