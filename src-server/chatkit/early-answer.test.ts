import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import { ChatKitServer } from './index.ts';
import { memoryStore } from './testing/memory-store.ts';

type Context = { user: string };
const context: Context = { user: 'ada' };
const input = { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} };

/** Events that the handler has ready when it is called, and what it sees then and when it is read. */
function eager(events: ThreadStreamEvent[], asked: () => void): AsyncIterable<ThreadStreamEvent> {
  return {
    [Symbol.asyncIterator]: () => {
      asked();
      return {
        next: async () => {
          const value = events.shift();
          return value === undefined ? { done: true, value: undefined } : { done: false, value };
        },
      };
    },
  };
}

async function run(server: ChatKitServer<Context>, type: string, params: object): Promise<string[]> {
  const result = await server.process({ type, params }, context, new AbortController().signal);
  if (result.kind !== 'stream') throw new Error('not a stream');
  const frames: string[] = [];
  for await (const frame of result.frames) frames.push(frame);
  return frames;
}

describe('a handler that begins when it is called', () => {
  it('works while the message is written, and is read when that is on disk', async () => {
    const store = memoryStore<Context>();
    const seen: Record<string, number> = {};
    const server = new ChatKitServer<Context>({
      store: {
        ...store,
        async saveThread(thread, context) {
          await setImmediate();
          await store.saveThread(thread, context);
        },
      },
      handlers: {
        respond: () => {
          seen.called = store.writes.length;
          return eager([{ type: 'progress_update', text: 'Working' }], () => {
            seen.read = store.writes.length;
          });
        },
      },
    });
    const frames = await run(server, 'threads.create', { input });
    expect(seen).toEqual({ called: 0, read: 2 });
    expect(frames.join('')).toContain('Working');
  });

  it('is called as a method of what the integrator gave', async () => {
    class Handlers {
      readonly word = 'Working';
      respond() {
        return eager([{ type: 'progress_update', text: this.word }], () => undefined);
      }
    }
    const server = new ChatKitServer<Context>({ store: memoryStore<Context>(), handlers: new Handlers() });
    const frames = await run(server, 'threads.create', { input });
    expect(frames.join('')).toContain('Working');
  });

  it('is stopped when the message cannot be written', async () => {
    const store = memoryStore<Context>();
    const full = new Error('the disk is full');
    let given: AbortSignal | null = null;
    const server = new ChatKitServer<Context>({
      store: { ...store, saveThread: () => Promise.reject(full) },
      handlers: {
        respond: (_thread, _message, _context, signal) => {
          given = signal;
          return eager([], () => undefined);
        },
      },
    });
    await expect(run(server, 'threads.create', { input })).rejects.toBe(full);
    expect(given).toMatchObject({ aborted: true });
  });

  it('may name the thread at once: that is saved and told', async () => {
    const store = memoryStore<Context>();
    const server = new ChatKitServer<Context>({
      store,
      handlers: {
        respond: (thread) => {
          thread.title = 'Named';
          return eager([], () => undefined);
        },
      },
    });
    await store.saveThread(
      { id: 'thr_1', created_at: '2026-01-01T00:00:00Z', status: { type: 'active' }, metadata: {} },
      context,
    );
    const frames = await run(server, 'threads.add_user_message', { thread_id: 'thr_1', input });
    expect(frames.at(-1)).toContain('"thread.updated"');
    expect(await store.loadThread('thr_1', context)).toMatchObject({ title: 'Named' });
  });

  it('that throws at its call is an error within the stream, and the message is kept', async () => {
    const store = memoryStore<Context>();
    const server = new ChatKitServer<Context>({
      store,
      handlers: {
        respond: () => {
          throw new Error('broken');
        },
      },
    });
    const frames = await run(server, 'threads.create', { input });
    expect(frames.at(-1)).toContain('"stream.error"');
    expect(store.writes.map(([method]) => method)).toEqual(['save_thread', 'add_thread_item']);
  });
});
