/** Searching over the wire: whose conversations are found, and what becomes of the words that were looked for. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { foundThreadsSchema, MAX_QUERY } from '../../src-shared/api/index.ts';
import { addPerson } from '../support/browser.ts';
import { type Client, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { codeOf } from '../support/uploads.ts';

const BOB = { email: 'bob@example.org', password: 'another good password' };

let foyer: TestFoyer;
let ada: Client;
let bob: Client;
beforeAll(async () => {
  foyer = await startFoyer();
  await addPerson(foyer.url, ADMINISTRATOR, BOB);
  [ada, bob] = await Promise.all([signIn(foyer.url, ADMINISTRATOR), signIn(foyer.url, BOB)]);
});
afterAll(() => foyer.remove());

const search = async (client: Client, query: string) => {
  const answer = await client.rest('POST', '/api/search', { query });
  expect(answer.status).toBe(200);
  return foundThreadsSchema.parse(await answer.json()).threads;
};

it('finds what was asked and answered a moment ago, in one’s own conversations alone', async () => {
  await ada.ask('Where do tulips grow?');
  await expect.poll(() => search(ada, 'tulips')).toHaveLength(1);
  const [found] = await search(ada, 'TULIP');
  expect(found?.title).toBe('Where do tulips grow?');
  expect(found?.excerpt).toContainEqual({ text: 'tulips', match: true });
  expect(await search(bob, 'tulips')).toEqual([]);
  expect(await search(ada, '  ')).toEqual([]);
});

it('refuses what is no query, before anything is looked for', async () => {
  for (const body of [{}, { query: 7 }, { query: 'x'.repeat(MAX_QUERY + 1) }]) {
    const answer = await ada.rest('POST', '/api/search', body);
    expect([answer.status, await codeOf(answer)]).toEqual([422, 'validation']);
  }
});

it('writes down nothing of what was looked for', async () => {
  await search(ada, 'confidential');
  expect(foyer.logged.join('\n')).not.toContain('confidential');
});
