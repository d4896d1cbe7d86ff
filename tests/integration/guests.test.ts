/** Guests leave nothing: not after signing out, and not after kill -9. */
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { userSchema } from '../../src-shared/api/index.ts';
import { type Client, messageInput, signIn } from '../support/client.ts';
import { ADMINISTRATOR, type Headless, makeDataDir, startHeadless } from '../support/headless.ts';
import { uploads } from '../support/uploads.ts';

const GUS = { email: 'gus@example.org', password: 'only passing through' };
const CANARY = 'canary-of-a-guest-5521';

let dataDir: string;
let foyer: Headless;
let gusId: string;
beforeEach(async () => {
  dataDir = makeDataDir();
  foyer = await startHeadless({ dataDir });
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  const created = await administrator.rest('POST', '/api/admin/users', { ...GUS, role: 'guest' });
  gusId = userSchema.parse(await created.json()).id;
});
afterEach(async () => {
  await foyer.kill();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

const guestsFolder = () => path.join(dataDir, 'guests');
const filesIn = (folder: string): string[] =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
    : [];

/** A conversation, a file, a draft: everything a person can leave. */
async function live(gus: Client): Promise<void> {
  for await (const _ of gus.stream('threads.create', { input: messageInput(`Hello ${CANARY}`) })) {
    // Until the answer is there.
  }
  const sent = await uploads(foyer.url, gus).direct(Buffer.from(`A file of ${CANARY}`), `${CANARY}.txt`);
  expect(sent.status).toBe(200);
  const content = [{ type: 'input_text', text: `A draft of ${CANARY}` }];
  const draft = { draft: { content, attachments: [], reply: null }, queue: [], own: [] };
  expect((await gus.rest('PUT', '/api/drafts/new', draft)).status).toBe(204);
}

async function threadsOf(gus: Client): Promise<unknown[]> {
  const answer = await gus.operation('threads.list', {});
  return ((await answer.json()) as { data: unknown[] }).data;
}

it('what a guest writes is there until the last sign-out, for all their sessions', async () => {
  const [here, there] = [await signIn(foyer.url, GUS), await signIn(foyer.url, GUS)];
  await live(here);
  expect(await threadsOf(there)).toHaveLength(1);
  expect(filesIn(guestsFolder()).length).toBeGreaterThan(0);
  expect(fs.existsSync(path.join(dataDir, 'people', gusId))).toBe(false);
  expect((await here.rest('POST', '/api/auth/logout')).ok).toBe(true);
  expect(await threadsOf(there)).toHaveLength(1);
  expect((await there.rest('POST', '/api/auth/logout')).ok).toBe(true);
  await expect.poll(() => filesIn(guestsFolder())).toEqual([]);
  const again = await signIn(foyer.url, GUS);
  expect(await threadsOf(again)).toEqual([]);
  expect(await (await again.rest('GET', '/api/drafts')).json()).toEqual({ drafts: {} });
});

it('kill -9 leaves nothing that can be read, and the next start leaves nothing at all', async () => {
  const gus = await signIn(foyer.url, GUS);
  await live(gus);
  await foyer.kill();

  const left = filesIn(guestsFolder());
  expect(left.some((file) => file.endsWith('history.db'))).toBe(true);
  for (const file of filesIn(dataDir)) {
    expect(fs.readFileSync(file).includes(CANARY), file).toBe(false);
    expect(file).not.toContain(CANARY);
  }
  const history = left.find((file) => file.endsWith('history.db')) ?? '';
  expect(() => new Database(history).prepare('SELECT * FROM items').all()).toThrow('not a database');

  foyer = await startHeadless({ dataDir });
  expect(filesIn(guestsFolder())).toEqual([]);
  expect((await fetch(new URL('/api/users/me', foyer.url), bearer(gus))).status).toBe(401);
  expect(await threadsOf(await signIn(foyer.url, GUS))).toEqual([]);
});

it('what a user wrote is set aside while they are a guest, and comes back', async () => {
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  const become = async (role: string) => {
    const changed = await administrator.rest('PATCH', `/api/admin/users/${gusId}`, { role });
    expect(changed.status).toBe(200);
    return signIn(foyer.url, GUS);
  };
  await live(await become('user'));
  const asGuest = await become('guest');
  expect(await threadsOf(asGuest)).toEqual([]);
  for await (const _ of asGuest.stream('threads.create', { input: messageInput('As a guest') })) {
    // Until the answer is there.
  }
  const back = await become('user');
  expect(filesIn(guestsFolder())).toEqual([]);
  const threads = await threadsOf(back);
  expect(threads).toHaveLength(1);
  expect(JSON.stringify(threads)).toContain(CANARY);
  expect((await administrator.rest('DELETE', `/api/admin/users/${gusId}`)).status).toBe(204);
  expect(filesIn(path.join(dataDir, 'people', gusId))).toEqual([]);
});

function bearer({ token }: Client) {
  return { headers: { Authorization: `Bearer ${token}` } };
}
