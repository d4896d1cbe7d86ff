/** Seeing where one is signed in, and ending it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessionListSchema } from '../../src-shared/api/index.ts';
import { type Client, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

const BOB = { email: 'bob@example.org', password: 'another battery staple' };
let foyer: TestFoyer;
let administrator: Client;
let bobId: string;
beforeAll(async () => {
  foyer = await startFoyer();
  administrator = await signIn(foyer.url, ADMINISTRATOR);
  const created = await administrator.rest('POST', '/api/admin/users', BOB);
  bobId = ((await created.json()) as { id: string }).id;
});
afterAll(() => foyer.remove());

const list = async (client: Client) =>
  sessionListSchema.parse(await (await client.rest('GET', '/api/users/me/sessions')).json()).sessions;
const end = async (client: Client, path: string) => (await client.rest('DELETE', path)).status;
const alive = async (client: Client) => (await client.rest('GET', '/api/users/me')).status === 200;
const own = async (client: Client) => (await list(client)).find(({ current }) => current)?.id ?? '';

it('lists the own sessions and ends one, whose token dies', async () => {
  const [here, there] = [await signIn(foyer.url, BOB), await signIn(foyer.url, BOB)];
  const sessions = await list(here);
  expect(sessions).toHaveLength(2);
  expect(sessions.filter(({ current }) => current)).toHaveLength(1);
  expect(await end(here, `/api/users/me/sessions/${await own(there)}`)).toBe(204);
  expect([await alive(here), await alive(there)]).toEqual([true, false]);
  expect(await end(here, '/api/users/me/sessions?all=true')).toBe(204);
  expect(await alive(here)).toBe(false);
});

it('ends nobody else’s session', async () => {
  const bob = await signIn(foyer.url, BOB);
  expect(await end(bob, `/api/users/me/sessions/${await own(administrator)}`)).toBe(404);
  expect(await end(bob, '/api/users/me/sessions')).toBe(204);
  expect([await alive(bob), await alive(administrator)]).toEqual([true, true]);
});

it('signs out everywhere else, and an administrator signs a person out everywhere', async () => {
  const [here, there] = [await signIn(foyer.url, BOB), await signIn(foyer.url, BOB)];
  expect(await end(here, '/api/users/me/sessions')).toBe(204);
  expect([await alive(here), await alive(there)]).toEqual([true, false]);
  expect(await end(administrator, `/api/admin/users/${bobId}/sessions`)).toBe(204);
  expect(await alive(here)).toBe(false);
  expect(await end(administrator, '/api/admin/users/usr_nobody/sessions')).toBe(404);
});
