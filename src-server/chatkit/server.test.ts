import { describe, expect, it } from 'vitest';
import type {
  ThreadItem,
  ThreadMetadata,
  ThreadStreamEvent,
  UserMessageItem,
} from '../../src-shared/chatkit/index.ts';
import { type ChatKitHandlers, ChatKitRequestError, ChatKitServer, StreamError } from './index.ts';
import { memoryStore } from './testing/memory-store.ts';

type Context = { user: string };
const context: Context = { user: 'ada' };
const at = '2026-11-23T08:00:00.000Z';

const input = (text: string) => ({
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
});
const message = (id: string, thread: ThreadMetadata, text: string): ThreadItem => ({
  type: 'assistant_message',
  id,
  thread_id: thread.id,
  created_at: at,
  content: text === '' ? [] : [{ type: 'output_text', text, annotations: [] }],
});
const delta = (item_id: string, text: string): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id,
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
});

function serverWith(handlers: Partial<ChatKitHandlers<Context>> = {}, coalesceMs = 0) {
  const store = memoryStore<Context>();
  const logged: string[] = [];
  const server = new ChatKitServer<Context>({
    store,
    handlers: { respond: async function* () {}, ...handlers },
    coalesceMs,
    log: (line) => logged.push(line),
  });
  const abort = new AbortController();
  const frames = async (type: string, params: object) => {
    const result = await server.process({ type, params }, context, abort.signal);
    if (result.kind !== 'stream') throw new Error('not a stream');
    return result.frames;
  };
  const run = async (type: string, params: object) => {
    const events: ThreadStreamEvent[] = [];
    for await (const frame of await frames(type, params)) events.push(parse(frame));
    return events;
  };
  const ask = async (type: string, params: object) => {
    const result = await server.process({ type, params }, context, abort.signal);
    if (result.kind !== 'json') throw new Error('not JSON');
    return result.value as Record<string, unknown>;
  };
  const itemsOf = (threadId: string) =>
    store.loadThreadItems(threadId, { limit: 100, after: null, order: 'asc' }, context);
  return { server, store, logged, abort, frames, run, ask, itemsOf };
}

function parse(frame: string): ThreadStreamEvent {
  expect(frame).toMatch(/^data: .*\n\n$/);
  expect(frame.split('\n')).toHaveLength(3);
  return JSON.parse(frame.slice(6)) as ThreadStreamEvent;
}

function threadIdOf(events: readonly ThreadStreamEvent[]): string {
  const [first] = events;
  if (first?.type !== 'thread.created') throw new Error('no thread.created');
  return first.thread.id;
}

describe('a turn', () => {
  it('creates the thread, writes the message, then runs the handler', async () => {
    const seen: (UserMessageItem | null)[] = [];
    const { run, store } = serverWith({
      respond: async function* (thread, user) {
        seen.push(user);
        yield { type: 'thread.item.done', item: message('msg_a', thread, 'Hello') };
      },
    });
    const events = await run('threads.create', { input: input('Hi') });
    expect(events.map((event) => event.type)).toEqual([
      'thread.created',
      'thread.item.done',
      'stream_options',
      'thread.item.done',
    ]);
    expect(events[0]).toMatchObject({ thread: { metadata: {}, items: { data: [], has_more: false } } });
    expect(seen[0]?.content).toEqual([{ type: 'input_text', text: 'Hi' }]);
    expect(store.writes.map(([method]) => method)).toEqual([
      'save_thread',
      'add_thread_item',
      'add_thread_item',
    ]);
  });

  it('writes before it tells', async () => {
    const { frames, store } = serverWith({
      respond: async function* (thread) {
        yield { type: 'thread.item.done', item: message('msg_a', thread, 'Hello') };
      },
    });
    for await (const frame of await frames('threads.create', { input: input('Hi') })) {
      const event = parse(frame);
      if (event.type === 'thread.item.done') {
        expect(store.writes).toContainEqual(['add_thread_item', event.item.id]);
      }
    }
  });

  it('notices what a handler changes on the thread, saves it and says so', async () => {
    const { run, store } = serverWith({
      respond: async function* (thread) {
        thread.title = 'Lobbies';
        thread.metadata = { secret: 'of the store' };
        yield { type: 'progress_update', text: 'working' };
        thread.status = { type: 'locked', reason: 'enough' };
      },
    });
    const events = await run('threads.create', { input: input('Hi') });
    expect(events.map((event) => event.type).slice(3)).toEqual([
      'progress_update',
      'thread.updated',
      'thread.updated',
    ]);
    expect(JSON.stringify(events)).not.toContain('of the store');
    const stored = await store.loadThread(threadIdOf(events), context);
    expect(stored).toMatchObject({
      title: 'Lobbies',
      status: { type: 'locked' },
      metadata: { secret: 'of the store' },
    });
    expect(stored).not.toHaveProperty('items');
  });

  it('keeps hidden items to itself, and stores them', async () => {
    const hidden = (thread: ThreadMetadata): ThreadItem => ({
      type: 'hidden_context_item',
      id: 'h1',
      thread_id: thread.id,
      created_at: at,
      content: 'secret',
    });
    const { run, ask, itemsOf } = serverWith({
      respond: async function* (thread) {
        yield { type: 'thread.item.added', item: hidden(thread) };
        yield { type: 'thread.item.done', item: hidden(thread) };
        yield { type: 'thread.item.replaced', item: hidden(thread) };
      },
    });
    const events = await run('threads.create', { input: input('Hi') });
    expect(JSON.stringify(events)).not.toContain('secret');
    const thread_id = threadIdOf(events);
    expect((await itemsOf(thread_id)).data).toHaveLength(2);
    expect(JSON.stringify(await ask('items.list', { thread_id }))).not.toContain('secret');
    expect(JSON.stringify(await ask('threads.get_by_id', { thread_id }))).not.toContain('secret');
  });

  it('drops nulls of the protocol and keeps those of free-form data', async () => {
    const { run } = serverWith({
      respond: async function* (thread) {
        yield { type: 'client_effect', name: 'e', data: { a: null } };
        yield {
          type: 'thread.item.done',
          item: {
            type: 'widget',
            id: 'w',
            thread_id: thread.id,
            created_at: at,
            copy_text: null,
            widget: { type: 'Card', children: [{ type: 'Text', value: 'x', color: null }, null], id: null },
          },
        };
      },
    });
    const events = await run('threads.create', { input: input('Hi') });
    expect(events[3]).toEqual({ type: 'client_effect', name: 'e', data: { a: null } });
    expect(events[4]).toMatchObject({
      item: { widget: { type: 'Card', children: [{ type: 'Text', value: 'x' }] } },
    });
    expect(JSON.stringify(events[4])).not.toContain('null');
  });
});

describe('errors in a turn', () => {
  it('tells what is meant for people, and only logs the rest', async () => {
    const { run, logged } = serverWith({
      respond: async function* () {
        yield { type: 'progress_update', text: 'working' };
        throw new Error('password=hunter2');
      },
    });
    const events = await run('threads.create', { input: input('Hi') });
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    expect(logged.join()).toContain('hunter2');

    const custom = serverWith({
      respond: async function* () {
        yield { type: 'progress_update', text: 'working' };
        throw new StreamError({ code: 'custom', message: 'No model today.', allowRetry: false });
      },
    });
    expect((await custom.run('threads.create', { input: input('Hi') })).at(-1)).toEqual({
      type: 'error',
      code: 'custom',
      message: 'No model today.',
      allow_retry: false,
    });
  });
});

describe('a handler that fails at once', () => {
  it('is an error event, after what it changed was saved', async () => {
    const { run, store } = serverWith({
      respond: async function* (thread) {
        thread.title = 'Kept';
        if (thread.title === 'Kept') throw new Error('at once');
        yield { type: 'progress_update', text: 'never' };
      },
    });
    const events = await run('threads.create', { input: input('Hi') });
    expect(events.map((event) => event.type).slice(2)).toEqual(['stream_options', 'error', 'thread.updated']);
    expect((await store.loadThread(threadIdOf(events), context)).title).toBe('Kept');
  });
});

describe('a turn that ends early', () => {
  const endless = (ignoresSignal: boolean): ChatKitHandlers<Context>['respond'] =>
    async function* (thread, _message, _context, signal) {
      yield { type: 'thread.item.added', item: message('msg_a', thread, '') };
      yield delta('msg_a', 'Once ');
      yield delta('msg_a', 'upon');
      await new Promise<void>((resolve) => {
        if (!ignoresSignal) signal.addEventListener('abort', () => resolve());
      });
    };

  it.each([
    ['the signal aborts', false, 'abort'],
    ['the signal aborts and the handler does not listen', true, 'abort'],
    ['the reader stops reading', false, 'return'],
    ['the reader stops reading and the handler does not listen', true, 'return'],
  ] as const)('keeps the text and a hidden note when %s', async (_name, ignoresSignal, how) => {
    for (const coalesceMs of [0, 16]) {
      const { frames, abort, itemsOf } = serverWith({ respond: endless(ignoresSignal) }, coalesceMs);
      const events: ThreadStreamEvent[] = [];
      const reading = await frames('threads.create', { input: input('Hi') });
      if (how === 'abort') setTimeout(() => abort.abort(), 60);
      for await (const frame of reading) {
        events.push(parse(frame));
        const text = JSON.stringify(events);
        if (how === 'return' && text.includes('Once')) break;
      }
      await expect
        .poll(async () => (await itemsOf(threadIdOf(events))).data.map((item) => item.type))
        .toEqual(['user_message', 'assistant_message', 'sdk_hidden_context']);
      const [, kept] = (await itemsOf(threadIdOf(events))).data;
      expect(JSON.stringify(kept)).toContain('Once');
    }
  });

  it('keeps no empty message', async () => {
    const { frames, itemsOf } = serverWith({
      respond: async function* (thread) {
        yield { type: 'thread.item.added', item: message('msg_a', thread, '') };
        yield delta('msg_a', ' \n');
        await new Promise(() => undefined);
      },
    });
    const events: ThreadStreamEvent[] = [];
    for await (const frame of await frames('threads.create', { input: input('Hi') })) {
      events.push(parse(frame));
      if (events.at(-1)?.type === 'thread.item.updated') break;
    }
    await expect
      .poll(async () => (await itemsOf(threadIdOf(events))).data.map((item) => item.type))
      .toEqual(['user_message', 'sdk_hidden_context']);
  });
});

describe('coalescing', () => {
  it('joins deltas of a fast model, keeps their order and loses none', async () => {
    const { run } = serverWith(
      {
        respond: async function* (thread) {
          yield { type: 'thread.item.added', item: message('msg_a', thread, '') };
          for (let n = 0; n < 200; n += 1) yield delta('msg_a', `${n} `);
          yield { type: 'progress_update', text: 'between' };
          for (let n = 200; n < 210; n += 1) yield delta('msg_a', `${n} `);
          yield { type: 'thread.item.done', item: message('msg_a', thread, 'done') };
        },
      },
      16,
    );
    const events = await run('threads.create', { input: input('Hi') });
    const deltas = events.flatMap((event) =>
      event.type === 'thread.item.updated' && 'delta' in event.update ? [event.update.delta] : [],
    );
    expect(deltas.length).toBeLessThan(20);
    expect(deltas[0]).toBe('0 ');
    expect(deltas.join('')).toBe(Array.from({ length: 210 }, (_, n) => `${n} `).join(''));
    const between = events.findIndex((event) => event.type === 'progress_update');
    const before = events
      .slice(0, between)
      .flatMap((event) => ('update' in event && 'delta' in event.update ? [event.update.delta] : []));
    expect(before.join('').trim().endsWith('199')).toBe(true);
  });
});

describe('refusals', () => {
  it.each([
    [null, 422],
    ['text', 422],
    [{}, 400],
    [{ type: 'threads.nothing', params: {} }, 400],
    [{ type: 'threads.list' }, 422],
    [{ type: 'threads.list', params: {}, metadata: null }, 422],
    [{ type: 'threads.create', params: { input: { content: [{ type: 'input_text', text: 'a' }] } } }, 422],
    [{ type: 'threads.custom_action', params: { thread_id: 't', action: {} } }, 422],
    [{ type: 'threads.add_client_tool_output', params: { thread_id: 't' } }, 422],
    [{ type: 'threads.get_by_id', params: { thread_id: 'thr_x' } }, 404],
    [{ type: 'attachments.create', params: { name: 'a', size: 1, mime_type: 'b' } }, 501],
  ])('%j → %i', async (body, status) => {
    const { server, store } = serverWith();
    const refused = server.process(body, context, new AbortController().signal);
    await expect(refused).rejects.toBeInstanceOf(ChatKitRequestError);
    await expect(refused).rejects.toMatchObject({ status });
    expect(store.writes).toEqual([]);
  });
});

describe('other operations', () => {
  it('retry removes everything after the message, newest first, and answers again', async () => {
    let answer = 0;
    const { run, store, itemsOf } = serverWith({
      respond: async function* (thread) {
        answer += 1;
        yield { type: 'thread.item.done', item: message(`msg_${answer}a`, thread, 'first') };
        yield { type: 'thread.item.done', item: message(`msg_${answer}b`, thread, 'second') };
      },
    });
    const events = await run('threads.create', { input: input('Hi') });
    const thread_id = threadIdOf(events);
    const user = (await itemsOf(thread_id)).data[0]!;
    store.writes.length = 0;
    await run('threads.retry_after_item', { thread_id, item_id: user.id });
    expect(store.writes.map(([, id]) => id)).toEqual(['msg_1b', 'msg_1a', 'msg_2a', 'msg_2b']);
    expect(await run('threads.retry_after_item', { thread_id, item_id: 'msg_nothing' })).toEqual([]);
    await expect(run('threads.retry_after_item', { thread_id, item_id: 'msg_2a' })).rejects.toMatchObject({
      status: 422,
    });
  });

  it('client tools: the output completes the newest call; without one nothing changes', async () => {
    const { run, itemsOf, store } = serverWith({
      respond: async function* (thread, user) {
        if (user === null) return;
        yield {
          type: 'thread.item.done',
          item: {
            type: 'client_tool_call',
            id: 'tc_1',
            thread_id: thread.id,
            created_at: at,
            status: 'pending',
            call_id: 'c',
            name: 'n',
            arguments: { a: null },
          },
        };
      },
    });
    const events = await run('threads.create', { input: input('Hi') });
    expect(JSON.stringify(events)).toContain('"arguments":{"a":null}');
    const thread_id = threadIdOf(events);
    await run('threads.add_client_tool_output', { thread_id, result: { ok: 1 } });
    expect((await itemsOf(thread_id)).data[1]).toMatchObject({ status: 'completed', output: { ok: 1 } });
    store.writes.length = 0;
    await expect(run('threads.add_client_tool_output', { thread_id, result: 2 })).rejects.toMatchObject({
      status: 409,
    });
    expect(store.writes).toEqual([]);
  });

  it('titles, lists and deletions', async () => {
    const { run, ask } = serverWith();
    for (let n = 0; n < 25; n += 1) await run('threads.create', { input: input(`${n}`) });
    const first = (await ask('threads.list', {})) as {
      data: { id: string }[];
      has_more: boolean;
      after: string;
    };
    expect(first.data).toHaveLength(20);
    expect(first).toMatchObject({ has_more: true, after: first.data[19]?.id });
    const rest = (await ask('threads.list', { after: first.after })) as { data: { id: string }[] };
    expect(rest.data).toHaveLength(5);
    expect(rest).not.toHaveProperty('after');
    const thread_id = first.data[0]!.id;
    expect(await ask('threads.update', { thread_id, title: 'New' })).toMatchObject({
      title: 'New',
      items: { data: [] },
    });
    expect(await ask('threads.delete', { thread_id })).toEqual({});
    await expect(ask('threads.get_by_id', { thread_id })).rejects.toMatchObject({ status: 404 });
    expect(await ask('threads.list', { limit: 9999 })).toMatchObject({ has_more: false });
  });
});
