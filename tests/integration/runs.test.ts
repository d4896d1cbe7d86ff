/** Turns that outlive their connection, through every layer of Foyer: who may come back, and what ends them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeOpenAI } from '../fake-openai/server.ts';
import { type Client, clientWith, messageInput, signIn } from '../support/client.ts';
import { call, eventsIn } from '../support/endpoint.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

interface StoredItem {
  type: string;
  content: { text: string }[];
}

let model: Awaited<ReturnType<typeof startFakeOpenAI>>;
let foyer: TestFoyer;
let client: Client;
const start = async (dataDir?: string) => {
  foyer = await startFoyer({
    env: { OPENAI_BASE_URL: model.url },
    ...(dataDir === undefined ? {} : { dataDir }),
  });
  client = await signIn(foyer.url, ADMINISTRATOR);
};
beforeAll(async () => {
  model = await startFakeOpenAI();
  await start();
});
afterAll(async () => {
  await foyer.remove();
  await model.close();
});

const endpoint = (path = '') => new URL(`/api/chatkit${path}`, foyer.url).href;
const bearer = ({ token }: Client) => ({ authorization: `Bearer ${token}` });

/** Asks, and loses the connection after a few deltas. */
async function askAndDrop(text: string, asking = client) {
  const answer = await call(endpoint(), {
    body: { type: 'threads.create', params: { input: messageInput(text) } },
    headers: { ...bearer(asking), 'foyer-resume': '1' },
    dropAfter: 1_600,
  });
  expect(answer.whole).toBe(false);
  const events = eventsIn(answer.text);
  const { thread } = JSON.parse(events[0]!.data) as { thread: { id: string } };
  return { runId: String(answer.headers['foyer-run-id']), threadId: thread.id, events };
}

const itemsOf = async (threadId: string): Promise<StoredItem[]> => {
  const answer = await client.operation('items.list', { thread_id: threadId, order: 'asc' });
  return ((await answer.json()) as { data: StoredItem[] }).data;
};

describe('a client that lost its connection', () => {
  it('gets the rest of the answer once, and the answer is kept as a whole', async () => {
    const { runId, threadId, events } = await askAndDrop('Tell me about lobbies [slow:5]');
    const rest = await call(endpoint(`/runs/${runId}`), {
      headers: { ...bearer(client), 'last-event-id': String(events.length) },
    });
    const all = [...events, ...eventsIn(rest.text)];
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
    const deltas = all
      .map(({ data }) => JSON.parse(data) as { update?: { delta?: string } })
      .map(({ update }) => update?.delta ?? '')
      .join('');
    const [, answer] = await itemsOf(threadId);
    expect(answer?.content[0]?.text).toBe(deltas);
  });

  it('gets the rest from another session of the same person, but nobody else does, in their language', async () => {
    const { runId } = await askAndDrop('Go on [slow:50]');
    const other = await signIn(foyer.url, ADMINISTRATOR);
    const seen = await call(endpoint(`/runs/${runId}`), { headers: bearer(other), dropAfter: 500 });
    expect(seen.status).toBe(200);

    const person = { email: 'bea@example.org', password: 'a good password' };
    expect((await client.rest('POST', '/api/admin/users', person)).status).toBe(201);
    const bea = await signIn(foyer.url, person);
    for (const [method, path] of [
      ['GET', `/runs/${runId}`],
      ['POST', `/runs/${runId}/stop`],
    ] as const) {
      const headers = { ...bearer(bea), 'accept-language': 'fr' };
      const refused = await call(endpoint(path), { method, headers });
      expect(refused.status).toBe(404);
      expect(refused.text).toContain('Ce qui a été enregistré');
    }
    const nobody = await call(endpoint(`/runs/${runId}`));
    expect(nobody.status).toBe(401);
    expect((await client.rest('POST', `/api/chatkit/runs/${runId}/stop`)).status).toBe(200);
  });

  it('signing out ends the turn and what reads it; what was written is kept', async () => {
    const leaving = await signIn(foyer.url, ADMINISTRATOR);
    const { runId, threadId } = await askAndDrop('Go on and on [slow:50]', leaving);
    const reading = call(endpoint(`/runs/${runId}`), { headers: bearer(client) });
    expect((await leaving.rest('POST', '/api/auth/logout')).ok).toBe(true);
    expect((await reading).whole).toBe(true);
    const items = await itemsOf(threadId);
    expect(items.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
    expect(items[1]?.content[0]?.text).not.toBe('');
  });

  it('signing out ends a reader of somebody’s other session, not the turn', async () => {
    const { runId } = await askAndDrop('Go on and on [slow:50]');
    const leaving = await signIn(foyer.url, ADMINISTRATOR);
    const reading = call(endpoint(`/runs/${runId}`), { headers: bearer(leaving) });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await leaving.rest('POST', '/api/auth/logout')).ok).toBe(true);
    expect((await reading).whole).toBe(false);
    const stopped = await clientWith(foyer.url, client.token).rest('POST', `/api/chatkit/runs/${runId}/stop`);
    expect(await stopped.json()).toEqual({ id: runId, status: 'stopped' });
  });

  it('closing Foyer writes what the turn had', async () => {
    const { threadId } = await askAndDrop('Go on and on [slow:50]');
    const { dataDir } = foyer;
    await foyer.close();
    await start(dataDir);
    const items = await itemsOf(threadId);
    expect(items.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
    expect(items[1]?.content[0]?.text).not.toBe('');
  });
});
