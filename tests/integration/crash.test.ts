/** Acknowledged means on disk: kill -9 at any moment, start again, and nothing that was acknowledged is missing. */
import fs from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { messageInput, signIn } from '../support/client.ts';
import { ADMINISTRATOR, makeDataDir, startHeadless } from '../support/headless.ts';

const dataDir = makeDataDir();
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

describe('kill -9 while an answer streams', () => {
  it('keeps every message that was acknowledged', async () => {
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 4; round += 1) {
      const foyer = await startHeadless({ dataDir });
      const client = await signIn(foyer.url, ADMINISTRATOR);
      const rest = setTimeout(() => void foyer.kill(), 60 + round * 90);
      try {
        for (let turn = 0; ; turn += 1) {
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

it('only one Foyer works on a data folder, and says so to the second', async () => {
  const foyer = await startHeadless({ dataDir });
  await expect(startHeadless({ dataDir })).rejects.toThrow(/already running/);
  await foyer.stop();
});

it('names the settings it cannot use and does not start', async () => {
  const env = { ACCESS_TOKEN_EXPIRE_MINUTES: 'soon' };
  await expect(startHeadless({ dataDir, env })).rejects.toThrow(/ACCESS_TOKEN_EXPIRE_MINUTES \("soon"\)/);
});
