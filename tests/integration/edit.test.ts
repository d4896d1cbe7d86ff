/** Editing a sent message through every layer: HTTP, rules, history, model; and what a crash leaves of it. */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThreadItem } from '../../src-shared/chatkit/index.ts';
import { startFakeOpenAI } from '../fake-openai/server.ts';
import { answerText, type Client, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR, makeDataDir, startHeadless } from '../support/headless.ts';

const OTHER = { email: 'bob@example.org', password: 'another battery staple' };

async function itemsOf(client: Client, thread_id: string): Promise<ThreadItem[]> {
  const answer = await client.operation('items.list', { thread_id, order: 'asc', limit: 1000 });
  const page = (await answer.json()) as { data: ThreadItem[] };
  return page.data;
}

const textOf = (item: ThreadItem) =>
  item.type === 'user_message' ? item.content.map(({ text }) => text).join('') : '';
const questions = (items: readonly ThreadItem[]) => items.filter(({ type }) => type === 'user_message');

/** A thread in which these were asked and answered. */
async function conversation(client: Client, ...texts: string[]) {
  let thread_id = '';
  for (const text of texts) {
    for (const event of await client.ask(text, thread_id || undefined)) {
      if (event.type === 'thread.created') thread_id = event.thread.id;
    }
  }
  const items = await itemsOf(client, thread_id);
  const ids = questions(items).map(({ id }) => id);
  return { thread_id, items, ids };
}

describe('an edited message', () => {
  let model: Awaited<ReturnType<typeof startFakeOpenAI>>;
  let foyer: TestFoyer;
  let client: Client;
  let other: Client;
  beforeAll(async () => {
    model = await startFakeOpenAI();
    foyer = await startFoyer({ env: { OPENAI_BASE_URL: model.url, OPENAI_API_MODE: 'chat' } });
    client = await signIn(foyer.url, ADMINISTRATOR);
    expect((await client.rest('POST', '/api/admin/users', OTHER)).status).toBe(201);
    other = await signIn(foyer.url, OTHER);
  });
  afterAll(async () => {
    await foyer.remove();
    await model.close();
  });
  const edit = (who: Client, thread_id: string, item_id: string | undefined, text: string) =>
    who.operation('threads.edit_user_message', { thread_id, item_id, input: messageInput(text) });
  const editAndWait = async (who: Client, thread_id: string, item_id: string | undefined, text: string) => {
    const events = [];
    const params = { thread_id, item_id, input: messageInput(text) };
    for await (const event of who.stream('threads.edit_user_message', params)) events.push(event);
    return events;
  };

  it('is what the model gets, and what was taken back it does not', async () => {
    const { thread_id, ids } = await conversation(client, 'I like teal', 'I like mauve', 'I like ochre');
    const events = await editAndWait(client, thread_id, ids[1], 'I like beige');
    expect(answerText(events)).not.toBe('');
    const asked = JSON.stringify(model.requests.at(-1)?.body);
    expect(asked).toContain('teal');
    expect(asked).toContain('beige');
    expect(asked).not.toMatch(/mauve|ochre/);
    expect(questions(await itemsOf(client, thread_id)).map(textOf)).toEqual(['I like teal', 'I like beige']);
  });

  it('is refused while an answer is being written, and that goes on', async () => {
    const { thread_id, ids } = await conversation(client, 'One');
    const running = client.ask('Long [slow:40]', thread_id);
    await expect.poll(async () => questions(await itemsOf(client, thread_id)).length).toBe(2);
    const refused = await edit(client, thread_id, ids[0], 'Uno');
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: { code: 'busy' } });
    expect(answerText(await running)).not.toBe('');
    expect(questions(await itemsOf(client, thread_id)).map(textOf)).toEqual(['One', 'Long [slow:40]']);
  });

  it('is refused with nothing changed where the rules of the person say no', async () => {
    const path = '/api/admin/policies/roles/user';
    // Messages are counted from when there is a limit.
    expect((await client.rest('PUT', path, { requests_per_minute: 2 })).status).toBe(200);
    const { thread_id, ids, items } = await conversation(other, 'One', 'Two');
    for (const [rules, status] of [
      [{ requests_per_minute: 2 }, 429],
      [{ models: [] }, 403],
      [{ tokens_per_day: 0 }, 403],
    ] as const) {
      expect((await client.rest('PUT', path, rules)).status).toBe(200);
      const refused = await edit(other, thread_id, ids[0], 'Uno');
      expect(refused.status, JSON.stringify(rules)).toBe(status);
      const { error } = (await refused.json()) as { error: { code: string; message: string } };
      expect(error).toMatchObject({
        code: 'not_admitted',
        message: expect.stringContaining('Nothing was changed.'),
      });
      expect(await itemsOf(other, thread_id)).toEqual(items);
    }
    expect((await client.rest('DELETE', path)).ok).toBe(true);
    expect(questions(await itemsOf(other, thread_id))).toHaveLength(2);
    await editAndWait(other, thread_id, ids[0], 'Uno');
    expect(questions(await itemsOf(other, thread_id)).map(textOf)).toEqual(['Uno']);
  });

  it('says in French why not', async () => {
    const { thread_id, items } = await conversation(client, 'One');
    const answer = items.find(({ type }) => type === 'assistant_message');
    const refused = await fetch(new URL('/api/chatkit', foyer.url), {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${client.token}`,
        'Content-Type': 'application/json',
        'Accept-Language': 'fr',
      },
      body: JSON.stringify({
        type: 'threads.edit_user_message',
        params: { thread_id, item_id: answer?.id, input: messageInput('Uno') },
      }),
    });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      error: { code: 'not_editable', message: expect.stringContaining('Rien n’a été') },
    });
  });

  it('keeps the files that it still has, also for the model', async () => {
    const form = new FormData();
    form.set('file', new Blob(['zinnia seeds'], { type: 'text/plain' }), 'seeds.txt');
    const uploaded = await fetch(new URL('/api/attachments', foyer.url), {
      method: 'POST',
      headers: { Authorization: `Bearer ${client.token}` },
      body: form,
    });
    const { id } = (await uploaded.json()) as { id: string };
    let thread_id = '';
    const input = { ...messageInput('Read this'), attachments: [id] };
    for await (const event of client.stream('threads.create', { input })) {
      if (event.type === 'thread.created') thread_id = event.thread.id;
    }
    const [item] = questions(await itemsOf(client, thread_id));
    const again = { ...messageInput('Read this well'), attachments: [id] };
    const params = { thread_id, item_id: item?.id, input: again };
    for await (const event of client.stream('threads.edit_user_message', params)) {
      expect(event.type).not.toBe('error');
    }
    expect(JSON.stringify(model.requests.at(-1)?.body)).toContain('zinnia seeds');
    expect((await client.rest('GET', `/api/attachments/${id}`)).status).toBe(200);
  });
});

describe('kill -9 while messages are edited', () => {
  const dataDir = makeDataDir();
  afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

  it('leaves the old message or the new one, never both and never half', { timeout: 90_000 }, async () => {
    const ROUNDS = 6;
    const long = 'word '.repeat(2_000);
    let thread_id = '';
    let acknowledged = 0;
    let text = 'edit 0';
    /** What was sent last; it may be on disk without anybody having heard of it. */
    let sent = text;
    let names = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const foyer = await startHeadless({ dataDir });
      const client = await signIn(foyer.url, ADMINISTRATOR);
      if (round === 0) {
        ({ thread_id } = await conversation(client, 'first'));
        for await (const event of client.stream('threads.add_user_message', {
          thread_id,
          input: messageInput(text),
        })) {
          if (event.type === 'thread.item.done' && event.item.type === 'user_message') continue;
        }
      }
      const asked = questions(await itemsOf(client, thread_id));
      // The newest one that was acknowledged, or the one after it, which may have reached the disk too.
      const [first, second] = asked.map((item) => textOf(item).replace(long, ''));
      expect(asked).toHaveLength(2);
      expect(first).toBe('first');
      expect([text, sent]).toContain(second);
      text = second ?? '';
      if (round === ROUNDS) {
        expect(await foyer.stop()).toBe(0);
        break;
      }
      let item_id = asked[1]?.id;
      let isKilled = false;
      let timer: NodeJS.Timeout | undefined;
      // However slow the machine is: at another moment of the edits that follow the first.
      const killSoon = () => {
        timer ??= setTimeout(
          () => {
            isKilled = true;
            void foyer.kill();
          },
          20 + round * 37,
        );
      };
      try {
        for (;;) {
          const leave = new AbortController();
          names += 1;
          sent = `edit ${names}`;
          const input = messageInput(`${sent}${long}`);
          const params = { thread_id, item_id, input };
          const response = await client.operation('threads.edit_user_message', params, leave.signal);
          if (response.status === 409) {
            // The answer before has not been stopped yet.
            await new Promise((resolve) => setTimeout(resolve, 2));
            continue;
          }
          expect(response.status).toBe(200);
          const reader = response.body?.getReader();
          let seen = '';
          for (;;) {
            const chunk = await reader?.read();
            if (chunk === undefined || chunk.done) throw new Error('cut off');
            seen += new TextDecoder().decode(chunk.value);
            const [, id] = /"thread\.item\.done".*?"id":"(msg_[^"]+)"/.exec(seen) ?? [];
            if (id === undefined) continue;
            item_id = id;
            text = sent;
            acknowledged += 1;
            killSoon();
            break;
          }
          leave.abort();
        }
      } catch (error) {
        if (!isKilled) throw error;
      }
      clearTimeout(timer);
      await foyer.kill();
    }
    expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS);
  });
});
