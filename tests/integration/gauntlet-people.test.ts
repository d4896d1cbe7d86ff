/** The gauntlet, the server's half: what belongs to people, and requests that are none; see `gauntlet.test.ts`. */
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerText, type Client, messageInput } from '../support/client.ts';
import { call } from '../support/endpoint.ts';
import { AMY, BEN, bearer, type House, json, openHouse } from '../support/gauntlet-house.ts';
import { listedRoutes } from '../support/listed-routes.ts';
import { uploads } from '../support/uploads.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.remove());

const isFine = async () => expect((await fetch(new URL('/api/health', house.foyer.url))).status).toBe(200);

describe('what is of others', () => {
  it('cannot be followed, stopped, continued, attached or taken by its id (24, 28, 30, 33, 34)', async () => {
    const abort = new AbortController();
    const asked = call(new URL('/api/chatkit', house.foyer.url).href, {
      body: { type: 'threads.create', params: { input: messageInput('of Amy alone [slow:60] [burst:60]') } },
      headers: { ...bearer(house.amy), 'foyer-resume': '1' },
      signal: abort.signal,
    }).catch(() => null);
    const runs = async () =>
      (
        (await (await house.amy.rest('GET', '/api/chatkit/runs')).json()) as {
          data: { id: string; thread_id: string }[];
        }
      ).data;
    await expect.poll(async () => (await runs()).length, { timeout: 10_000 }).toBe(1);
    const [run] = await runs();
    if (run === undefined) throw new Error('no run');
    const file = (await (
      await uploads(house.foyer.url, house.amy).direct(Buffer.from('of Amy alone'), 'a.txt')
    ).json()) as { id: string };
    for (const other of [house.ben, house.root]) {
      for (const extra of [
        {},
        { 'last-event-id': '0' },
        { 'last-event-id': '-1' },
        { 'x-user': house.amyId },
      ]) {
        const answer = await call(new URL(`/api/chatkit/runs/${run.id}`, house.foyer.url).href, {
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
    expect((await house.amy.rest('GET', `/api/attachments/${file.id}`)).status).toBe(200);
    expect((await house.amy.operation('threads.get_by_id', { thread_id: run.thread_id })).status).toBe(200);
    expect((await runs()).map(({ id }) => id)).toEqual([run.id]);
    expect((await house.amy.rest('POST', `/api/chatkit/runs/${run.id}/stop`)).status).toBeLessThan(300);
    abort.abort();
    await asked;
  });

  it('cannot be claimed by saying so (39)', async () => {
    const me = (await (await house.ben.rest('GET', '/api/users/me')).json()) as { id: string };
    const claim = {
      user_id: house.amyId,
      owner_id: house.amyId,
      ownerId: house.amyId,
      userId: house.amyId,
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
    for await (const event of house.ben.stream('threads.create', params)) {
      if (event.type === 'thread.created') created.push(event.thread.id);
    }
    expect(created[0]).not.toBe('thr_mine');
    const ofAmy = JSON.stringify(await (await house.amy.operation('threads.list', { limit: 100 })).json());
    expect(ofAmy).not.toContain(created[0]);
    const made = await house.ben.operation('attachments.create', {
      ...claim,
      name: 'x.txt',
      size: 1,
      mime_type: 'text/plain',
      id: 'atc_mine',
      metadata: claim,
    });
    expect(await made.text()).not.toMatch(/atc_mine|usr_/);
    await house.ben.rest('PUT', '/api/users/me/locking', { ...claim, shown_here: false });
    await house.ben.rest('POST', '/api/users/me/password', {
      current_password: BEN.password,
      new_password: 'short',
      ...claim,
    });
    const login = await fetch(new URL('/api/auth/login', house.foyer.url), {
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
          await house.ben.rest(at === '' ? 'PATCH' : 'DELETE', `/api/admin/users/${me.id}${at}`, {
            role: 'administrator',
          })
        ).status,
      ).toBe(403);
    const still = (await (await house.ben.rest('GET', '/api/users/me')).json()) as object;
    expect(still).toMatchObject({ id: me.id, role: 'user', is_admin: false });
  });

  it('is not found by what a database or a path would understand (21, 22)', async () => {
    const outside = path.join(house.foyer.dataDir, 'settings.json');
    fs.writeFileSync(path.join(house.foyer.dataDir, 'outside.txt'), 'outside of everything');
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
        const answer = await house.raw(
          method,
          target,
          { host: house.own, ...json, ...bearer(house.root) },
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
        const answer = await house.raw('GET', `${folder}${id.replaceAll(' ', '%20')}`, {
          host: house.own,
          ...bearer(house.amy),
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
        const answer = await house.ben.operation(type, params);
        expect(answer.status, `${type} ${id}`).toBeLessThan(500);
        expect(await answer.text()).not.toContain('of Amy alone');
      }
      expect(
        (await house.root.rest('GET', `/api/admin/people?query=${encodeURIComponent(id)}`)).status,
      ).toBeLessThan(500);
    }
    expect(fs.existsSync(outside) ? fs.readFileSync(outside, 'utf8') : '{}').toMatch(/^\{/);
    const database = new Database(path.join(house.foyer.dataDir, 'foyer.db'), { readonly: true });
    expect(database.prepare('SELECT count(*) AS count FROM users').get()).toEqual({ count: 3 });
    database.close();
  });

  it('stays in its folder, whatever a file is called (22)', async () => {
    const files = () => fs.readdirSync(house.foyer.dataDir, { recursive: true, encoding: 'utf8' });
    const up = uploads(house.foyer.url, house.amy);
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
        const headers = { host: house.own, ...bearer(house.root), ...(body === undefined ? {} : json) };
        const answer = await house.raw(method, at.replace(/:\w+/g, 'nothing'), headers, body);
        expect(answer.status, `${method} ${at} ${body}: ${answer.text}`).toBeLessThan(500);
        expect(answer.text).not.toMatch(/\bat .*\.ts:|node_modules|SqliteError/);
      }
    }
    await isFine();
    expect(({} as Record<string, unknown>).role).toBeUndefined();
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect((await house.ben.rest('GET', '/api/admin/users')).status).toBe(403);
  });

  it('choose no model by its place or by a name that every object has (38)', async () => {
    await house.root.rest('PUT', `/api/admin/policies/people/${house.amyId}`, { models: ['gpt-4.1-mini'] });
    const before = house.model.requests.length;
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
      for await (const event of house.amy.stream('threads.create', { input })) events.push(event);
      expect(answerText(events), name).toBe('');
    }
    expect(house.model.requests.length).toBe(before);
    await house.root.rest('DELETE', `/api/admin/policies/people/${house.amyId}`);
  });

  it('say the same whoever exists (19)', async () => {
    const answers = await Promise.all(
      [AMY.email, 'nobody@example.org', "amy@example.org' --"].map(async (email) => {
        const answer = await fetch(new URL('/api/auth/login', house.foyer.url), {
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
