/** Taking conversations along over the wire: whose they are, what is in them, and what becomes of a download that ends. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson } from '../support/browser.ts';
import { type Client, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { attachmentOf, codeOf, uploads } from '../support/uploads.ts';
import { unzip } from '../support/zip.ts';

const BOB = { email: 'bob@example.org', password: 'another good password' };

let foyer: TestFoyer;
let ada: Client;
let bob: Client;
let thread = '';
beforeAll(async () => {
  foyer = await startFoyer();
  await addPerson(foyer.url, ADMINISTRATOR, BOB);
  [ada, bob] = await Promise.all([signIn(foyer.url, ADMINISTRATOR), signIn(foyer.url, BOB)]);
  const notes = await uploads(foyer.url, ada).direct(
    Buffer.from('Bulbs in autumn.'),
    'notes é.txt',
    'text/plain',
  );
  const { id } = await attachmentOf(notes);
  const input = { ...messageInput('Where do tulips grow?'), attachments: [id] };
  for await (const event of ada.stream('threads.create', { input })) {
    if (event.type === 'thread.created') thread = event.thread.id;
  }
});
afterAll(() => foyer.remove());

const archive = async (client: Client) => {
  const answer = await client.rest('GET', '/api/export');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="Foyer \d{4}-\d\d-\d\d\.zip"$/,
  );
  return unzip(Buffer.from(await answer.arrayBuffer()));
};

it('gives everything of one’s own, and nothing of anybody else', async () => {
  const files = await archive(ada);
  expect([...files.keys()]).toEqual([
    'README.txt',
    expect.stringMatching(/^conversations\/[\d-]{10} Where do tulips grow \(\w{8}\)\.md$/),
    expect.stringMatching(/^conversations\/[\d-]{10} Where do tulips grow \(\w{8}\)\.json$/),
    expect.stringMatching(/^files\/atc_[0-9a-z]+\.txt$/),
  ]);
  const [, markdown, json, notes] = [...files.values()].map(String);
  expect(notes).toBe('Bulbs in autumn.');
  expect(markdown).toContain('\nWhere do tulips grow?\n');
  expect(markdown).toMatch(/- \[notes é\.txt\]\(\.\.\/files\/atc_[0-9a-z]+\.txt\)/);
  expect(markdown).toMatch(/## Answer · .*UTC\n\n\S/);
  const { items } = JSON.parse(json ?? '') as { items: { type: string }[] };
  expect(items.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['user_message', 'assistant_message']),
  );
  expect([...(await archive(bob)).keys()]).toEqual(['README.txt']);
});

it('gives one conversation to be read, to its owner', async () => {
  const answer = await ada.rest('GET', `/api/export/threads/${thread}`);
  expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[\d-]{10} Where do tulips grow \(\w{8}\)\.md"$/,
  );
  expect(await answer.text()).toMatch(/^# Where do tulips grow\?\n/);
  for (const other of [`/api/export/threads/${thread}x`, '/api/export/threads/..%2F..%2Fx']) {
    const none = await ada.rest('GET', other);
    expect([none.status, await codeOf(none)]).toEqual([404, 'not_found']);
  }
  expect((await bob.rest('GET', `/api/export/threads/${thread}`)).status).toBe(404);
});

it('is noted, without what was in it', async () => {
  await archive(bob);
  const log = await (await ada.rest('GET', '/api/admin/audit?limit=5')).text();
  expect(log).toContain('history.exported');
  expect(log + foyer.logged.join('\n')).not.toMatch(/tulip/i);
});
