/**
 * Who may follow an answer while it is written: the table of authorization.test.ts for what is alive. Checked when
 * somebody subscribes, and again while the stream lives.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeOpenAI } from '../fake-openai/server.ts';
import { type Cast, gather, PEOPLE, STRANGERS } from '../support/cast.ts';
import { type Client, messageInput, signIn } from '../support/client.ts';
import { call, eventsIn } from '../support/endpoint.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';

/** Foyer looks once a second; on a machine with much else to do it may take a little longer until a test sees it. */
const SOON_MS = 2_000;

let model: Awaited<ReturnType<typeof startFakeOpenAI>>;
let foyer: TestFoyer;
let cast: Cast;
beforeAll(async () => {
  model = await startFakeOpenAI();
  foyer = await startFoyer({ env: { OPENAI_BASE_URL: model.url } });
  cast = await gather(foyer);
});
afterAll(async () => {
  await foyer.remove();
  await model.close();
});

const endpoint = (path = '') => new URL(`/api/chatkit${path}`, foyer.url).href;
const bearer = ({ token }: Client) => ({ authorization: `Bearer ${token}` });

/** An answer that is being written for a minute and more, and goes on without its reader. */
async function longRun(owner: Client): Promise<{ runId: string; threadId: string }> {
  const answer = await call(endpoint(), {
    body: { type: 'threads.create', params: { input: messageInput('Go on and on [slow:300]') } },
    headers: { ...bearer(owner), 'foyer-resume': '1' },
    dropAfter: 400,
  });
  const { thread } = JSON.parse(eventsIn(answer.text)[0]!.data) as { thread: { id: string } };
  return { runId: String(answer.headers['foyer-run-id']), threadId: thread.id };
}

const runsOf = async (who: Client, threadId?: string) => {
  const query = threadId === undefined ? '' : `?thread_id=${threadId}`;
  return (await (await who.rest('GET', `/api/chatkit/runs${query}`)).json()) as { data: { id: string }[] };
};

describe('somebody else’s answer', () => {
  let owner: Client;
  let run: { runId: string; threadId: string };
  beforeAll(async () => {
    owner = await cast.as('user');
    run = await longRun(owner);
  });
  afterAll(() => owner.rest('POST', `/api/chatkit/runs/${run.runId}/stop`));

  it.each(STRANGERS)('is not there for somebody %s', async (stranger) => {
    for (const [how, headers] of Object.entries(await cast.tries(stranger))) {
      for (const [method, path] of [
        ['GET', '/runs'],
        ['GET', `/runs/${run.runId}`],
        ['POST', `/runs/${run.runId}/stop`],
      ] as const) {
        const answer = await call(endpoint(path), { method, headers });
        expect(answer.status, `${how}, ${method} ${path}`).toBe(401);
        expect(answer.text).not.toContain('delta');
      }
    }
  });

  it.each(PEOPLE.filter((person) => person !== 'user'))('does not exist for the %s', async (person) => {
    const client = await cast.as(person);
    const headers = bearer(client);
    for (const [method, suffix] of [
      ['GET', ''],
      ['POST', '/stop'],
    ] as const) {
      const theirs = await call(endpoint(`/runs/${run.runId}${suffix}`), { method, headers });
      const nobodys = await call(endpoint(`/runs/run_nothing${suffix}`), { method, headers });
      expect(theirs.status).toBe(404);
      expect(theirs.text).toBe(nobodys.text);
    }
    expect((await runsOf(client)).data).toEqual([]);
    expect((await runsOf(client, run.threadId)).data).toEqual([]);
    expect(
      (await runsOf(owner)).data.map(({ id }) => id),
      'it still runs',
    ).toEqual([run.runId]);
  });

  it('can be followed by its owner', async () => {
    const seen = await call(endpoint(`/runs/${run.runId}`), { headers: bearer(owner), dropAfter: 300 });
    expect(seen.status).toBe(200);
  });
});

/** What takes a right away while an answer is written, by Foyer's own means or behind its back. */
const ENDINGS: Readonly<Record<string, (userId: string, administrator: Client) => unknown>> = {
  'the session runs out': (id) => cast.sql('UPDATE sessions SET expires_at = 1 WHERE user_id = ?', id),
  'the session is gone': (id) => cast.sql('DELETE FROM sessions WHERE user_id = ?', id),
  'the person is deactivated': (id) => cast.sql("UPDATE users SET status = 'deactivated' WHERE id = ?", id),
  'the person becomes a guest': (id) => cast.sql("UPDATE users SET role = 'guest' WHERE id = ?", id),
  'the person is promoted': (id, administrator) =>
    administrator.rest('PATCH', `/api/admin/users/${id}`, { is_admin: true }),
  'the password is reset': (id, administrator) =>
    administrator.rest('PATCH', `/api/admin/users/${id}`, { password: 'quite another battery' }),
  'an administrator ends the sessions': (id, administrator) =>
    administrator.rest('DELETE', `/api/admin/users/${id}/sessions`),
  'the person is deleted': (id, administrator) => administrator.rest('DELETE', `/api/admin/users/${id}`),
};

describe.each(Object.entries(ENDINGS))('when %s', (name, end) => {
  it('the answer ends within a second, for its first reader and for one that came back', async () => {
    const administrator = await cast.as('administrator');
    const email = `${name.replaceAll(/\W/g, '-')}@example.org`;
    const password = 'another battery staple';
    const created = await administrator.rest('POST', '/api/admin/users', { email, password });
    const { id } = (await created.json()) as { id: string };
    cast.sql('UPDATE users SET password_is_temporary = 0 WHERE id = ?', id);
    const person = await signIn(foyer.url, { email, password });
    const { runId } = await longRun(person);

    const back = call(endpoint(`/runs/${runId}`), { headers: bearer(person) });
    const first = call(endpoint(), {
      body: { type: 'threads.create', params: { input: messageInput('Another [slow:300]') } },
      headers: bearer(person),
    });
    await expect.poll(async () => (await runsOf(person)).data.length).toBe(2);
    const at = performance.now();
    await end(id, administrator);
    await Promise.all([back, first]);
    expect(performance.now() - at).toBeLessThan(SOON_MS);
    // Whose session goes on with another role may read what there was; nothing is being written any more.
    const after = await call(endpoint(`/runs/${runId}`), { headers: bearer(person), dropAfter: 1e6 });
    expect(after.status === 401 || after.whole, String(after.status)).toBe(true);
    if (name !== 'the person becomes a guest') expect(after.status).toBe(401);
  });
});
