/** A turn through every layer: HTTP, protocol, agents, model, history; and what people may see of each other. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import { startFakeOpenAI } from '../fake-openai/server.ts';
import { answerText, type Client, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

interface ThreadList {
  data: { id: string; title?: string }[];
}

const threadIdOf = (events: readonly ThreadStreamEvent[]) => {
  const created = events.find((event) => event.type === 'thread.created');
  if (created?.type !== 'thread.created') throw new Error('no thread.created');
  return created.thread.id;
};
const listThreads = async (client: Client) =>
  (await (await client.operation('threads.list', {})).json()) as ThreadList;
const deltasOf = (events: readonly ThreadStreamEvent[]) =>
  events.flatMap((event) =>
    event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta'
      ? [event.update.delta]
      : [],
  );

describe.each(['responses', 'chat'] as const)('with a model server in %s mode', (mode) => {
  let model: Awaited<ReturnType<typeof startFakeOpenAI>>;
  let foyer: TestFoyer;
  let client: Client;
  beforeAll(async () => {
    model = await startFakeOpenAI({ apiKey: 'sk-right' });
    foyer = await startFoyer({
      env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'sk-right', OPENAI_API_MODE: mode },
    });
    client = await signIn(foyer.url, ADMINISTRATOR);
  });
  afterAll(async () => {
    await foyer.remove();
    await model.close();
  });

  it('streams the answer in many pieces and keeps it, with a title', async () => {
    const events = await client.ask('Tell me about lobbies [slow:5]');
    expect(events[0]?.type).toBe('thread.created');
    expect(deltasOf(events).length).toBeGreaterThan(3);
    expect(deltasOf(events).join('')).toBe(answerText(events));
    const thread_id = threadIdOf(events);

    const thread = (await (await client.operation('threads.get_by_id', { thread_id })).json()) as {
      title: string;
      items: { data: { type: string; content?: { text: string }[] }[] };
    };
    expect(thread.title).toContain('Tell me about lobbies');
    const stored = thread.items.data.filter((item) => item.type === 'assistant_message');
    expect(stored.flatMap((item) => item.content?.map((part) => part.text)).join('')).toBe(
      answerText(events),
    );
  });

  it('gives the model what was said before', async () => {
    const first = await client.ask('My favourite colour is teal.');
    await client.ask('Which colour?', threadIdOf(first));
    expect(JSON.stringify(model.requests.at(-1)?.body)).toContain('favourite colour is teal');
    expect(JSON.stringify(model.requests.at(-1)?.body)).toMatch(
      mode === 'responses' ? /"store":false/ : /"stream":true/,
    );
  });

  it('keeps what was said when the reader stops, and goes on from there', async () => {
    const controller = new AbortController();
    const stream = client.stream(
      'threads.create',
      { input: messageInput('Long [slow:40]') },
      controller.signal,
    );
    let thread_id = '';
    await (async () => {
      for await (const event of stream) {
        if (event.type === 'thread.created') thread_id = event.thread.id;
        if (deltasOf([event]).length > 0) controller.abort();
      }
    })().catch(() => undefined);
    const items = async () =>
      (await (await client.operation('items.list', { thread_id, order: 'asc' })).json()) as {
        data: { type: string; content: { text: string }[] }[];
      };
    await expect
      .poll(async () => (await items()).data.map((item) => item.type))
      .toEqual(['user_message', 'assistant_message']);
    expect((await items()).data[1]?.content[0]?.text.length).toBeGreaterThan(0);
    const next = await client.ask('And now?', thread_id);
    expect(answerText(next)).not.toBe('');
  });

  it.each(['[status:401]', '[status:500]', '[cut]', '[html]', '[empty]'])(
    'says what went wrong with %s, keeps the question, and hides keys',
    async (scenario) => {
      const events = await client.ask(`Please answer ${scenario}`);
      const error = events.find((event) => event.type === 'error');
      expect(error).toMatchObject({ type: 'error', message: expect.any(String) });
      expect(JSON.stringify(events)).not.toContain('sk-right');
      const items = await client.operation('items.list', { thread_id: threadIdOf(events) });
      expect(JSON.stringify(await items.json())).toContain('Please answer');
    },
    20_000,
  );
});

describe('without a key', () => {
  let foyer: TestFoyer;
  beforeAll(async () => {
    foyer = await startFoyer();
  });
  afterAll(() => foyer.remove());

  it('the offline guide answers, says what it is, and streams', async () => {
    const client = await signIn(foyer.url, ADMINISTRATOR);
    const events = await client.ask('How do I connect Ollama?');
    expect(deltasOf(events).length).toBeGreaterThan(3);
    expect(answerText(events)).toMatch(/guide/i);
    expect(answerText(events)).toContain('11434');
  });

  it('nobody sees the threads of others, whatever they try', async () => {
    const administrator = await signIn(foyer.url, ADMINISTRATOR);
    const person = { email: 'bea@example.org', password: 'a good password' };
    expect((await administrator.rest('POST', '/api/admin/users', person)).status).toBe(201);
    const bea = await signIn(foyer.url, person);
    const events = await bea.ask('Bea has a secret');
    const thread_id = threadIdOf(events);
    const item_id = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item.id] : []))[0]!;

    expect((await listThreads(administrator)).data.map((thread) => thread.id)).not.toContain(thread_id);
    const attempts: [string, object][] = [
      ['threads.get_by_id', { thread_id }],
      ['threads.update', { thread_id, title: 'mine' }],
      ['items.list', { thread_id }],
      ['threads.add_user_message', { thread_id, input: messageInput('hi') }],
      ['threads.retry_after_item', { thread_id, item_id }],
      ['threads.custom_action', { thread_id, item_id, action: { type: 'x' } }],
      ['threads.add_client_tool_output', { thread_id, result: {} }],
    ];
    for (const [type, params] of attempts) {
      expect([type, (await administrator.operation(type, params)).status]).toEqual([type, 404]);
    }
    await administrator.operation('threads.delete', { thread_id });
    expect((await listThreads(bea)).data.map((thread) => thread.id)).toContain(thread_id);
  });

  it('no file holds what was typed in the clear', async () => {
    const client = await signIn(foyer.url, ADMINISTRATOR);
    const canary = 'CANARY-quokka-7731';
    const events = await client.ask(`Remember ${canary}`);
    expect(JSON.stringify(events)).toContain(canary);
    const message = {
      content: [{ type: 'input_text', text: `half-written ${canary}` }],
      attachments: [],
      reply: canary,
    };
    for (const key of ['new', threadIdOf(events)]) {
      const kept = { draft: message, queue: [{ draft: message, tool: null, model: null }], own: [] };
      expect((await client.rest('PUT', `/api/drafts/${key}`, kept)).status).toBe(204);
    }
    const files = fs
      .readdirSync(foyer.dataDir, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.some((file) => file.endsWith('history.db'))).toBe(true);
    const found = files.filter((file) => {
      const bytes = fs.readFileSync(file);
      return bytes.includes(canary) || bytes.includes(Buffer.from(canary, 'utf16le'));
    });
    expect(found).toEqual([]);
  });
});

it('lets people choose among the models that are offered, and no other', async () => {
  const model = await startFakeOpenAI();
  const foyer = await startFoyer({
    env: { OPENAI_BASE_URL: model.url, CHATKIT_AGENT_MODEL: 'usual', CHATKIT_AGENT_MODELS: 'large, usual' },
  });
  try {
    const client = await signIn(foyer.url, ADMINISTRATOR);
    const status = (await (await client.rest('GET', '/api/status')).json()) as { models: string[] };
    expect(status.models).toEqual(['usual', 'large']);
    const ask = async (name: string) => {
      const input = { ...messageInput('Which one?'), inference_options: { model: name } };
      const events: ThreadStreamEvent[] = [];
      for await (const event of client.stream('threads.create', { input })) events.push(event);
      return events;
    };
    expect((await ask('large')).some(({ type }) => type === 'error')).toBe(false);
    expect(model.requests.at(-1)?.body).toMatchObject({ model: 'large' });
    const before = model.requests.length;
    expect((await ask('secret')).at(-1)).toMatchObject({ type: 'error' });
    expect(model.requests).toHaveLength(before);
  } finally {
    await foyer.remove();
    await model.close();
  }
});

it('ends the streams of a person whose account is deleted', async () => {
  const model = await startFakeOpenAI();
  const foyer = await startFoyer({ env: { OPENAI_BASE_URL: model.url } });
  try {
    const administrator = await signIn(foyer.url, ADMINISTRATOR);
    const person = { email: 'cy@example.org', password: 'a good password' };
    const { id } = (await (await administrator.rest('POST', '/api/admin/users', person)).json()) as {
      id: string;
    };
    const cy = await signIn(foyer.url, person);
    const stream = cy.stream('threads.create', { input: messageInput('Go on and on [slow:100]') });
    let next = await stream.next();
    while (!next.done && deltasOf([next.value]).length === 0) next = await stream.next();
    await administrator.rest('DELETE', `/api/admin/users/${id}`);
    const ended = (async () => {
      while (!(await stream.next()).done);
    })().catch(() => undefined);
    const late = new Promise((resolve) => setTimeout(resolve, 3_000, 'late'));
    expect(await Promise.race([ended, late])).not.toBe('late');
  } finally {
    await foyer.remove();
    await model.close();
  }
});
