/** A turn: what is written and told, in which order, and how it ends. */
import { describe, expect, it } from 'vitest';
import type {
  ThreadItem,
  ThreadMetadata,
  ThreadStreamEvent,
  UserMessageItem,
} from '../../src-shared/chatkit/index.ts';
import { type ChatKitHandlers, StreamError } from './index.ts';
import {
  at,
  type Context,
  context,
  delta,
  input,
  message,
  parse,
  serverWith,
  threadIdOf,
} from './testing/server-setup.ts';

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
