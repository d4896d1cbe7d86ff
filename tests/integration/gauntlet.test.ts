/**
 * The gauntlet, the server's half: what was done to comparable applications, tried here over HTTP. Numbers are the rows
 * of `tests/support/gauntlet-rows.ts`, which says of each how it is tried and what else holds it. This is about addresses,
 * headers and credentials; `gauntlet-people.test.ts` about what belongs to people.
 */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFoyer } from '../support/foyer.ts';
import { AMY, bearer, ENV_KEY, type House, json, openHouse } from '../support/gauntlet-house.ts';
import { GAUNTLET_ROWS } from '../support/gauntlet-rows.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { listedRoutes } from '../support/listed-routes.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.remove());

it('says of every row how it is tried', () => {
  expect(GAUNTLET_ROWS.map(({ row }) => row)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
  for (const { row, tried } of GAUNTLET_ROWS) {
    for (const file of tried.match(/(?:src|tests)[\w./-]+\.tsx?/g) ?? [])
      expect(fs.existsSync(path.resolve(import.meta.dirname, '../..', file)), `${row}: ${file}`).toBe(true);
  }
});

describe('addresses of model servers', () => {
  /** Rows 13 and 27: machines that nobody may reach, in every spelling that a URL takes. */
  const SPELLINGS = [
    'http://169.254.169.254/v1',
    'http://0xa9fea9fe/v1',
    'http://2852039166/v1',
    'http://0251.0376.0251.0376/v1',
    'http://0xa9.254.0xa9.254/v1',
    'http://169.254.43518/v1',
    'http://169.254.169.254./v1',
    'http://169。254。169。254/v1',
    'http://①⑥⑨.254.169.254/v1',
    'http://[::ffff:169.254.169.254]/v1',
    'http://[::ffff:a9fe:a9fe]/v1',
    'http://[0:0:0:0:0:ffff:a9fe:a9fe]/v1',
    'http://[64:ff9b::a9fe:a9fe]/v1',
    'http://[64:ff9b::7f00:1]:PORT/v1',
    'http://[2002:7f00:1::]:PORT/v1',
    'http://[fd00:ec2::254]/v1',
    'http://[fe80::1]/v1',
    'http://100.100.100.200/v1',
    'http://0.0.0.0:PORT/v1',
    'http://0:PORT/v1',
    'http://[::]:PORT/v1',
    'http://[::0.0.0.0]:PORT/v1',
    'http://255.255.255.255/v1',
    'http://224.0.0.1/v1',
  ];

  it('that nobody may reach are asked nothing, however they are written', async () => {
    const connected: string[] = [];
    const connect = net.Socket.prototype.connect;
    const spy = vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (
      this: net.Socket,
      ...args: unknown[]
    ) {
      const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
      const { host, port } = first as { host?: string; port?: number | string };
      if (String(port) !== new URL(house.foyer.url).port) connected.push(`${host}:${port}`);
      return Reflect.apply(connect, this, args) as net.Socket;
    } as typeof connect);
    const port = new URL(house.thief.url).port;
    for (const spelling of SPELLINGS) {
      const base_url = spelling.replace('PORT', port);
      const body = { name: 'x', base_url, mode: 'chat', api_key: 'sk-x' };
      const created = await house.root.rest('POST', '/api/admin/connections', body);
      if (created.status === 422) continue;
      expect(created.status, spelling).toBe(201);
      const { id } = (await created.json()) as { id: string };
      const test = await house.root.rest('POST', `/api/admin/connections/${id}/test`);
      expect((await test.json()) as object, spelling).not.toMatchObject({ outcome: 'ok' });
      await house.root.rest('DELETE', `/api/admin/connections/${id}`);
    }
    spy.mockRestore();
    expect(connected).toEqual([]);
    expect(house.thief.requests).toEqual([]);
  });

  it('are taken as they stand: nothing of the environment gets into them (25)', async () => {
    process.env.FOYER_GAUNTLET = ENV_KEY;
    const braces = ['OPENAI_API_KEY', 'FOYER_GAUNTLET'].map((name) => `$\{${name}}`);
    const forms = [...braces, '$OPENAI_API_KEY', '%OPENAI_API_KEY%'];
    for (const form of [...forms, '{{OPENAI_API_KEY}}', '$(id)', '`id`']) {
      const base_url = `${house.thief.url.replace('/v1', '')}/${form}/v1`;
      const created = await house.root.rest('POST', '/api/admin/connections', {
        name: form,
        base_url,
        mode: 'chat',
      });
      expect([201, 422]).toContain(created.status);
      if (created.status === 422) continue;
      const { id } = (await created.json()) as { id: string };
      await house.root.rest('POST', `/api/admin/connections/${id}/test`);
      await house.root.rest('DELETE', `/api/admin/connections/${id}`);
    }
    delete process.env.FOYER_GAUNTLET;
    expect(house.thief.requests.length).toBeGreaterThan(0);
    const asked = JSON.stringify(house.thief.requests);
    expect(asked).not.toContain(ENV_KEY);
    expect(asked).not.toMatch(/uid=/);
    // The key of the environment goes to the server that the environment names, and nowhere else (12).
    await house.amy.ask('Hello');
    expect(house.model.requests.at(-1)?.headers.authorization).toBe(`Bearer ${ENV_KEY}`);
  });

  it('lead nowhere else by a redirect (13)', async () => {
    const before = house.thief.requests.length;
    for (const target of [
      house.thief.url,
      house.thief.url.replace('127.0.0.1', 'localhost'),
      `//127.0.0.1/v1`,
      'file:///etc/passwd',
    ])
      await house.amy.ask(`Hello [redirect:${target}/chat/completions]`);
    expect(house.thief.requests.length).toBe(before);
  });
});

describe('forged headers', () => {
  const FORGED = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '444',
    'x-forwarded-prefix': '/evil.example',
    'x-original-host': 'evil.example',
    'x-host': 'evil.example',
    'x-real-ip': '8.8.8.8',
    'x-original-url': '/api/admin/users',
    'x-rewrite-url': '/api/admin/users',
    'x-http-method-override': 'DELETE',
    'x-method-override': 'DELETE',
    forwarded: 'host=evil.example;proto=https',
  };

  it('get into no address and choose no route (14)', async () => {
    const headers = { ...FORGED, host: house.own };
    for (const at of ['/', '/login', '/admin', '/api/health', '/setup', '/somewhere']) {
      const answer = await house.raw('GET', at, headers);
      expect(JSON.stringify(answer.headers) + answer.text, at).not.toContain('evil.example');
      expect(answer.headers.location ?? '/', at).toMatch(/^\/[a-z]*$/);
    }
    const body = JSON.stringify({
      type: 'attachments.create',
      params: { name: 'a.txt', size: 1, mime_type: 'text/plain' },
    });
    const made = await house.raw('POST', '/api/chatkit', { ...headers, ...json, ...bearer(house.amy) }, body);
    const { upload_descriptor } = JSON.parse(made.text) as { upload_descriptor: { url: string } };
    expect(new URL(upload_descriptor.url).host).toBe(house.own);
    const me = await house.raw('GET', '/api/users/me', { ...headers, ...bearer(house.amy) });
    expect((JSON.parse(me.text) as { email: string }).email).toBe(AMY.email);
  });

  it('name no other house (16, 41)', async () => {
    const hosts = [
      'evil.example',
      `evil.example:${house.own.split(':')[1]}`,
      `${house.own}.evil.example`,
      `127.0.0.1`,
    ];
    for (const host of [
      ...hosts,
      `127.0.0.1:${house.own.split(':')[1]}@evil.example`,
      `a${house.own}`,
      '[::1]',
    ]) {
      for (const { method, path: at } of listedRoutes().slice(0, 30)) {
        const answer = await house.raw(method, at.replace(/:\w+/g, 'x'), { host, ...bearer(house.root) });
        expect([host, at, answer.status]).toEqual([host, at, 421]);
      }
    }
  });

  it('of other pages open nothing, whatever they call themselves (10, 32)', async () => {
    const login = await fetch(new URL('/api/auth/login', house.foyer.url), {
      method: 'POST',
      headers: json,
      body: JSON.stringify(AMY),
    });
    const cookie = String(login.headers.getSetCookie()[0]).split(';')[0] ?? '';
    for (const origin of [
      'https://evil.example',
      'null',
      `http://${house.own}.evil.example`,
      `https://${house.own}`,
      'file://',
    ]) {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
        const answer = await house.raw(
          'POST',
          '/api/chatkit',
          { host: house.own, origin, cookie, 'content-type': type },
          '{}',
        );
        expect([origin, type, answer.status]).toEqual([origin, type, 403]);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    // What a form of another page can send without saying where it comes from is no JSON.
    const form = await house.raw(
      'POST',
      '/api/auth/login',
      { host: house.own, 'content-type': 'text/plain' },
      JSON.stringify(AMY),
    );
    expect(form.status).toBe(415);
  });
});

describe('credentials', () => {
  it('count in one place only, and are not made at home (11, 35)', async () => {
    const { token } = house.root;
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forge = (secret: string) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret));
    const tokens = [
      `${encode({ alg: 'none' })}.${payload}.`,
      `${encode({ alg: 'none' })}.${payload}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`,
      await forge('secret'),
      await forge('0'.repeat(32)),
      payload,
      encode({ id: 1, role: 'administrator' }),
    ];
    const forged: Record<string, string>[] = [
      ...tokens.map((each) => ({ authorization: `Bearer ${each}` })),
      ...[
        'x-api-key',
        'api-key',
        'x-auth-token',
        'x-access-token',
        'proxy-authorization',
        'x-user',
        'foyer-person',
      ].map((name) => ({ [name]: token })),
      {
        authorization: `Basic ${Buffer.from(`${ADMINISTRATOR.email}:${ADMINISTRATOR.password}`).toString('base64')}`,
      },
      { authorization: token },
      { authorization: `Bearer ${token} ${token}` },
      { authorization: `Token ${token}` },
      { cookie: `access_token=${token}; token=${token}; session=${token}` },
      { cookie: `foyer_${house.own.split(':')[1]}=${token}` },
    ];
    for (const headers of forged) {
      const answer = await house.raw('GET', '/api/admin/users', { host: house.own, ...headers });
      expect([headers, answer.status]).toEqual([headers, 401]);
    }
    for (const query of [`access_token=${token}`, `token=${token}`, `api_key=${token}`])
      expect((await house.raw('GET', `/api/admin/users?${query}`, { host: house.own })).status).toBe(401);
  });

  it('make one first administrator, however many try at once (37)', async () => {
    const fresh = await startFoyer({ provision: false });
    const token = fresh.setupToken;
    expect(token).not.toBeNull();
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        fetch(new URL('/api/setup', fresh.url), {
          method: 'POST',
          headers: json,
          body: JSON.stringify({
            token,
            email: `a${index}@example.org`,
            password: `tall order ${index} lamp`,
          }),
        }),
      ),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    await fresh.remove();
  });
});

it('starts no program, whatever it is told (3, 4, 23, 26, 42, 43)', () => {
  const root = path.resolve(import.meta.dirname, '../../src-server');
  const sources = fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|testing/.test(name));
  expect(sources.length).toBeGreaterThan(100);
  const starting = sources.filter((name) =>
    /child_process|\bexecFile\b|\bcluster\b['"]|process\.binding|\beval\(|new Function\(|node:vm/.test(
      fs.readFileSync(path.join(root, name), 'utf8'),
    ),
  );
  expect(starting).toEqual([]);
});
