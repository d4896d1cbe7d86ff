import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve.ts';
import { Controller } from './controller.ts';
import { draftText, textDraft } from './drafts.ts';

const at = '2026-11-23T00:00:00Z';
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A server whose streams are played by hand. */
function setup() {
  const sent: string[] = [];
  const streams: { send(...events: object[]): void; end(): void; fail(): void }[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const body = JSON.parse(String(init?.body));
    if (body.type === 'threads.get_by_id') {
      return new Response(
        JSON.stringify({ id: body.params.thread_id, created_at: at, items: { data: [], has_more: false } }),
      );
    }
    sent.push(body.params.input?.content?.[0]?.text ?? body.type);
    return new Response(
      new ReadableStream<Uint8Array>({
        start(control) {
          const encode = (event: object) => new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`);
          streams.push({
            send: (...events) => {
              for (const event of events) control.enqueue(encode(event));
            },
            end: () => control.close(),
            fail: () => control.error(new TypeError('network error')),
          });
          init?.signal?.addEventListener('abort', () => control.error(new DOMException('', 'AbortError')));
        },
      }),
    );
  };
  const controller = new Controller({
    emit: () => {},
    options: resolveOptions({
      api: { url: '/x', domainKey: 'd', fetch },
      locale: 'en',
      initialThread: 'thr_1',
      // Else what one test leaves behind would come back in the next.
      drafts: 'memory',
    }),
  });
  controller.start();
  let ids = 0;
  const write = (text: string) => {
    controller.drafts.set(controller.threadId, textDraft(text));
    return controller.sendDraft();
  };
  /** The server confirms the newest message. */
  const confirm = (index: number, thread = 'thr_1') => {
    ids += 1;
    streams[index]?.send({
      type: 'thread.item.done',
      item: {
        type: 'user_message',
        id: `u${ids}`,
        thread_id: thread,
        created_at: at,
        content: [{ type: 'input_text', text: sent[index] }],
        inference_options: {},
      },
    });
  };
  const waiting = (thread = 'thr_1') =>
    controller.followUps.get(thread).messages.map(({ message }) => draftText(message.draft));
  return { controller, sent, streams, write, confirm, waiting };
}

describe('messages written while a response runs', () => {
  it('are sent one after the other when each turn ends well', async () => {
    const { controller, sent, streams, write, confirm, waiting } = setup();
    await settle();
    expect(write('one')).toBe('sent');
    await settle();
    expect([write('two'), write('three')]).toEqual(['queued', 'queued']);
    expect(draftText(controller.drafts.get('thr_1'))).toBe('');
    confirm(0);
    await settle();
    expect(sent).toEqual(['one']);
    streams[0]?.end();
    await settle();
    expect(sent).toEqual(['one', 'two']);
    expect(waiting()).toEqual(['three']);
    confirm(1);
    streams[1]?.end();
    await settle();
    expect(sent).toEqual(['one', 'two', 'three']);
    expect(waiting()).toEqual([]);
  });

  it('wait after a stop until the person lets them go on', async () => {
    const { controller, sent, streams, write, confirm } = setup();
    await settle();
    write('one');
    await settle();
    write('two');
    confirm(0);
    await settle();
    controller.app.getSnapshot().session.stop();
    await settle();
    expect(sent).toEqual(['one']);
    expect(controller.sending.queue.held).toBe('stopped');
    // A message of its own in between does not let them go.
    write('between');
    await settle();
    confirm(1);
    streams[1]?.end();
    await settle();
    expect(sent).toEqual(['one', 'between']);
    controller.sending.sendQueue();
    await settle();
    expect(sent).toEqual(['one', 'between', 'two']);
  });

  it('that cannot be sent go back to the front of the queue, which is held', async () => {
    const { controller, streams, write, confirm, waiting } = setup();
    await settle();
    write('one');
    await settle();
    write('two');
    write('three');
    confirm(0);
    streams[0]?.end();
    await settle();
    streams[1]?.fail();
    await settle();
    expect(waiting()).toEqual(['two', 'three']);
    expect(controller.sending.queue.held).toBe('failed');
    expect(draftText(controller.drafts.get('thr_1'))).toBe('');
    const { failure } = controller.app.getSnapshot().session.state.getSnapshot();
    expect(failure?.kept).toBe('queue');
  });

  it('are held while questions wait for answers', async () => {
    const { controller, sent, streams, write, confirm } = setup();
    await settle();
    write('one');
    await settle();
    write('two');
    confirm(0);
    streams[0]?.send({
      type: 'thread.item.done',
      item: {
        type: 'structured_input',
        id: 'q1',
        thread_id: 'thr_1',
        created_at: at,
        status: 'pending',
        inputs: [{ id: 'a', question: 'Which?', type: 'freeform' }],
      },
    });
    streams[0]?.end();
    await settle();
    const { items } = controller.app.getSnapshot().session.state.getSnapshot().transcript;
    expect(items.at(-1)?.type).toBe('structured_input');
    expect(controller.sending.queue.held).toBe('questions');
    controller.sending.sendQueue();
    expect(sent).toEqual(['one']);
  });

  it('go on in a thread that is not on screen', async () => {
    const { controller, sent, streams, write, confirm, waiting } = setup();
    await settle();
    write('one');
    await settle();
    write('two');
    confirm(0);
    await controller.openThread('thr_2');
    expect(controller.sending.queue.messages).toEqual([]);
    streams[0]?.end();
    await settle();
    expect(sent).toEqual(['one', 'two']);
    expect(waiting()).toEqual([]);
    await controller.openThread('thr_1');
    expect(controller.app.getSnapshot().session.running).toBe(true);
  });

  it('of a new thread stay with it, also when another new one is opened before it has its id', async () => {
    const { controller, streams, sent, write, confirm, waiting } = setup();
    await settle();
    await controller.openThread(null);
    write('first of new');
    await settle();
    write('second of new');
    await controller.openThread(null);
    await controller.openThread('thr_1');
    await controller.openThread(null);
    expect(controller.sending.queue.messages).toEqual([]);
    streams[0]?.send({ type: 'thread.created', thread: { id: 'thr_9', created_at: at } });
    await settle();
    expect(waiting('thr_9')).toEqual(['second of new']);
    confirm(0, 'thr_9');
    streams[0]?.end();
    await settle();
    expect(sent).toEqual(['first of new', 'second of new']);
  });

  it('can be brought back into the composer, with what was chosen for them', async () => {
    const { controller, write, waiting } = setup();
    await settle();
    write('one');
    await settle();
    controller.selectTool('search');
    write('two');
    expect(controller.app.getSnapshot().tool).toBeNull();
    controller.drafts.set('thr_1', textDraft('typed since'));
    controller.sending.editQueued(controller.sending.queue.messages[0]?.key ?? '');
    expect(waiting()).toEqual([]);
    expect(draftText(controller.drafts.get('thr_1'))).toBe('two\ntyped since');
    expect(controller.app.getSnapshot().tool).toBe('search');
    await expect(controller.sendUserMessage({ text: 'by the host' })).rejects.toMatchObject({ code: 'busy' });
  });
});
