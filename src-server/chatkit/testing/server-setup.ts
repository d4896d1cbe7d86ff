/** A ChatKit server on a store in memory, and what a test asks of it. */
import { expect } from 'vitest';
import type { ThreadItem, ThreadMetadata, ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { type ChatKitHandlers, ChatKitServer } from '../index.ts';
import { memoryStore } from './memory-store.ts';

export type Context = { user: string };
export const context: Context = { user: 'ada' };
export const at = '2026-11-23T08:00:00.000Z';

export const input = (text: string) => ({
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
});
export const message = (id: string, thread: ThreadMetadata, text: string): ThreadItem => ({
  type: 'assistant_message',
  id,
  thread_id: thread.id,
  created_at: at,
  content: text === '' ? [] : [{ type: 'output_text', text, annotations: [] }],
});
export const delta = (item_id: string, text: string): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id,
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
});

export function serverWith(handlers: Partial<ChatKitHandlers<Context>> = {}, coalesceMs = 0) {
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

export function parse(frame: string): ThreadStreamEvent {
  expect(frame).toMatch(/^data: .*\n\n$/);
  expect(frame.split('\n')).toHaveLength(3);
  return JSON.parse(frame.slice(6)) as ThreadStreamEvent;
}

export function threadIdOf(events: readonly ThreadStreamEvent[]): string {
  const [first] = events;
  if (first?.type !== 'thread.created') throw new Error('no thread.created');
  return first.thread.id;
}
