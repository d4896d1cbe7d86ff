/** Acknowledged means on disk: kill -9 at any moment, start again, and nothing that was acknowledged is missing. */
import fs from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { type Client, messageInput, signIn } from '../support/client.ts';
import { ADMINISTRATOR, makeDataDir, startHeadless } from '../support/headless.ts';

const dataDir = makeDataDir();
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

describe('kill -9 while an answer streams', () => {
  it('keeps every message that was acknowledged', async () => {
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 4; round += 1) {
      const foyer = await startHeadless({ dataDir });
      const client = await signIn(foyer.url, ADMINISTRATOR);
      let rest: NodeJS.Timeout | undefined;
      try {
        for (let turn = 0; ; turn += 1) {
          // Counted from a turn and not from the start: a slow machine has something to lose too.
          if (turn === 2) rest = setTimeout(() => void foyer.kill(), 20 + round * 90);
          const text = `round ${round} turn ${turn}`;
          for await (const event of client.stream('threads.create', { input: messageInput(text) })) {
            if (event.type === 'thread.item.done') acknowledged.set(event.item.id, event.item.thread_id);
          }
        }
      } catch {
        // The process is gone: what was acknowledged before that counts.
      }
      clearTimeout(rest);
      await foyer.kill();
    }
    expect(acknowledged.size).toBeGreaterThan(4);

    const foyer = await startHeadless({ dataDir });
    const client = await signIn(foyer.url, ADMINISTRATOR);
    for (const thread_id of new Set(acknowledged.values())) {
      const page = (await (await client.operation('items.list', { thread_id, limit: 100 })).json()) as {
        data: { id: string }[];
      };
      const stored = new Set(page.data.map((item) => item.id));
      const expected = [...acknowledged].filter(([, thread]) => thread === thread_id).map(([id]) => id);
      expect(expected.filter((id) => !stored.has(id))).toEqual([]);
    }
    expect(await foyer.stop()).toBe(0);
  }, 60_000);
});

describe('kill -9 between renames, retries and deletions', () => {
  it('keeps what was acknowledged, and nothing comes back', async () => {
    type Step = 'renamed' | 'retried' | 'deleted';
    const steps: readonly Step[] = ['renamed', 'retried', 'deleted'];
    const titles = new Map<string, string>();
    const messages = new Map<string, string>();
    const deleted = new Set<string>();

    /** One thread's life; what it notes was acknowledged, and nothing that is still under way. */
    const live = async (
      client: Client,
      title: string,
      isDeleted: boolean,
      acknowledged: (step: Step) => void,
    ) => {
      const events = await client.ask(title);
      const message = events.find(
        (event) => event.type === 'thread.item.done' && event.item.type === 'user_message',
      );
      if (message?.type !== 'thread.item.done') throw new Error('the message was not acknowledged');
      const { id: item_id, thread_id } = message.item;
      messages.set(thread_id, item_id);
      const renamed = await client.operation('threads.update', { thread_id, title });
      expect(renamed.status).toBe(200);
      titles.set(thread_id, title);
      acknowledged('renamed');
      for await (const event of client.stream('threads.retry_after_item', { thread_id, item_id })) {
        expect(event).not.toMatchObject({ type: 'thread.item.removed', item_id });
      }
      acknowledged('retried');
      if (!isDeleted) return;
      // A deletion that the kill cuts short may have happened or not: neither is a loss.
      messages.delete(thread_id);
      titles.delete(thread_id);
      const gone = await client.operation('threads.delete', { thread_id });
      expect(gone.status).toBe(200);
      deleted.add(thread_id);
      acknowledged('deleted');
    };

    for (const last of steps) {
      const foyer = await startHeadless({ dataDir });
      const client = await signIn(foyer.url, ADMINISTRATOR);
      let isKilled = false;
      try {
        for (let turn = 0; ; turn += 1) {
          await live(client, `title ${last} ${turn}`, turn % 2 === 0, (step) => {
            if (turn === 0 || step !== last) return;
            isKilled = true;
            void foyer.kill();
          });
        }
      } catch (error) {
        if (!isKilled) throw error;
      } finally {
        await foyer.kill();
      }
    }
    expect(titles.size).toBeGreaterThan(2);
    expect(deleted.size).toBeGreaterThan(2);

    const foyer = await startHeadless({ dataDir });
    const client = await signIn(foyer.url, ADMINISTRATOR);
    for (const [thread_id, item_id] of messages) {
      const thread = (await (await client.operation('threads.get_by_id', { thread_id })).json()) as {
        title: string | null;
        items: { data: { id: string }[] };
      };
      const title = titles.get(thread_id);
      if (title !== undefined) expect(thread.title).toBe(title);
      expect(thread.items.data.filter((item) => item.id === item_id)).toHaveLength(1);
    }
    for (const thread_id of deleted) {
      expect((await client.operation('threads.get_by_id', { thread_id })).status).toBe(404);
    }
    expect(await foyer.stop()).toBe(0);
  }, 60_000);
});

it('only one Foyer works on a data folder, and says so to the second', async () => {
  const foyer = await startHeadless({ dataDir });
  await expect(startHeadless({ dataDir })).rejects.toThrow(/already running/);
  await foyer.stop();
});

it('names the settings it cannot use and does not start', async () => {
  const env = { ACCESS_TOKEN_EXPIRE_MINUTES: 'soon' };
  await expect(startHeadless({ dataDir, env })).rejects.toThrow(/ACCESS_TOKEN_EXPIRE_MINUTES \("soon"\)/);
});
