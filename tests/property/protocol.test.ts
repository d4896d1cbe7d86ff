/** Random sequences of operations against the model; random disconnects; every prefix of every stream. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ChatKitRequestError,
  ChatKitServer,
  type Store,
  type ThreadItem,
} from '../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../src-server/context.ts';
import {
  isHiddenItem,
  type ThreadStreamEvent,
  threadSchema,
  threadStreamEventSchema,
} from '../../src-shared/chatkit/index.ts';
import { openStore, PERSON, type StoreKind } from '../conformance/stores.ts';
import { revealsHidden } from '../conformance/stricter-rules.ts';
import { applyResult, applyTurn, type ModelThread, play, type Step, textOf, turn } from './model.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 60);
const STORES: readonly StoreKind[] = ['memory', 'sqlite'];
const forever = new AbortController().signal;

/** A server whose next turn is set from outside. */
function scripted(store: Store<RequestContext>) {
  let steps: readonly Step[] = [];
  let number = 0;
  const server = new ChatKitServer<RequestContext>({
    store,
    coalesceMs: 0,
    handlers: {
      respond: (thread) => play(steps, number, thread),
      action: (thread) => play(steps, number, thread),
    },
  });
  /** Sends a request and reads so many events of its stream; the rest is cut off. */
  const stream = async (request: object, next: readonly Step[], events = Number.POSITIVE_INFINITY) => {
    steps = next;
    number += 1;
    const result = await server.process(request, PERSON, forever);
    if (result.kind !== 'stream') throw new Error('no stream');
    const got: ThreadStreamEvent[] = [];
    let complete = true;
    for await (const frame of result.frames) {
      got.push(threadStreamEventSchema.parse(JSON.parse(frame.slice('data: '.length))));
      if (got.length >= events) {
        complete = false;
        break;
      }
    }
    expect(revealsHidden(got)).toBe(false);
    return { events: got, complete, number };
  };
  const json = async (request: object): Promise<unknown> => {
    const result = await server.process(request, PERSON, forever);
    if (result.kind !== 'json') throw new Error('no JSON');
    expect(revealsHidden(result.value)).toBe(false);
    return JSON.parse(JSON.stringify(result.value));
  };
  return { stream, json };
}

const input = (text: string) => ({
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
});

async function allItems(store: Store<RequestContext>, threadId: string): Promise<ThreadItem[]> {
  const page = await store.loadThreadItems(threadId, { limit: 10_000, after: null, order: 'asc' }, PERSON);
  return page.data;
}

type Command =
  | {
      readonly kind: 'create';
      readonly at: number;
      readonly text: string;
      readonly steps: readonly Step[];
    }
  | {
      readonly kind: 'say' | 'act';
      readonly at: number;
      readonly text: string;
      readonly steps: readonly Step[];
    }
  | {
      readonly kind: 'answer' | 'result';
      readonly at: number;
      readonly item: number;
      readonly steps: readonly Step[];
    }
  | { readonly kind: 'rename'; readonly at: number; readonly text: string }
  | { readonly kind: 'retry'; readonly at: number; readonly item: number; readonly steps: readonly Step[] }
  | { readonly kind: 'delete' | 'read' | 'rate'; readonly at: number }
  | { readonly kind: 'list'; readonly limit: number; readonly order: 'asc' | 'desc' };

const at = fc.nat({ max: 4 });
const text = fc.string({ minLength: 1, maxLength: 20 });
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), at, text, steps: turn }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('say' as const, 'act' as const), at, text, steps: turn }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), at, text }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('answer' as const, 'result' as const),
      at,
      item: fc.nat({ max: 20 }),
      steps: turn,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('retry' as const), at, item: fc.nat({ max: 20 }), steps: turn }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('delete' as const, 'read' as const, 'rate' as const), at }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('list' as const),
      limit: fc.integer({ min: 1, max: 5 }),
      order: fc.constantFrom('asc' as const, 'desc' as const),
    }),
  },
);

describe.each(STORES)('the protocol on the %s store', (kind) => {
  it('holds what the model holds, whatever is done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 20 }), async (commands) => {
        const { store, close } = openStore(kind);
        try {
          await runCommands(commands, store);
        } finally {
          close();
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
          close();
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
            close();
          }
        },
      ),
      { numRuns: Math.ceil(RUNS / 3), interruptAfterTimeLimit: 20_000 },
    );
  }, 60_000);
});

async function runCommands(commands: readonly Command[], store: Store<RequestContext>): Promise<void> {
  const { stream, json } = scripted(store);
  const model = new Map<string, ModelThread>();
  const threadAt = (index: number): [string, ModelThread] | null => {
    const all = [...model];
    return all[index % Math.max(all.length, 1)] ?? null;
  };
  for (const now of commands) {
    if (now.kind === 'create') {
      const answer = await stream({ type: 'threads.create', params: { input: input(now.text) } }, now.steps);
      const [created, said] = answer.events;
      if (created?.type !== 'thread.created' || said?.type !== 'thread.item.done')
        throw new Error('not created');
      const thread: ModelThread = { title: null, items: [{ id: said.item.id, text: now.text }] };
      applyTurn(thread, now.steps, answer.number);
      model.set(created.thread.id, thread);
    } else if (now.kind === 'list') {
      expect(await listThreads(json, now.limit, now.order)).toEqual(
        now.order === 'asc' ? [...model.keys()] : [...model.keys()].reverse(),
      );
    } else {
      const found = threadAt(now.at);
      if (found === null) continue;
      const [thread_id, thread] = found;
      switch (now.kind) {
        case 'say': {
          const answer = await stream(
            { type: 'threads.add_user_message', params: { thread_id, input: input(now.text) } },
            now.steps,
          );
          const [said] = answer.events;
          if (said?.type !== 'thread.item.done') throw new Error('not said');
          thread.items.push({ id: said.item.id, text: now.text });
          applyTurn(thread, now.steps, answer.number);
          break;
        }
        case 'act': {
          const answer = await stream(
            { type: 'threads.custom_action', params: { thread_id, action: { type: 'go' } } },
            now.steps,
          );
          applyTurn(thread, now.steps, answer.number);
          break;
        }
        case 'rename':
          await json({ type: 'threads.update', params: { thread_id, title: now.text } });
          thread.title = now.text;
          break;
        case 'retry': {
          const item = thread.items[now.item % Math.max(thread.items.length, 1)];
          if (item === undefined) break;
          const isMessage = item.id.startsWith('msg_');
          const request = { type: 'threads.retry_after_item', params: { thread_id, item_id: item.id } };
          if (!isMessage) {
            await expect(stream(request, now.steps)).rejects.toThrow(ChatKitRequestError);
            break;
          }
          thread.items = thread.items.slice(0, thread.items.indexOf(item) + 1);
          applyTurn(thread, now.steps, (await stream(request, now.steps)).number);
          break;
        }
        case 'answer': {
          const asked = thread.items.filter((item) => item.text?.startsWith('ask: ') === true);
          const item = asked[now.item % Math.max(asked.length, 1)];
          if (item === undefined) break;
          const params = { thread_id, item_id: item.id, input: { answers: { q: { values: ['so'] } } } };
          const request = { type: 'threads.add_structured_input', params };
          if (item.text !== 'ask: pending') {
            await expect(stream(request, now.steps)).rejects.toThrow(ChatKitRequestError);
            break;
          }
          item.text = 'ask: answered';
          applyTurn(thread, now.steps, (await stream(request, now.steps)).number);
          break;
        }
        case 'result': {
          const request = {
            type: 'threads.add_client_tool_output',
            params: { thread_id, result: { ok: true } },
          };
          if (!applyResult(thread))
            await expect(stream(request, now.steps)).rejects.toThrow(ChatKitRequestError);
          else applyTurn(thread, now.steps, (await stream(request, now.steps)).number);
          break;
        }
        case 'rate':
          expect(
            await json({
              type: 'items.feedback',
              params: { thread_id, item_ids: ['any'], kind: 'positive' },
            }),
          ).toEqual({});
          break;
        case 'delete':
          expect(await json({ type: 'threads.delete', params: { thread_id } })).toEqual({});
          model.delete(thread_id);
          await expect(json({ type: 'threads.get_by_id', params: { thread_id } })).rejects.toThrow(
            ChatKitRequestError,
          );
          break;
        case 'read': {
          const read = threadSchema.parse(await json({ type: 'threads.get_by_id', params: { thread_id } }));
          expect(read.title ?? null).toBe(thread.title);
          expect(read.metadata).toEqual({});
          break;
        }
        default:
          now satisfies never;
      }
    }
  }
  for (const [id, thread] of model) {
    expect((await store.loadThread(id, PERSON)).title ?? null).toBe(thread.title);
    expect((await allItems(store, id)).map((item) => ({ id: item.id, text: textOf(item) }))).toEqual(
      thread.items,
    );
  }
}

async function listThreads(
  json: (request: object) => Promise<unknown>,
  limit: number,
  order: 'asc' | 'desc',
): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null | undefined = null; ; ) {
    const page = (await json({ type: 'threads.list', params: { limit, order, after } })) as {
      data: { id: string }[];
      has_more: boolean;
      after?: string;
    };
    ids.push(...page.data.map((thread) => thread.id));
    if (!page.has_more) return ids;
    after = page.after;
  }
}

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
