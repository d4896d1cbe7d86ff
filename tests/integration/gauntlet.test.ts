/**
 * The gauntlet, the server's half: what was done to comparable applications, tried here over HTTP. Numbers are the rows
 * of `tests/support/gauntlet-rows.ts`, which says of each how it is tried and what else holds it.
 */
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import Database from 'better-sqlite3';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { answerText, type Client, messageInput, signIn } from '../support/client.ts';
import { call } from '../support/endpoint.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { GAUNTLET_ROWS } from '../support/gauntlet-rows.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { listedRoutes } from '../support/listed-routes.ts';
import { uploads } from '../support/uploads.ts';

const AMY = { email: 'amy@example.org', password: 'a rather good password' };
const BEN = { email: 'ben@example.org', password: 'another good password' };
const ENV_KEY = 'sk-of-the-environment-4711';

let model: FakeOpenAI;
let thief: FakeOpenAI;
let foyer: TestFoyer;
let root: Client;
let amy: Client;
let ben: Client;
let amyId: string;

beforeAll(async () => {
  [model, thief] = [await startFakeOpenAI(), await startFakeOpenAI()];
  foyer = await startFoyer({
    env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: ENV_KEY, RATE_LIMIT_REQUESTS: '0' },
  });
  root = await signIn(foyer.url, ADMINISTRATOR);
  const created = await root.rest('POST', '/api/admin/users', AMY);
  amyId = ((await created.json()) as { id: string }).id;
  await root.rest('POST', '/api/admin/users', BEN);
  [amy, ben] = [await signIn(foyer.url, AMY), await signIn(foyer.url, BEN)];
}, 60_000);
afterAll(async () => {
  await foyer.remove();
  await Promise.all([model.close(), thief.close()]);
});

const bearer = ({ token }: Client) => ({ authorization: `Bearer ${token}` });
const own = () => new URL(foyer.url).host;

/** A request whose path, Host and headers are sent exactly as they stand here. */
function raw(
  method: string,
  target: string,
  headers: Record<string, string | string[]> = {},
  body?: string,
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
  const { hostname, port } = new URL(foyer.url);
  return new Promise((resolve, reject) => {
    const request = http.request(
      { hostname, port, method, path: target, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const isFine = async () => expect((await fetch(new URL('/api/health', foyer.url))).status).toBe(200);

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
      if (String(port) !== new URL(foyer.url).port) connected.push(`${host}:${port}`);
      return Reflect.apply(connect, this, args) as net.Socket;
    } as typeof connect);
    const port = new URL(thief.url).port;
    for (const spelling of SPELLINGS) {
      const base_url = spelling.replace('PORT', port);
      const body = { name: 'x', base_url, mode: 'chat', api_key: 'sk-x' };
      const created = await root.rest('POST', '/api/admin/connections', body);
      if (created.status === 422) continue;
      expect(created.status, spelling).toBe(201);
      const { id } = (await created.json()) as { id: string };
      const test = await root.rest('POST', `/api/admin/connections/${id}/test`);
      expect((await test.json()) as object, spelling).not.toMatchObject({ outcome: 'ok' });
      await root.rest('DELETE', `/api/admin/connections/${id}`);
    }
    spy.mockRestore();
    expect(connected).toEqual([]);
    expect(thief.requests).toEqual([]);
  });

  it('are taken as they stand: nothing of the environment gets into them (25)', async () => {
    process.env.FOYER_GAUNTLET = ENV_KEY;
    const braces = ['OPENAI_API_KEY', 'FOYER_GAUNTLET'].map((name) => `$\{${name}}`);
    const forms = [...braces, '$OPENAI_API_KEY', '%OPENAI_API_KEY%'];
    for (const form of [...forms, '{{OPENAI_API_KEY}}', '$(id)', '`id`']) {
      const base_url = `${thief.url.replace('/v1', '')}/${form}/v1`;
      const created = await root.rest('POST', '/api/admin/connections', {
        name: form,
        base_url,
        mode: 'chat',
      });
      expect([201, 422]).toContain(created.status);
      if (created.status === 422) continue;
      const { id } = (await created.json()) as { id: string };
      await root.rest('POST', `/api/admin/connections/${id}/test`);
      await root.rest('DELETE', `/api/admin/connections/${id}`);
    }
    delete process.env.FOYER_GAUNTLET;
    expect(thief.requests.length).toBeGreaterThan(0);
    const asked = JSON.stringify(thief.requests);
    expect(asked).not.toContain(ENV_KEY);
    expect(asked).not.toMatch(/uid=/);
    // The key of the environment goes to the server that the environment names, and nowhere else (12).
    await amy.ask('Hello');
    expect(model.requests.at(-1)?.headers.authorization).toBe(`Bearer ${ENV_KEY}`);
  });

  it('lead nowhere else by a redirect (13)', async () => {
    const before = thief.requests.length;
    for (const target of [
      thief.url,
      thief.url.replace('127.0.0.1', 'localhost'),
      `//127.0.0.1/v1`,
      'file:///etc/passwd',
    ])
      await amy.ask(`Hello [redirect:${target}/chat/completions]`);
    expect(thief.requests.length).toBe(before);
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
    const headers = { ...FORGED, host: own() };
    for (const at of ['/', '/login', '/admin', '/api/health', '/setup', '/somewhere']) {
      const answer = await raw('GET', at, headers);
      expect(JSON.stringify(answer.headers) + answer.text, at).not.toContain('evil.example');
      expect(answer.headers.location ?? '/', at).toMatch(/^\/[a-z]*$/);
    }
    const body = JSON.stringify({
      type: 'attachments.create',
      params: { name: 'a.txt', size: 1, mime_type: 'text/plain' },
    });
    const made = await raw('POST', '/api/chatkit', { ...headers, ...json, ...bearer(amy) }, body);
    const { upload_descriptor } = JSON.parse(made.text) as { upload_descriptor: { url: string } };
    expect(new URL(upload_descriptor.url).host).toBe(own());
    const me = await raw('GET', '/api/users/me', { ...headers, ...bearer(amy) });
    expect((JSON.parse(me.text) as { email: string }).email).toBe(AMY.email);
  });

  it('name no other house (16, 41)', async () => {
    const hosts = [
      'evil.example',
      `evil.example:${own().split(':')[1]}`,
      `${own()}.evil.example`,
      `127.0.0.1`,
    ];
    for (const host of [...hosts, `127.0.0.1:${own().split(':')[1]}@evil.example`, `a${own()}`, '[::1]']) {
      for (const { method, path: at } of listedRoutes().slice(0, 30)) {
        const answer = await raw(method, at.replace(/:\w+/g, 'x'), { host, ...bearer(root) });
        expect([host, at, answer.status]).toEqual([host, at, 421]);
      }
    }
  });

  it('of other pages open nothing, whatever they call themselves (10, 32)', async () => {
    const login = await fetch(new URL('/api/auth/login', foyer.url), {
      method: 'POST',
      headers: json,
      body: JSON.stringify(AMY),
    });
    const cookie = String(login.headers.getSetCookie()[0]).split(';')[0] ?? '';
    for (const origin of [
      'https://evil.example',
      'null',
      `http://${own()}.evil.example`,
      `https://${own()}`,
      'file://',
    ]) {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
        const answer = await raw(
          'POST',
          '/api/chatkit',
          { host: own(), origin, cookie, 'content-type': type },
          '{}',
        );
        expect([origin, type, answer.status]).toEqual([origin, type, 403]);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    // What a form of another page can send without saying where it comes from is no JSON.
    const form = await raw(
      'POST',
      '/api/auth/login',
      { host: own(), 'content-type': 'text/plain' },
      JSON.stringify(AMY),
    );
    expect(form.status).toBe(415);
  });
});

describe('credentials', () => {
  it('count in one place only, and are not made at home (11, 35)', async () => {
    const { token } = root;
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
      { cookie: `foyer_${own().split(':')[1]}=${token}` },
    ];
    for (const headers of forged) {
      const answer = await raw('GET', '/api/admin/users', { host: own(), ...headers });
      expect([headers, answer.status]).toEqual([headers, 401]);
    }
    for (const query of [`access_token=${token}`, `token=${token}`, `api_key=${token}`])
      expect((await raw('GET', `/api/admin/users?${query}`, { host: own() })).status).toBe(401);
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

describe('what is of others', () => {
  it('cannot be followed, stopped, continued, attached or taken by its id (24, 28, 30, 33, 34)', async () => {
    const abort = new AbortController();
    const asked = call(new URL('/api/chatkit', foyer.url).href, {
      body: { type: 'threads.create', params: { input: messageInput('of Amy alone [slow:60] [burst:60]') } },
      headers: { ...bearer(amy), 'foyer-resume': '1' },
      signal: abort.signal,
    }).catch(() => null);
    const runs = async () =>
      (
        (await (await amy.rest('GET', '/api/chatkit/runs')).json()) as {
          data: { id: string; thread_id: string }[];
        }
      ).data;
    await expect.poll(async () => (await runs()).length).toBe(1);
    const [run] = await runs();
    if (run === undefined) throw new Error('no run');
    const file = (await (
      await uploads(foyer.url, amy).direct(Buffer.from('of Amy alone'), 'a.txt')
    ).json()) as { id: string };
    for (const other of [ben, root]) {
      for (const extra of [{}, { 'last-event-id': '0' }, { 'last-event-id': '-1' }, { 'x-user': amyId }]) {
        const answer = await call(new URL(`/api/chatkit/runs/${run.id}`, foyer.url).href, {
          headers: { ...bearer(other), ...extra },
        });
        expect([404, 422]).toContain(answer.status);
        expect(answer.text).not.toContain('word');
      }
      expect((await other.rest('POST', `/api/chatkit/runs/${run.id}/stop`)).status).toBe(404);
      const listed = await (await other.rest('GET', `/api/chatkit/runs?thread_id=${run.thread_id}`)).text();
      expect(listed).not.toContain(run.id);
      const input = { ...messageInput('mine'), attachments: [file.id] };
      expect((await other.operation('threads.create', { input })).status).toBe(404);
      const more = { thread_id: run.thread_id, input: messageInput('mine') };
      expect((await other.operation('threads.add_user_message', more)).status).toBe(404);
      for (const at of ['', '/preview', '/image'])
        expect((await other.rest('GET', `/api/attachments/${file.id}${at}`)).status).toBe(404);
      await other.operation('attachments.delete', { attachment_id: file.id });
      await other.operation('threads.delete', { thread_id: run.thread_id });
    }
    expect((await amy.rest('GET', `/api/attachments/${file.id}`)).status).toBe(200);
    expect((await amy.operation('threads.get_by_id', { thread_id: run.thread_id })).status).toBe(200);
    expect((await runs()).map(({ id }) => id)).toEqual([run.id]);
    expect((await amy.rest('POST', `/api/chatkit/runs/${run.id}/stop`)).status).toBeLessThan(300);
    abort.abort();
    await asked;
  });

  it('cannot be claimed by saying so (39)', async () => {
    const me = (await (await ben.rest('GET', '/api/users/me')).json()) as { id: string };
    const claim = {
      user_id: amyId,
      owner_id: amyId,
      ownerId: amyId,
      userId: amyId,
      role: 'administrator',
      is_admin: true,
    };
    const created: string[] = [];
    const params = {
      ...claim,
      id: 'thr_mine',
      input: { ...messageInput('by Ben'), ...claim },
      thread: { id: 'thr_mine' },
    };
    for await (const event of ben.stream('threads.create', params)) {
      if (event.type === 'thread.created') created.push(event.thread.id);
    }
    expect(created[0]).not.toBe('thr_mine');
    const ofAmy = JSON.stringify(await (await amy.operation('threads.list', { limit: 100 })).json());
    expect(ofAmy).not.toContain(created[0]);
    const made = await ben.operation('attachments.create', {
      ...claim,
      name: 'x.txt',
      size: 1,
      mime_type: 'text/plain',
      id: 'atc_mine',
      metadata: claim,
    });
    expect(await made.text()).not.toMatch(/atc_mine|usr_/);
    await ben.rest('PUT', '/api/users/me/locking', { ...claim, shown_here: false });
    await ben.rest('POST', '/api/users/me/password', {
      current_password: BEN.password,
      new_password: 'short',
      ...claim,
    });
    const login = await fetch(new URL('/api/auth/login', foyer.url), {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ ...BEN, ...claim }),
    });
    expect((await login.json()) as object).toMatchObject({
      user: { id: me.id, role: 'user', is_admin: false },
    });
    for (const at of ['', '/lock', '/sessions'])
      expect(
        (
          await ben.rest(at === '' ? 'PATCH' : 'DELETE', `/api/admin/users/${me.id}${at}`, {
            role: 'administrator',
          })
        ).status,
      ).toBe(403);
    const still = (await (await ben.rest('GET', '/api/users/me')).json()) as object;
    expect(still).toMatchObject({ id: me.id, role: 'user', is_admin: false });
  });

  it('is not found by what a database or a path would understand (21, 22)', async () => {
    const outside = path.join(foyer.dataDir, 'settings.json');
    fs.writeFileSync(path.join(foyer.dataDir, 'outside.txt'), 'outside of everything');
    const hostile = [
      "x' OR '1'='1",
      "x'; DROP TABLE users; --",
      '%',
      '_',
      '../foyer.db',
      '..%2f..%2ffoyer.db',
      '%2e%2e%2foutside.txt',
      '..\\outside.txt',
      '....//outside.txt',
      '/etc/passwd',
      'x%00.txt',
      '__proto__',
      'constructor',
      'CON',
    ];
    for (const id of hostile) {
      for (const { method, path: at } of listedRoutes()) {
        if (!at.includes(':')) continue;
        const target = at.replace(/:\w+/g, /%/.test(id) ? id : encodeURIComponent(id));
        const answer = await raw(
          method,
          target,
          { host: own(), ...json, ...bearer(root) },
          method === 'GET' ? undefined : '{}',
        );
        const what = `${method} ${target}: ${answer.status}`;
        expect(answer.status, what).toBeLessThan(500);
        expect(answer.text, what).not.toMatch(/outside of everything|SQLite format|root:x:/);
      }
      for (const folder of [
        '/',
        '/assets/',
        '/api/attachments/',
        '/api/attachments/x/',
        '/admin/',
        '/chatkit-diagram.html/',
      ]) {
        const answer = await raw('GET', `${folder}${id.replaceAll(' ', '%20')}`, {
          host: own(),
          ...bearer(amy),
        });
        expect(answer.status).toBeLessThan(500);
        expect(answer.text).not.toMatch(/outside of everything|SQLite format|root:x:/);
      }
      for (const [type, params] of [
        ['threads.get_by_id', { thread_id: id }],
        ['items.list', { thread_id: id, after: id }],
        ['threads.list', { after: id }],
        ['threads.update', { thread_id: id, title: id }],
        ['items.feedback', { thread_id: id, item_ids: [id], kind: 'positive' }],
        ['attachments.delete', { attachment_id: id }],
        ['threads.delete', { thread_id: id }],
      ] as const) {
        const answer = await ben.operation(type, params);
        expect(answer.status, `${type} ${id}`).toBeLessThan(500);
        expect(await answer.text()).not.toContain('of Amy alone');
      }
      expect(
        (await root.rest('GET', `/api/admin/people?query=${encodeURIComponent(id)}`)).status,
      ).toBeLessThan(500);
    }
    expect(fs.existsSync(outside) ? fs.readFileSync(outside, 'utf8') : '{}').toMatch(/^\{/);
    const database = new Database(path.join(foyer.dataDir, 'foyer.db'), { readonly: true });
    expect(database.prepare('SELECT count(*) AS count FROM users').get()).toEqual({ count: 3 });
    database.close();
  });

  it('stays in its folder, whatever a file is called (22)', async () => {
    const files = () => fs.readdirSync(foyer.dataDir, { recursive: true, encoding: 'utf8' });
    const up = uploads(foyer.url, amy);
    for (const name of [
      '../../evil.txt',
      '..\\..\\evil.txt',
      '/tmp/evil.txt',
      'C:\\evil.txt',
      'evil\u0000.txt',
      'a\r\nSet-Cookie: evil=1',
      '"; filename="evil.html',
      '\u202Egnp.exe',
      '.',
      '..',
      'x'.repeat(5_000),
    ]) {
      const answer = await up.direct(Buffer.from('of Amy alone'), name, 'text/html');
      expect(answer.status, name).toBeLessThan(500);
      if (answer.status !== 200) continue;
      const { id } = (await answer.json()) as { id: string };
      const got = await up.get(`/api/attachments/${id}`);
      expect(got.headers.get('set-cookie')).toBeNull();
      expect(got.headers.get('content-disposition')).toMatch(/^attachment\b/);
      expect(got.headers.get('content-security-policy')).toContain('sandbox');
    }
    expect(files().filter((each) => /evil|passwd|gnp/.test(each))).toEqual([]);
  });
});

describe('requests that are none', () => {
  it('stop nothing and change nothing, on any route (29)', async () => {
    const bodies = [
      undefined,
      '',
      'null',
      '[]',
      '0',
      '"x"',
      '{"__proto__":{"role":"administrator","isAdmin":true}}',
      '{"constructor":{"prototype":{"role":"administrator"}}}',
      '{"params":null,"type":null}',
      `{"a":${'['.repeat(90)}${']'.repeat(90)}}`,
    ];
    for (const { method, path: at } of listedRoutes()) {
      if (method === 'GET' || /logout|\/lock$|sessions$|verification|integrity|measurement/.test(at))
        continue;
      for (const body of bodies) {
        const headers = { host: own(), ...bearer(root), ...(body === undefined ? {} : json) };
        const answer = await raw(method, at.replace(/:\w+/g, 'nothing'), headers, body);
        expect(answer.status, `${method} ${at} ${body}: ${answer.text}`).toBeLessThan(500);
        expect(answer.text).not.toMatch(/\bat .*\.ts:|node_modules|SqliteError/);
      }
    }
    await isFine();
    expect(({} as Record<string, unknown>).role).toBeUndefined();
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect((await ben.rest('GET', '/api/admin/users')).status).toBe(403);
  });

  it('choose no model by its place or by a name that every object has (38)', async () => {
    await root.rest('PUT', `/api/admin/policies/people/${amyId}`, { models: ['gpt-4.1-mini'] });
    const before = model.requests.length;
    for (const name of [
      '0',
      '1',
      '-1',
      '__proto__',
      'constructor',
      'toString',
      'default',
      '../default',
      '*',
      ' ',
    ]) {
      const input = {
        ...messageInput('Hello'),
        inference_options: { model: name, tool_choice: { id: name } },
      };
      const events: Awaited<ReturnType<Client['ask']>> = [];
      for await (const event of amy.stream('threads.create', { input })) events.push(event);
      expect(answerText(events), name).toBe('');
    }
    expect(model.requests.length).toBe(before);
    await root.rest('DELETE', `/api/admin/policies/people/${amyId}`);
  });

  it('say the same whoever exists (19)', async () => {
    const answers = await Promise.all(
      [AMY.email, 'nobody@example.org', "amy@example.org' --"].map(async (email) => {
        const answer = await fetch(new URL('/api/auth/login', foyer.url), {
          method: 'POST',
          headers: json,
          body: JSON.stringify({ email, password: 'wrong wrong wrong' }),
        });
        return [answer.status, await answer.text()];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[2]?.[0]).toBeLessThan(500);
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
