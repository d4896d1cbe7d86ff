/** A password that an administrator gave opens nothing but the way to an own one; roles and states over the wire. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peoplePageSchema, userSchema } from '../../src-shared/api/index.ts';
import { type Client, changePassword, messageInput, signIn, signInAsIs } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { codeOf } from '../support/uploads.ts';

let foyer: TestFoyer;
let administrator: Client;
beforeAll(async () => {
  foyer = await startFoyer();
  administrator = await signIn(foyer.url, ADMINISTRATOR);
});
afterAll(() => foyer.remove());

const create = (body: object) => administrator.rest('POST', '/api/admin/users', body);
const created = async (email: string, more: object = {}) => {
  const person = { email, password: 'given by the administrator' };
  const answer = await create({ ...person, ...more });
  expect(answer.status).toBe(201);
  return { ...person, user: userSchema.parse(await answer.json()) };
};

describe('a temporary password', () => {
  it('lets its owner know who they are, choose another and go; nothing else, in both languages', async () => {
    const bea = await created('bea@example.org', { is_admin: true });
    const { client, user } = await signInAsIs(foyer.url, bea);
    expect(user.password_is_temporary).toBe(true);
    expect((await client.rest('GET', '/api/users/me')).status).toBe(200);
    for (const [method, path, body] of [
      ['GET', '/api/status'],
      ['GET', '/api/drafts'],
      ['GET', '/api/me/budget'],
      ['GET', '/api/users/me/sessions'],
      ['DELETE', '/api/users/me/sessions'],
      ['GET', '/api/chatkit/runs'],
      ['POST', '/api/attachments', {}],
      ['GET', '/api/admin/users'],
      ['GET', '/api/admin/people'],
      ['PATCH', `/api/admin/users/${user.id}`, { password: 'around the other way' }],
    ] as const) {
      const answer = await client.rest(method, path, body);
      expect([path, answer.status, await codeOf(answer)]).toEqual([path, 403, 'password_change_required']);
    }
    const asked = await client.operation('threads.create', { input: messageInput('Hello') });
    expect([asked.status, await codeOf(asked)]).toEqual([403, 'password_change_required']);
    const french = await fetch(new URL('/api/status', foyer.url), {
      headers: { Authorization: `Bearer ${client.token}`, 'Accept-Language': 'fr' },
    });
    expect(await french.text()).toContain('Choisissez d’abord le vôtre');

    const same = await client.rest('POST', '/api/users/me/password', {
      current_password: bea.password,
      new_password: bea.password,
    });
    expect([same.status, await codeOf(same)]).toEqual([422, 'password_unchanged']);
    expect((await client.rest('GET', '/api/status')).status).toBe(403);
    await changePassword(client, bea.password, 'a choice of my own');
    expect((await client.rest('GET', '/api/status')).status).toBe(200);
    expect((await client.rest('GET', '/api/admin/users')).status).toBe(200);
  });

  it('comes with every reset, and not with ADMIN_PASSWORD', async () => {
    const eve = await created('eve@example.org');
    const client = await signIn(foyer.url, eve);
    expect((await client.rest('GET', '/api/status')).status).toBe(200);
    const reset = await administrator.rest('PATCH', `/api/admin/users/${eve.user.id}`, {
      password: 'given once more, then',
    });
    expect(userSchema.parse(await reset.json()).password_is_temporary).toBe(true);
    const again = await signInAsIs(foyer.url, { ...eve, password: 'given once more, then' });
    expect((await again.client.rest('GET', '/api/status')).status).toBe(403);
    expect((await signInAsIs(foyer.url, ADMINISTRATOR)).user.password_is_temporary).toBe(false);
  });
});

describe('roles and states', () => {
  it('keep the words of the predecessor beside their own', async () => {
    const gus = await created('gus@example.org', { role: 'guest' });
    expect(gus.user).toMatchObject({ role: 'guest', is_admin: false, status: 'active' });
    const change = async (body: object) => {
      const answer = await administrator.rest('PATCH', `/api/admin/users/${gus.user.id}`, body);
      return answer.status === 200 ? userSchema.parse(await answer.json()) : answer.status;
    };
    expect(await change({ is_admin: false })).toMatchObject({ role: 'guest' });
    expect(await change({ is_admin: true })).toMatchObject({ role: 'administrator', is_admin: true });
    expect(await change({ is_admin: false })).toMatchObject({ role: 'user' });
    expect(await change({ is_admin: true, role: 'guest' })).toBe(422);
    expect(await change({ role: 'owner' })).toBe(422);
    expect(await change({ is_active: false })).toMatchObject({ status: 'deactivated' });
    expect(await change({})).toMatchObject({ status: 'deactivated' });
    expect(await change({ is_active: true })).toMatchObject({ status: 'active' });
    expect((await create({ ...gus, email: 'x@example.org', role: 'user', is_admin: true })).status).toBe(422);
  });

  it('deactivated people are told what a wrong password is told, and the last administrator stays', async () => {
    const ida = await created('ida@example.org');
    await administrator.rest('PATCH', `/api/admin/users/${ida.user.id}`, { is_active: false });
    const attempt = async (password: string) => {
      const answer = await fetch(new URL('/api/auth/login', foyer.url), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: ida.email, password }),
      });
      return [answer.status, answer.headers.get('set-cookie'), await answer.text()];
    };
    expect(await attempt(ida.password)).toEqual(await attempt('something else entirely'));

    const me = userSchema.parse(await (await administrator.rest('GET', '/api/users/me')).json());
    const others = peoplePageSchema
      .parse(await (await administrator.rest('GET', '/api/admin/people?role=administrator')).json())
      .people.filter(({ id }) => id !== me.id);
    for (const { id } of others) {
      expect((await administrator.rest('PATCH', `/api/admin/users/${id}`, { is_active: false })).status).toBe(
        200,
      );
    }
    for (const body of [{ is_active: false }, { role: 'guest' }, { is_admin: false }]) {
      const refused = await administrator.rest('PATCH', `/api/admin/users/${me.id}`, body);
      expect([refused.status, await codeOf(refused)]).toEqual([409, 'last_administrator']);
    }
    expect((await administrator.rest('DELETE', `/api/admin/users/${me.id}`)).status).toBe(409);
    expect((await administrator.rest('GET', '/api/users/me')).status).toBe(200);
  });
});

describe('the list of people', () => {
  it('is an array without a question, as of old, and a page of its own with one', async () => {
    const all = (await (await administrator.rest('GET', '/api/admin/users')).json()) as unknown[];
    expect(all.map((user) => userSchema.parse(user).email)[0]).toBe(ADMINISTRATOR.email);
    const first = await administrator.rest('GET', '/api/admin/people?limit=2&query=EXAMPLE');
    const page = peoplePageSchema.parse(await first.json());
    expect(page).toMatchObject({ total: all.length });
    expect(page.people).toHaveLength(2);
    const rest = await administrator.rest('GET', `/api/admin/people?limit=200&after=${page.next}`);
    expect(peoplePageSchema.parse(await rest.json()).people).toHaveLength(all.length - 2);
    for (const wrong of ['limit=0', 'limit=201', 'role=owner', 'status=gone', 'query=a&query=b']) {
      expect((await administrator.rest('GET', `/api/admin/people?${wrong}`)).status).toBe(422);
    }
  });

  it('shows where somebody is signed in as places and times, and ends one of these sessions', async () => {
    const ned = await created('ned@example.org');
    const { client } = await signInAsIs(foyer.url, ned);
    const path = `/api/admin/users/${ned.user.id}/sessions`;
    const { sessions } = (await (await administrator.rest('GET', path)).json()) as {
      sessions: Record<string, unknown>[];
    };
    expect(sessions).toHaveLength(1);
    expect(Object.keys(sessions[0]!).sort()).toEqual([
      'created_at',
      'current',
      'id',
      'last_used_at',
      'place',
    ]);
    expect(sessions[0]).toMatchObject({ place: 'Node.js', current: false });
    expect((await administrator.rest('DELETE', `${path}/ses_nobody`)).status).toBe(404);
    expect((await administrator.rest('DELETE', `${path}/${sessions[0]?.id}`)).status).toBe(204);
    expect((await client.rest('GET', '/api/users/me')).status).toBe(401);
    expect((await administrator.rest('GET', '/api/admin/users/usr_nobody/sessions')).status).toBe(404);
  });
});
