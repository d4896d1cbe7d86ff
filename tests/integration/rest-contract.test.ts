/** The REST interface: shapes and status codes that programs of the predecessor rely on, without its faults. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userSchema } from '../../src-shared/api/index.ts';
import { type Client, clientWith, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

let foyer: TestFoyer;
let administrator: Client;
beforeAll(async () => {
  foyer = await startFoyer();
  administrator = await signIn(foyer.url, ADMINISTRATOR);
});
afterAll(() => foyer.remove());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, foyer.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
const code = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

async function createUser(email: string, password = 'a good password') {
  const response = await administrator.rest('POST', '/api/admin/users', { email, password });
  expect(response.status).toBe(201);
  return userSchema.parse(await response.json());
}

describe('signing in', () => {
  it('answers a token, its type and the user, and sets a cookie for the page', async () => {
    const response = await post(
      '/api/auth/login',
      JSON.stringify({ ...ADMINISTRATOR, email: ' ADA@Example.org ' }),
    );
    expect(response.status).toBe(200);
    const body = (await response.json()) as { user: unknown };
    expect(body).toMatchObject({ access_token: expect.any(String), token_type: 'bearer' });
    expect(Object.keys(userSchema.parse(body.user)).sort()).toEqual(Object.keys(body.user as object).sort());
    expect(body.user).toMatchObject({ email: ADMINISTRATOR.email, is_admin: true });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^foyer_\d+=[^;]+;.*HttpOnly.*SameSite=Strict/);

    const me = await fetch(new URL('/api/users/me', foyer.url), {
      headers: { Cookie: cookie.split(';')[0]! },
    });
    expect(me.status).toBe(200);
  });

  it('says the same for an unknown address and a wrong password', async () => {
    const wrong = await post(
      '/api/auth/login',
      JSON.stringify({ ...ADMINISTRATOR, password: 'wrong wrong' }),
    );
    const unknown = await post(
      '/api/auth/login',
      JSON.stringify({ email: 'no@example.org', password: 'wrong wrong' }),
    );
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it('says in both languages that the key of a history is damaged, without a session', async () => {
    const first = await startFoyer();
    await first.close();
    const database = new Database(path.join(first.dataDir, 'foyer.db'));
    database.prepare("UPDATE key_wraps SET ciphertext = x'00'").run();
    database.close();
    const damaged = await startFoyer({ dataDir: first.dataDir });
    try {
      const attempt = (language: string, password: string = ADMINISTRATOR.password) =>
        fetch(new URL('/api/auth/login', damaged.url), {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
          body: JSON.stringify({ ...ADMINISTRATOR, password }),
        });
      for (const [language, text] of [
        ['en', 'The password is right, but the key of these conversations is damaged'],
        ['fr', 'la clé de ces conversations est endommagée'],
      ] as const) {
        const response = await attempt(language);
        expect([response.status, response.headers.get('set-cookie')]).toEqual([409, null]);
        const { error } = (await response.json()) as { error: { code: string; message: string } };
        expect(error.code).toBe('history_unreadable');
        expect(error.message).toContain(text);
      }
      expect((await attempt('en', 'wrong wrong')).status).toBe(401);
    } finally {
      await damaged.remove();
    }
  });

  it('refuses a bad address and broken JSON with 422', async () => {
    expect((await post('/api/auth/login', '{"email":"nobody","password":"x"}')).status).toBe(422);
    const broken = await post('/api/auth/login', '{"email":');
    expect(broken.status).toBe(422);
    expect(await code(broken)).toBe('invalid_json');
  });

  it('signs out cookie and token at once', async () => {
    const other = await signIn(foyer.url, ADMINISTRATOR);
    expect((await other.rest('POST', '/api/auth/logout')).status).toBe(204);
    expect((await other.rest('GET', '/api/users/me')).status).toBe(401);
  });
});

describe('who may', () => {
  it('401 without, with a garbled and with a foreign token; never silently anonymous', async () => {
    expect((await fetch(new URL('/api/users/me', foyer.url))).status).toBe(401);
    for (const token of ['x', 'a.b.c', `${administrator.token.slice(0, -3)}abc`]) {
      expect((await clientWith(foyer.url, token).rest('GET', '/api/users/me')).status).toBe(401);
      expect((await clientWith(foyer.url, token).operation('threads.list', {})).status).toBe(401);
    }
  });

  it('403 for users where administrators are asked for', async () => {
    await createUser('eve@example.org');
    const eve = await signIn(foyer.url, { email: 'eve@example.org', password: 'a good password' });
    const answers = await Promise.all([
      eve.rest('GET', '/api/admin/users'),
      eve.rest('POST', '/api/admin/users', { email: 'x@example.org', password: 'a good password' }),
      eve.rest('PATCH', '/api/admin/users/usr_x', { is_admin: true }),
      eve.rest('DELETE', '/api/admin/users/usr_x'),
      eve.rest('GET', '/api/admin/settings'),
      eve.rest('PUT', '/api/admin/settings', {}),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403, 403]);
  });
});

describe('looking after people', () => {
  it('lists by creation, creates, and refuses an address twice', async () => {
    const created = await createUser('Bob@Example.org');
    expect(created).toMatchObject({ email: 'bob@example.org', is_admin: false });
    const again = await administrator.rest('POST', '/api/admin/users', {
      email: 'bob@example.org',
      password: 'a good password',
    });
    expect(again.status).toBe(400);
    expect(await code(again)).toBe('email_taken');
    const list = (await (await administrator.rest('GET', '/api/admin/users')).json()) as { email: string }[];
    expect(list[0]?.email).toBe(ADMINISTRATOR.email);
    expect(list.map((user) => user.email)).toContain('bob@example.org');
  });

  it('refuses an empty or short password', async () => {
    for (const password of ['', 'short']) {
      const body = { email: 'carol@example.org', password };
      expect((await administrator.rest('POST', '/api/admin/users', body)).status).toBe(422);
    }
  });

  it('promotes, demotes and resets; a reset ends the sessions of that person', async () => {
    const { id } = await createUser('dan@example.org');
    const dan = await signIn(foyer.url, { email: 'dan@example.org', password: 'a good password' });
    const promoted = await administrator.rest('PATCH', `/api/admin/users/${id}`, { is_admin: true });
    expect(await promoted.json()).toMatchObject({ id, is_admin: true });
    expect((await dan.rest('GET', '/api/users/me')).status).toBe(401);
    expect((await administrator.rest('PATCH', `/api/admin/users/${id}`, { is_admin: false })).status).toBe(
      200,
    );
    expect((await administrator.rest('PATCH', `/api/admin/users/${id}`, {})).status).toBe(200);

    const reset = await administrator.rest('PATCH', `/api/admin/users/${id}`, {
      password: 'another password',
    });
    expect(reset.status).toBe(200);
    await expect(
      signIn(foyer.url, { email: 'dan@example.org', password: 'a good password' }),
    ).rejects.toThrow('401');
    await signIn(foyer.url, { email: 'dan@example.org', password: 'another password' });
  });

  it('404 for people who do not exist', async () => {
    expect((await administrator.rest('PATCH', '/api/admin/users/usr_nobody', {})).status).toBe(404);
    expect((await administrator.rest('DELETE', '/api/admin/users/..%2f..%2fx')).status).toBe(404);
  });

  it('keeps the last administrator', async () => {
    const me = userSchema.parse(await (await administrator.rest('GET', '/api/users/me')).json());
    const demoted = await administrator.rest('PATCH', `/api/admin/users/${me.id}`, { is_admin: false });
    const deleted = await administrator.rest('DELETE', `/api/admin/users/${me.id}`);
    expect([demoted.status, deleted.status]).toEqual([409, 409]);
    expect(await code(deleted)).toBe('last_administrator');
  });

  it('deletes a person with everything they had', async () => {
    const { id } = await createUser('finn@example.org');
    const finn = await signIn(foyer.url, { email: 'finn@example.org', password: 'a good password' });
    await finn.ask('What is Foyer?');
    expect((await administrator.rest('DELETE', `/api/admin/users/${id}`)).status).toBe(204);
    expect((await finn.operation('threads.list', {})).status).toBe(401);
    await expect(
      signIn(foyer.url, { email: 'finn@example.org', password: 'a good password' }),
    ).rejects.toThrow();
    expect((await administrator.rest('DELETE', `/api/admin/users/${id}`)).status).toBe(404);
  });
});

describe('one’s own account', () => {
  it('changes the password with the present one', async () => {
    await createUser('gil@example.org');
    const gil = await signIn(foyer.url, { email: 'gil@example.org', password: 'a good password' });
    const change = (current_password: string, new_password: string) =>
      gil.rest('POST', '/api/users/me/password', { current_password, new_password });
    expect((await change('not the one', 'a better password')).status).toBe(403);
    expect((await change('a good password', 'short')).status).toBe(422);
    expect((await change('a good password', 'a better password')).status).toBe(204);
    expect((await gil.rest('GET', '/api/users/me')).status).toBe(200);
    await signIn(foyer.url, { email: 'gil@example.org', password: 'a better password' });
  });
});

it('speaks the language of the caller', async () => {
  const response = await post('/api/auth/login', '{"email":"no@example.org","password":"x"}', {
    'Accept-Language': 'fr-CA,fr;q=0.9,en;q=0.5',
  });
  expect(await response.text()).toContain('incorrect');
});

it('tells its health and version to anybody on this machine', async () => {
  const response = await fetch(new URL('/api/health', foyer.url));
  expect(await response.json()).toEqual({ status: 'ok', version: '0.0.0-test' });
});
