/** Random sequences of operations against the model; random disconnects; every prefix of every stream. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store, ThreadItem } from '../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../src-server/context.ts';
import { isHiddenItem } from '../../src-shared/chatkit/index.ts';
import { openStore, type StoreKind } from '../conformance/stores.ts';
import { command, runCommands } from './commands.ts';
import { applyTurn, type ModelThread, type Step, textOf, turn } from './model.ts';
import { allItems, input, scripted } from './server.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 60);
const STORES: readonly StoreKind[] = ['memory', 'sqlite'];

describe.each(STORES)('the protocol on the %s store', (kind) => {
  it('holds what the model holds, whatever is done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 20 }), async (commands) => {
        const { store, close } = openStore(kind);
        try {
          await runCommands(commands, store);
        } finally {
          await close();
        }
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 30_000 },
    );
  }, 60_000);

  it('loses nothing that was told, wherever the client goes away, and goes on from there', async () => {
    await fc.assert(
      fc.asyncProperty(turn, turn, fc.nat({ max: 40 }), async (first, second, cut) => {
        const { store, close } = openStore(kind);
        try {
          await checkDisconnect(store, first, second, cut + 1);
        } finally {
          await close();
        }
      }),
      { numRuns: RUNS * 2, interruptAfterTimeLimit: 30_000 },
    );
  }, 60_000);

  it('keeps cursors while somebody else writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('asc' as const, 'desc' as const),
        async (count, limit, order) => {
          const { store, close } = openStore(kind);
          try {
            const { stream, json } = scripted(store);
            const [created] = (await stream({ type: 'threads.create', params: { input: input('0') } }, []))
              .events;
            const thread_id = created?.type === 'thread.created' ? created.thread.id : '';
            for (let index = 1; index < count; index += 1) {
              await stream(
                { type: 'threads.add_user_message', params: { thread_id, input: input(String(index)) } },
                [],
              );
            }
            const before = (await allItems(store, thread_id)).map((item) => item.id);
            const seen: string[] = [];
            for (let after: string | null | undefined = null; ; ) {
              const page = (await json({
                type: 'items.list',
                params: { thread_id, limit, order, after },
              })) as {
                data: { id: string }[];
                has_more: boolean;
                after?: string;
              };
              seen.push(...page.data.map((item) => item.id));
              if (!page.has_more || seen.length > 200) break;
              after = page.after;
              if (order === 'desc' || seen.length < count) {
                await stream(
                  { type: 'threads.add_user_message', params: { thread_id, input: input('new') } },
                  [],
                );
              }
            }
            const old = seen.filter((id) => before.includes(id));
            expect(old).toEqual(order === 'asc' ? before : before.toReversed());
            expect(new Set(seen).size).toBe(seen.length);
          } finally {
            await close();
          }
        },
      ),
      { numRuns: Math.ceil(RUNS / 3), interruptAfterTimeLimit: 20_000 },
    );
  }, 60_000);
});

async function checkDisconnect(
  store: Store<RequestContext>,
  first: readonly Step[],
  second: readonly Step[],
  cut: number,
): Promise<void> {
  const { stream } = scripted(store);
  const { events, number } = await stream(
    { type: 'threads.create', params: { input: input('start') } },
    first,
    cut,
  );
  const [created] = events;
  if (created?.type !== 'thread.created') throw new Error('not created');
  const thread_id = created.thread.id;
  const items = await allItems(store, thread_id);
  const byId = new Map(items.map((item) => [item.id, item]));
  expect(byId.size).toBe(items.length);
  const told = new Map<string, ThreadItem | null>();
  const pending = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'thread.item.added') pending.set(event.item.id, '');
    else if (event.type === 'thread.item.updated') {
      if (event.update.type === 'assistant_message.content_part.text_delta') {
        pending.set(event.item_id, (pending.get(event.item_id) ?? '') + event.update.delta);
      }
    } else if (event.type === 'thread.item.done' || event.type === 'thread.item.replaced') {
      told.set(event.item.id, event.item);
      pending.delete(event.item.id);
    } else if (event.type === 'thread.item.removed') {
      told.set(event.item_id, null);
      pending.delete(event.item_id);
    }
  }
  for (const [id, item] of told) {
    const stored = byId.get(id);
    if (pending.has(id)) continue;
    // A hidden item is written without being told; it may take the place of what was told.
    if (stored !== undefined && isHiddenItem(stored)) continue;
    if (item === null) expect(stored).toBeUndefined();
    else expect(stored && textOf(stored)).toBe(textOf(item));
  }
  if (items.at(-1)?.type === 'sdk_hidden_context') {
    for (const [id, written] of pending) {
      const stored = byId.get(id);
      const hidden = stored !== undefined && isHiddenItem(stored);
      if (written.trim() !== '' && !hidden) expect(stored && textOf(stored)).toBe(written);
    }
  } else {
    // Who goes away at the very end has not stopped anything.
    const whole: ModelThread = { title: null, items: [{ id: items[0]?.id ?? '', text: 'start' }] };
    applyTurn(whole, first, number);
    expect(items.map((item) => ({ id: item.id, text: textOf(item) }))).toEqual(whole.items);
  }
  const next = await stream(
    { type: 'threads.add_user_message', params: { thread_id, input: input('go on') } },
    second,
  );
  expect(next.complete).toBe(true);
  const after = await allItems(store, thread_id);
  expect(after.slice(0, items.length).map((item) => item.id)).toEqual(items.map((item) => item.id));
  expect(new Set(after.map((item) => item.id)).size).toBe(after.length);
}
