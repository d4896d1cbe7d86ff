import { describe, expect, it } from 'vitest';
import { ChatKitError } from '../errors.ts';
import { readEvents } from './sse.ts';
import { parseEvent, parseItemPage, parseThread, parseThreadPage } from './tolerant.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function body(chunks: Uint8Array[], end: 'close' | Error = 'close'): ReadableStream<Uint8Array> {
  const waiting = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const next = waiting.shift();
      if (next !== undefined) controller.enqueue(next);
      else if (end === 'close') controller.close();
      else controller.error(end);
    },
  });
}

async function collect(stream: ReadableStream<Uint8Array>) {
  const unknown: string[] = [];
  const events: unknown[] = [];
  for await (const event of readEvents(stream, (data) => unknown.push(data))) events.push(event);
  return { events, unknown };
}

const delta = (text: string) => ({
  type: 'thread.item.updated',
  item_id: 'msg_1',
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
});
const frame = (event: object) => `data: ${JSON.stringify(event)}\n\n`;

describe('event stream', () => {
  it('gives the same events whatever the chunking of the bytes, inside of characters too', async () => {
    const sent = [delta('héllo 🌍'), delta('line\u2028sep'), { type: 'progress_update', text: '…' }];
    const all = bytes(sent.map(frame).join(''));
    for (const size of [1, 2, 3, 7, 64, all.length]) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
      const { events } = await collect(body(chunks));
      expect(events).toEqual(sent);
    }
  });

  it('skips and reports what it does not know: types, shapes, other JSON, no JSON', async () => {
    const text = `${frame({ type: 'thread.item.sparkled' })}${frame({ type: 'stream_options' })}data: 5\n\ndata: {oops\n\n: comment\n\n${frame(delta('a'))}`;
    const { events, unknown } = await collect(body([bytes(text)]));
    expect(events).toEqual([delta('a')]);
    expect(unknown).toHaveLength(4);
  });

  it('does not take an unfinished frame at the end for an event', async () => {
    const { events } = await collect(
      body([bytes(`${frame(delta('a'))}data: ${JSON.stringify(delta('b'))}`)]),
    );
    expect(events).toEqual([delta('a')]);
  });

  it('delivers what came before a broken connection, then says so', async () => {
    const seen: unknown[] = [];
    const broken = (async () => {
      for await (const event of readEvents(
        body([bytes(frame(delta('a')))], new TypeError('reset')),
        () => {},
      )) {
        seen.push(event);
      }
    })();
    await expect(broken).rejects.toBeInstanceOf(ChatKitError);
    await expect(broken).rejects.toMatchObject({ code: 'interrupted' });
    expect(seen).toEqual([delta('a')]);
  });

  it('lets the reader stop early and then cancels the body', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes(frame(delta('x')))),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const event of readEvents(endless, () => {})) {
      expect(event.type).toBe('thread.item.updated');
      break;
    }
    expect(cancelled).toBe(true);
  });
});

describe('tolerant reading', () => {
  const thread = { id: 'thr_1', created_at: '2026-11-23T00:00:00Z' };
  const good = {
    type: 'assistant_message',
    id: 'msg_1',
    thread_id: 'thr_1',
    created_at: '2026-11-23T00:00:00Z',
    content: [{ type: 'output_text', text: 'hi' }],
  };

  it('loses an unknown item, not the page, and keeps the cursor', () => {
    const page = parseItemPage({
      data: [{ type: 'hologram', id: 'x' }, good, null],
      has_more: true,
      after: 'x',
    });
    expect(page).toMatchObject({ has_more: true, after: 'x' });
    expect(page?.data.map(({ id }) => id)).toEqual(['msg_1']);
  });

  it('never gives out hidden items', () => {
    const hidden = { ...good, type: 'hidden_context_item', content: 'secret' };
    expect(parseItemPage({ data: [hidden] })?.data).toEqual([]);
  });

  it('drops an icon that it does not have, not the event around it', () => {
    expect(parseEvent('{"type":"progress_update","text":"Up","icon":"upload"}')).toEqual({
      type: 'progress_update',
      text: 'Up',
    });
  });

  it('reads threads with unknown items in events and answers', () => {
    const withItems = { ...thread, items: { data: [{ type: 'hologram' }], has_more: false } };
    expect(parseEvent(JSON.stringify({ type: 'thread.created', thread: withItems }))?.type).toBe(
      'thread.created',
    );
    expect(parseThread(withItems)?.items.data).toEqual([]);
    expect(parseThread({ ...thread })?.thread.status).toEqual({ type: 'active' });
  });

  it('says null to what is nothing of the kind', () => {
    for (const input of [null, 3, 'x', [], { data: 3 }]) {
      expect(parseThread(input)).toBeNull();
      if (!Array.isArray(input)) expect(parseThreadPage({ data: input })).toBeNull();
    }
  });
});
