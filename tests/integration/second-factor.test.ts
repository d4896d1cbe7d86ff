/** The second factor over HTTP: two steps for people, one for programs, and what an administrator may do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientWith, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { turnOnFactor } from '../support/security.ts';

let foyer: TestFoyer;
let administrator: Client;
let count = 0;

beforeAll(async () => {
  foyer = await startFoyer();
  administrator = await signIn(foyer.url, ADMINISTRATOR);
}, 60_000);
afterAll(() => foyer.remove());

const post = (path: string, body: unknown, language = 'en') =>
  fetch(new URL(path, foyer.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
    body: JSON.stringify(body),
  });

/** Somebody new with a second factor. */
async function somebody() {
  count += 1;
  const person = { email: `person${count}@example.org`, password: 'another battery staple' };
  const created = await administrator.rest('POST', '/api/admin/users', person);
  const { id } = (await created.json()) as { id: string };
  const client = await signIn(foyer.url, person);
  return { id, person, client, ...(await turnOnFactor(client, person.password)) };
}

const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe('signing in', () => {
  it('answers a right password with a challenge and no cookie; the second step makes the session', async () => {
    const { person, app } = await somebody();
    const first = await post('/api/auth/login', person);
    expect(first.status).toBe(401);
    expect(first.headers.get('set-cookie')).toBeNull();
    const answer = (await first.json()) as { error: { code: string }; challenge: string };
    expect(answer.error.code).toBe('second_factor_required');
    expect(answer.challenge).toMatch(/^[\w-]{43}$/);

    const wrong = await post('/api/auth/login/second-factor', {
      challenge: answer.challenge,
      code: '000000',
    });
    expect([wrong.status, await codeOf(wrong)]).toEqual([401, 'second_factor_invalid']);
    const second = await post('/api/auth/login/second-factor', {
      challenge: answer.challenge,
      code: app(),
    });
    expect(second.status).toBe(200);
    expect(second.headers.get('set-cookie')).toContain('HttpOnly');
    const { access_token } = (await second.json()) as { access_token: string };
    expect((await clientWith(foyer.url, access_token).rest('GET', '/api/users/me')).status).toBe(200);

    const again = await post('/api/auth/login/second-factor', {
      challenge: answer.challenge,
      code: app(Date.now() + 30_000),
    });
    expect([again.status, await codeOf(again)]).toEqual([401, 'challenge_expired']);
  });

  it('a wrong password says nothing about a second factor', async () => {
    const { person, app } = await somebody();
    for (const body of [
      { ...person, password: 'wrong' },
      { ...person, password: 'wrong', totp: app() },
      { email: 'nobody@example.org', password: 'wrong', totp: app() },
    ]) {
      const refused = await post('/api/auth/login', body);
      expect([refused.status, await codeOf(refused)]).toEqual([401, 'invalid_credentials']);
    }
  });

  it('takes the code with the password from programs, each code once', async () => {
    const { person, app, codes } = await somebody();
    const totp = app();
    expect((await post('/api/auth/login', { ...person, totp })).status).toBe(200);
    const twice = await post('/api/auth/login', { ...person, totp });
    expect([twice.status, await codeOf(twice)]).toEqual([401, 'second_factor_invalid']);
    const ways = [codes[0], codes[0]?.toLowerCase(), codes[0]?.replaceAll('-', ' ')];
    const statuses = await Promise.all(
      ways.map(async (way) => (await post('/api/auth/login', { ...person, totp: way })).status),
    );
    expect(statuses.sort()).toEqual([200, 401, 401]);
  });

  it('a challenge is good for nothing else', async () => {
    const { person } = await somebody();
    const { challenge } = (await (await post('/api/auth/login', person)).json()) as { challenge: string };
    const asToken = clientWith(foyer.url, challenge);
    expect((await asToken.rest('GET', '/api/users/me')).status).toBe(401);
    const port = new URL(foyer.url).port;
    const asCookie = await fetch(new URL('/api/users/me', foyer.url), {
      headers: { Cookie: `foyer_${port}=${challenge}` },
    });
    expect(asCookie.status).toBe(401);
  });

  it('guesses are refused after five, with the time to wait, in both languages', async () => {
    const { person, app } = await somebody();
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await post('/api/auth/login', { ...person, totp: '000000' })).status).toBe(401);
    }
    const refused = await post('/api/auth/login', { ...person, totp: app() }, 'fr');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await refused.json()) as { error: { message: string } }).error.message).toMatch(/tentatives/);
  });
});

describe('the account', () => {
  it('says how many codes on paper are left, and never a code or the secret', async () => {
    const { client, person, codes } = await somebody();
    await post('/api/auth/login', { ...person, totp: codes[0] });
    const state = await client.rest('GET', '/api/users/me/security');
    const text = await state.text();
    expect(JSON.parse(text)).toMatchObject({ second_factor: { codes_left: 9 } });
    for (const code of codes) expect(text).not.toContain(code.slice(0, 5));
  });

  it('turning it off takes password and code', async () => {
    const { client, person, app } = await somebody();
    const off = (body: unknown) => client.rest('DELETE', '/api/users/me/second-factor', body);
    expect(await codeOf(await off({ password: 'wrong', code: app() }))).toBe('wrong_password');
    expect(await codeOf(await off({ password: person.password, code: '000000' }))).toBe(
      'second_factor_wrong',
    );
    expect((await off({ password: person.password, code: app() })).status).toBe(204);
    expect((await post('/api/auth/login', person)).status).toBe(200);
  });

  it('an administrator takes it away and never sees it; the sessions end', async () => {
    const { id, client, person } = await somebody();
    const list = await (await administrator.rest('GET', '/api/admin/users')).text();
    expect(
      (JSON.parse(list) as { id: string; second_factor: boolean }[]).find((each) => each.id === id),
    ).toMatchObject({ second_factor: true, protection: 'managed' });
    expect((await administrator.rest('DELETE', `/api/admin/users/${id}/second-factor`)).status).toBe(204);
    expect((await client.rest('GET', '/api/users/me')).status).toBe(401);
    expect((await post('/api/auth/login', person)).status).toBe(200);
    expect((await administrator.rest('DELETE', `/api/admin/users/${id}/second-factor`)).status).toBe(404);
  });

  it('nothing of it is in a log or in the clear in a file', async () => {
    const { codes } = await somebody();
    for (const code of codes) expect(foyer.logged.join('\n')).not.toContain(code);
  });
});
