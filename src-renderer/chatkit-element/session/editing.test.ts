import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve.ts';
import { Controller } from './controller.ts';
import { draftText, textDraft } from './drafts.ts';

const at = '2026-11-23T00:00:00Z';
const file = { type: 'file', id: 'atc_1', name: 'a.txt', mime_type: 'text/plain' };
const tag = { type: 'input_tag', id: 'ada', text: 'Ada', data: {}, interactive: false };
const base = { thread_id: 'thr_1', created_at: at };
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

const question = (id: string, text: string, more: object = {}) => ({
  type: 'user_message',
  id,
  ...base,
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
  ...more,
});
const answer = (id: string, text: string) => ({
  type: 'assistant_message',
  id,
  ...base,
  content: [{ type: 'output_text', text, annotations: [] }],
});
const conversation = () => [
  question('u1', 'one'),
  answer('a1', 'first'),
  question('u2', 'two ', {
    content: [{ type: 'input_text', text: 'two ' }, tag],
    attachments: [file],
    quoted_text: 'first',
    inference_options: { tool_choice: { id: 'search' }, model: 'small' },
  }),
  answer('a2', 'second'),
];

/** The answer to a request. */
interface Stream {
  send(...events: object[]): void;
  end(): void;
  fail(): void;
  offline(): void;
  refuse(status: number): void;
}

type Sent = { type: string; params: Record<string, unknown> };

/** An open thread, and a server whose answer to the next streaming request is played by hand. */
async function setup({
  edit = true,
  status = 'active',
  stored = conversation() as object[],
  more = false,
} = {}) {
  const sent: Sent[] = [];
  const stream: Stream[] = [];
  const server = { stored };
  const fetch: typeof globalThis.fetch = (_url, init) => {
    const body: Sent = JSON.parse(String(init?.body));
    const json = (value: unknown, code = 200) => new Response(JSON.stringify(value), { status: code });
    if (body.type === 'threads.get_by_id') {
      const items = { data: server.stored, has_more: more };
      return Promise.resolve(json({ id: 'thr_1', created_at: at, status: { type: status }, items }));
    }
    if (body.type === 'items.list') {
      const page = { data: server.stored.toReversed(), has_more: more, ...(more ? { after: 'u1' } : {}) };
      sent.push(body);
      return Promise.resolve(json(page));
    }
    sent.push(body);
    return new Promise((resolve, reject) => {
      let control: ReadableStreamDefaultController<Uint8Array> | null = null;
      const open = () => {
        if (control !== null) return control;
        resolve(
          new Response(
            new ReadableStream<Uint8Array>({
              start: (opened) => {
                control = opened;
              },
            }),
          ),
        );
        return control as unknown as ReadableStreamDefaultController<Uint8Array>;
      };
      stream.push({
        send: (...events) => {
          for (const event of events)
            open().enqueue(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`));
        },
        end: () => open().close(),
        fail: () => open().error(new TypeError('network error')),
        offline: () => reject(new TypeError('network error')),
        refuse: (code) => resolve(json({ error: { code: 'refused', message: 'Not now.' } }, code)),
      });
      init?.signal?.addEventListener('abort', () => open().error(new DOMException('', 'AbortError')));
    });
  };
  const controller = new Controller({
    emit: () => {},
    options: resolveOptions({
      api: { url: '/x', domainKey: 'd', fetch, edit },
      locale: 'en',
      initialThread: 'thr_1',
      drafts: 'memory',
    }),
  });
  controller.start();
  await settle();
  const state = () => controller.app.getSnapshot().session.state.getSnapshot();
  const ids = () => state().transcript.items.map(({ id }) => id);
  const item = (id: string) => {
    const found = state().transcript.items.find((each) => each.id === id);
    if (found?.type !== 'user_message') throw new Error('no such message');
    return found;
  };
  const { editing } = controller;
  const text = () => draftText(editing.get('thr_1')?.draft ?? textDraft(''));
  return { controller, editing, sent, stream, server, state, ids, item, text };
}

const removed = (...ids: string[]) => ids.map((item_id) => ({ type: 'thread.item.removed', item_id }));
const options = { type: 'stream_options', stream_options: { allow_cancel: true } };

describe('editing a sent message', () => {
  it('sends everything that the message had, in its place', async () => {
    const { editing, item, sent, stream, ids, state } = await setup();
    editing.start(item('u2'), 'message');
    expect(editing.send()).toBe(true);
    expect(ids()).toEqual(['u1', 'a1', 'local-2']);
    expect(sent).toEqual([
      {
        type: 'threads.edit_user_message',
        params: {
          thread_id: 'thr_1',
          item_id: 'u2',
          input: {
            content: [{ type: 'input_text', text: 'two ' }, tag],
            attachments: ['atc_1'],
            quoted_text: 'first',
            inference_options: { tool_choice: { id: 'search' }, model: 'small' },
          },
        },
      },
    ]);
    const done = { type: 'thread.item.done', item: question('u3', 'two') };
    stream[0]?.send(...removed('a2', 'u2'), done, options);
    await settle();
    expect(editing.get('thr_1')).toBeNull();
    stream[0]?.send({ type: 'thread.item.done', item: answer('a3', 'new') });
    stream[0]?.end();
    await settle();
    expect(ids()).toEqual(['u1', 'a1', 'u3', 'a3']);
    expect(state()).toMatchObject({ failure: null, outcome: 'finished' });
  });

  it('leaves the draft in the composer alone, whatever becomes of it', async () => {
    const { controller, editing, item, stream } = await setup();
    controller.drafts.set('thr_1', textDraft('half a thought'));
    editing.start(item('u1'), 'message');
    editing.write(textDraft('uno'));
    editing.cancel();
    expect(editing.get('thr_1')).toBeNull();
    editing.start(item('u1'), 'message');
    editing.send();
    stream[0]?.refuse(500);
    await settle();
    expect(draftText(controller.drafts.get('thr_1'))).toBe('half a thought');
  });

  it.each([
    ['is refused', (stream: Stream) => stream.refuse(409), 'http'],
    ['finds no server', (stream: Stream) => stream.offline(), 'network'],
    ['breaks off', (stream: Stream) => stream.fail(), 'interrupted'],
    ['ends too early', (stream: Stream) => stream.end(), 'interrupted'],
  ])('brings everything back when the request %s', async (_how, end, code) => {
    const { editing, item, stream, ids, state, text } = await setup();
    editing.start(item('u1'), 'message');
    editing.write(textDraft('uno'));
    editing.send();
    expect(ids()).toEqual(['local-2']);
    if (stream[0] !== undefined) end(stream[0]);
    await settle();
    expect(ids()).toEqual(['u1', 'a1', 'u2', 'a2']);
    expect(state().failure).toMatchObject({ error: { code }, kept: 'edit', retryAfter: null });
    expect(text()).toBe('uno');
    expect(editing.get('thr_1')?.sending).toBe(false);
    expect(editing.send()).toBe(true);
  });

  it('brings everything back when it is stopped before the server has it', async () => {
    const { controller, editing, item, ids, text } = await setup();
    editing.start(item('u1'), 'message');
    editing.write(textDraft('uno'));
    editing.send();
    controller.app.getSnapshot().session.stop();
    await settle();
    expect(ids()).toEqual(['u1', 'a1', 'u2', 'a2']);
    expect(text()).toBe('uno');
  });

  it('understands that the server had it when the connection breaks right after', async () => {
    const { editing, item, stream, ids, server } = await setup();
    editing.start(item('u2'), 'message');
    editing.write(textDraft('due'));
    editing.send();
    stream[0]?.send(...removed('a2'));
    await settle();
    server.stored = [
      question('u1', 'one'),
      answer('a1', 'first'),
      question('u3', 'due', { attachments: [file] }),
    ];
    stream[0]?.fail();
    await settle();
    expect(ids()).toEqual(['u1', 'a1', 'u3']);
    expect(editing.get('thr_1')).toBeNull();
  });

  it('understands that the server did not have it when the text is as it was', async () => {
    const { editing, item, stream, ids } = await setup();
    editing.start(item('u1'), 'message');
    editing.send();
    stream[0]?.fail();
    await settle();
    expect(ids()).toEqual(['u1', 'a1', 'u2', 'a2']);
    expect(editing.get('thr_1')).not.toBeNull();
  });

  it('is impossible while it is empty, while a response runs, and where it is not offered', async () => {
    const { controller, editing, item, sent } = await setup();
    editing.start(item('u1'), 'message');
    editing.write(textDraft(' \n'));
    expect(editing.send()).toBe(false);
    editing.write(textDraft('uno'));
    controller.drafts.set('thr_1', textDraft('three'));
    controller.sendDraft();
    expect(editing.send()).toBe(false);
    expect(sent.map(({ type }) => type)).toEqual(['threads.add_user_message']);
    expect(editing.startWithLast()).toBe(false);

    for (const how of [{ edit: false }, { status: 'locked' }]) {
      const other = await setup(how);
      other.editing.start(other.item('u1'), 'message');
      expect(other.editing.get('thr_1')).toBeNull();
      expect(other.editing.startWithLast()).toBe(false);
    }
  });

  it('is not lost to another one that is begun', async () => {
    const { controller, editing, item, text } = await setup();
    editing.start(item('u1'), 'message');
    editing.start(item('u2'), 'message');
    expect(editing.get('thr_1')?.itemId).toBe('u2');
    editing.write(textDraft('due'));
    editing.focused('thr_1');
    editing.start(item('u1'), 'message');
    expect(editing.get('thr_1')).toMatchObject({ itemId: 'u2', fresh: true });
    expect(editing.startWithLast()).toBe(true);
    expect(text()).toBe('due');
    editing.cancel();
    editing.restore('thr_1', { itemId: 'u0', draft: textDraft('zero'), toolId: null, model: null });
    editing.start(item('u1'), 'message');
    expect(editing.get('thr_1')?.itemId).toBe('u1');
    expect(draftText(controller.drafts.get('thr_1'))).toBe('zero');
  });

  it('gives the words to the composer when the server does not know the message any more', async () => {
    const { controller, editing, item, stream, server, ids, state } = await setup();
    editing.start(item('u2'), 'message');
    editing.write({ content: [{ type: 'input_text', text: 'due' }] });
    editing.send();
    server.stored = [question('u1', 'one'), answer('a1', 'first')];
    stream[0]?.refuse(404);
    await settle();
    expect(ids()).toEqual(['u1', 'a1']);
    expect(editing.get('thr_1')).toBeNull();
    expect(draftText(controller.drafts.get('thr_1'))).toBe('due');
    expect(state().failure?.error.code).toBe('not_found');
  });

  it('says no more that it was not sent once it is given up', async () => {
    const { editing, item, stream, state } = await setup();
    editing.start(item('u1'), 'message');
    editing.send();
    stream[0]?.refuse(500);
    await settle();
    expect(state().failure?.kept).toBe('edit');
    editing.cancel();
    expect(state().failure).toBeNull();
  });

  it('begins with the last own message', async () => {
    const { editing } = await setup();
    expect(editing.startWithLast()).toBe(true);
    expect(editing.get('thr_1')).toMatchObject({ itemId: 'u2', from: 'composer', fresh: true });
    const empty = await setup({ stored: [answer('a1', 'hello')] });
    expect(empty.editing.startWithLast()).toBe(false);
  });

  it('gives the words to the composer when their message has gone with a change made elsewhere', async () => {
    const { controller, editing, item, server } = await setup();
    editing.start(item('u2'), 'message');
    editing.write({ content: [{ type: 'input_text', text: 'due' }] });
    server.stored = [question('u1', 'one'), answer('a1', 'first')];
    await controller.fetchUpdates();
    expect(editing.get('thr_1')).toBeNull();
    expect(draftText(controller.drafts.get('thr_1'))).toBe('due');
  });

  it('waits for a message that is further up, and not loaded yet', async () => {
    const { controller, editing } = await setup({ more: true });
    const kept = { itemId: 'u0', draft: textDraft('zero'), toolId: null, model: null };
    editing.restore('thr_1', kept);
    editing.restore('thr_1', { ...kept, itemId: 'u1' });
    await controller.fetchUpdates();
    expect(editing.get('thr_1')).toMatchObject({ ...kept, fresh: false });
    expect(draftText(controller.drafts.get('thr_1'))).toBe('');
  });

  it('finds older messages before the one that took the place of the oldest on screen', async () => {
    const { controller, editing, item, sent, stream, state } = await setup({ more: true });
    expect(state().older).toEqual({ kind: 'more', after: 'u1' });
    editing.start(item('u1'), 'message');
    editing.send();
    stream[0]?.send({ type: 'thread.item.done', item: question('u9', 'one') });
    stream[0]?.end();
    await settle();
    expect(state().older).toEqual({ kind: 'more', after: 'u9' });
    await controller.app.getSnapshot().session.loadOlder();
    expect(sent.at(-1)).toMatchObject({ type: 'items.list', params: { after: 'u9' } });
  });
});
