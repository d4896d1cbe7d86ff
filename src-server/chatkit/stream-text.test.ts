import { expect, it } from 'vitest';
import type { ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import { ChatKitServer, memoryStore, streamText } from './index.ts';

const input = {
  content: [{ type: 'input_text', text: 'Hi' }],
  attachments: [],
  inference_options: {},
};

async function eventsOf(
  deltas: AsyncIterable<string> | Iterable<string>,
  stopAfter = Number.POSITIVE_INFINITY,
) {
  const store = memoryStore<null>();
  const server = new ChatKitServer<null>({
    store,
    handlers: { respond: (thread) => streamText(thread, deltas) },
    coalesceMs: 0,
  });
  const abort = new AbortController();
  const result = await server.process({ type: 'threads.create', params: { input } }, null, abort.signal);
  if (result.kind !== 'stream') throw new Error('not a stream');
  const events: ThreadStreamEvent[] = [];
  for await (const frame of result.frames) {
    events.push(JSON.parse(frame.slice(6)) as ThreadStreamEvent);
    if (events.length === stopAfter) abort.abort();
  }
  const page = { limit: 10, after: null, order: 'asc' } as const;
  const { data } = await store.loadThreadItems(result.threadId, page, null);
  return { events, stored: data };
}

it('streams one message and stores it whole', async () => {
  const { events, stored } = await eventsOf(['Good ', '', 'day']);
  const updates = events.flatMap((event) => (event.type === 'thread.item.updated' ? [event.update] : []));
  expect(updates.map(({ type }) => type.split('.').at(-1))).toEqual([
    'added',
    'text_delta',
    'text_delta',
    'done',
  ]);
  expect(stored[1]).toMatchObject({
    type: 'assistant_message',
    content: [{ type: 'output_text', text: 'Good day', annotations: [] }],
  });
  expect(events.at(-1)).toMatchObject({ type: 'thread.item.done', item: { id: stored[1]?.id } });
});

it('keeps what it has when the turn is cancelled', async () => {
  const { stored } = await eventsOf(['Good ', 'day', ' to ', 'you'], 7);
  expect(stored.map((item) => item.type)).toEqual([
    'user_message',
    'assistant_message',
    'sdk_hidden_context',
  ]);
  expect(stored[1]).toMatchObject({ content: [{ text: expect.stringMatching(/^Good( day)?/) }] });
});

it('what breaks the text off is told in the stream', async () => {
  const { events } = await eventsOf(
    (async function* () {
      yield 'Good ';
      throw new Error('the model is gone');
    })(),
  );
  expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
});
