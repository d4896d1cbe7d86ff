/** Which new passwords are taken, wherever one can be set. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

let foyer: TestFoyer;
let administrator: Client;
beforeAll(async () => {
  foyer = await startFoyer();
  administrator = await signIn(foyer.url, ADMINISTRATOR);
});
afterAll(() => foyer.remove());

const outcome = async (response: Response) => {
  const body = response.status === 204 ? null : ((await response.json()) as { error?: { code: string } });
  return [response.status, body?.error?.code ?? null];
};

it.each([
  ['too short', 'eleven char', 'validation'],
  ['among the commonest', 'Password1234!', 'password_common'],
  ['the own address', 'carol.king@example.org', 'password_own_address'],
])('a password that is %s is refused at creation, reset and change', async (_what, password, code) => {
  const email = 'carol.king@example.org';
  const create = (value: string) =>
    administrator.rest('POST', '/api/admin/users', { email, password: value });
  expect(await outcome(await create(password))).toEqual([422, code]);

  const good = 'seven quiet lanterns';
  const made = await create(good);
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  const reset = await administrator.rest('PATCH', `/api/admin/users/${id}`, { password });
  expect(await outcome(reset)).toEqual([422, code]);

  const carol = await signIn(foyer.url, { email, password: good });
  const change = (value: string) =>
    carol.rest('POST', '/api/users/me/password', { current_password: good, new_password: value });
  expect(await outcome(await change(password))).toEqual([422, code]);
  expect(await outcome(await change('eight quiet lanterns'))).toEqual([204, null]);
  expect((await administrator.rest('DELETE', `/api/admin/users/${id}`)).status).toBe(204);
});
