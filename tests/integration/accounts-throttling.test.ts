/** Guessing passwords over HTTP. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

let foyer: TestFoyer;
beforeAll(async () => {
  foyer = await startFoyer();
});
afterAll(() => foyer.remove());

const BOB = { email: 'bob@example.org', password: 'another battery staple' };

async function attempt(email: string, password: string) {
  const response = await fetch(new URL('/api/auth/login', foyer.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, retryAfter: retryAfter !== null, body: await response.text() };
}

it('answers the same for accounts that exist and those that do not; an administrator lifts the lock', async () => {
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  const created = await administrator.rest('POST', '/api/admin/users', BOB);
  const { id } = (await created.json()) as { id: string };
  const guess = async (email: string) => {
    const answers = [];
    for (let i = 0; i < 6; i += 1) answers.push(await attempt(email, 'a wrong password'));
    return answers;
  };
  const known = await guess(BOB.email);
  expect(known.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
  expect(known[5]).toMatchObject({ retryAfter: true });
  expect(await guess('nobody@example.org')).toEqual(known);
  expect(await attempt(BOB.email, BOB.password)).toEqual(known[5]);

  const lifted = await administrator.rest('DELETE', `/api/admin/users/${id}/lock`);
  expect(lifted.status).toBe(204);
  expect((await attempt(BOB.email, BOB.password)).status).toBe(200);
});
