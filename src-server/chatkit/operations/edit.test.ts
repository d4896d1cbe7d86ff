import { describe, expect, it } from 'vitest';
import type { Attachment, ThreadItem, ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import {
  type ChatKitHandlers,
  ChatKitRequestError,
  ChatKitServer,
  type Store,
  StreamError,
} from '../index.ts';
import { memoryStore } from '../memory-store.ts';

type Context = { user: string };
const ada: Context = { user: 'ada' };
const bob: Context = { user: 'bob' };
const at = '2026-11-23T08:00:00.000Z';

const input = (text: string, attachments: string[] = []) => ({
  content: [{ type: 'input_text', text }],
  attachments,
  inference_options: {},
});
const file = (id: string): Attachment => ({ type: 'file', id, name: `${id}.txt`, mime_type: 'text/plain' });

/** A server that answers with what it sees of the thread, and a note that clients do not see. */
function serverWith(
  handlers: Partial<ChatKitHandlers<Context>> = {},
  without: readonly (keyof Store<Context>)[] = [],
) {
  const store = memoryStore<Context>({ ownerOf: ({ user }) => user });
  const known: Store<Context> = { ...store };
  for (const name of without) delete (known as unknown as Record<string, unknown>)[name];
  let answers = 0;
  const server = new ChatKitServer<Context>({
    store: known,
    coalesceMs: 0,
    handlers: {
      async *respond(thread, _message, context): AsyncGenerator<ThreadStreamEvent> {
        answers += 1;
        const page = await store.loadThreadItems(
          thread.id,
          { limit: 100, after: null, order: 'asc' },
          context,
        );
        const base = { thread_id: thread.id, created_at: at };
        const seen = page.data
          .map(textOf)
          .filter((text) => text !== '')
          .join(' | ');
        const note: ThreadItem = {
          ...base,
          type: 'hidden_context_item',
          id: `hid_${answers}`,
          content: 'note',
        };
        yield { type: 'thread.item.done', item: note };
        yield {
          type: 'thread.item.done',
          item: {
            ...base,
            type: 'assistant_message',
            id: `ans_${answers}`,
            content: [{ type: 'output_text', text: `[${seen}]`, annotations: [] }],
          },
        };
      },
      ...handlers,
    },
  });
  const run = async (type: string, params: object, context = ada) => {
    const result = await server.process({ type, params }, context, new AbortController().signal);
    if (result.kind !== 'stream') throw new Error('not a stream');
    const events: ThreadStreamEvent[] = [];
    for await (const frame of result.frames) events.push(JSON.parse(frame.slice('data: '.length)));
    return events;
  };
  const itemsOf = async (threadId: string, context = ada) =>
    (await store.loadThreadItems(threadId, { limit: 100, after: null, order: 'asc' }, context)).data;
  /** A thread of two exchanges. */
  const conversation = async () => {
    const [created] = await run('threads.create', { input: input('one') });
    if (created?.type !== 'thread.created') throw new Error('no thread');
    const thread_id = created.thread.id;
    await run('threads.add_user_message', { thread_id, input: input('two') });
    const items = await itemsOf(thread_id);
    const [first, second] = items.filter(({ type }) => type === 'user_message');
    return { thread_id, items, first: first!, second: second! };
  };
  return { server, store, run, itemsOf, conversation };
}

function textOf(item: ThreadItem): string {
  return item.type === 'user_message' ? item.content.map(({ text }) => text).join('') : '';
}

describe('threads.edit_user_message', () => {
  it('replaces the message and all that follows, tells so, and answers what is left', async () => {
    const { run, itemsOf, conversation } = serverWith();
    const { thread_id, first, second } = await conversation();
    const events = await run('threads.edit_user_message', {
      thread_id,
      item_id: first.id,
      input: input('uno'),
    });
    // Newest first, and nothing of the notes that clients never saw.
    expect(events.slice(0, 5)).toEqual([
      { type: 'thread.item.removed', item_id: 'ans_2' },
      { type: 'thread.item.removed', item_id: second.id },
      { type: 'thread.item.removed', item_id: 'ans_1' },
      { type: 'thread.item.removed', item_id: first.id },
      { type: 'thread.item.done', item: expect.objectContaining({ type: 'user_message', thread_id }) },
    ]);
    const left = await itemsOf(thread_id);
    expect(left.map(({ type }) => type)).toEqual([
      'user_message',
      'hidden_context_item',
      'assistant_message',
    ]);
    expect(left[0]!.id).not.toBe(first.id);
    expect(JSON.stringify(left[2])).toContain('[uno]');
  });

  it('keeps what came before', async () => {
    const { run, itemsOf, conversation } = serverWith();
    const { thread_id, items, second } = await conversation();
    await run('threads.edit_user_message', { thread_id, item_id: second.id, input: input('due') });
    const left = await itemsOf(thread_id);
    expect(left.slice(0, 3)).toEqual(items.slice(0, 3));
    expect(JSON.stringify(left.at(-1))).toContain('[one | due]');
  });

  it('stays replaced when the answer fails, so that it can be tried again', async () => {
    let isBroken = false;
    const { run, itemsOf, conversation } = serverWith({
      async *respond(thread): AsyncGenerator<ThreadStreamEvent> {
        if (isBroken) throw new StreamError({ code: 'custom', message: 'No model.', allowRetry: true });
        const item = {
          type: 'end_of_turn',
          id: `end_${Math.random()}`,
          thread_id: thread.id,
          created_at: at,
        };
        yield { type: 'thread.item.done', item: item as ThreadItem };
      },
    });
    const { thread_id, first } = await conversation();
    isBroken = true;
    const events = await run('threads.edit_user_message', {
      thread_id,
      item_id: first.id,
      input: input('uno'),
    });
    expect(events.at(-1)).toMatchObject({ type: 'error', message: 'No model.', allow_retry: true });
    expect((await itemsOf(thread_id)).map(textOf)).toEqual(['uno']);
  });

  it.each([
    ['a message that is not there', { item_id: 'msg_x' }, 404],
    ['a thread that is not there', { thread_id: 'thr_x' }, 404],
    ['an answer', { item_id: 'ans_1' }, 422],
    ['nothing but white space', { input: input(' \n ') }, 422],
    ['an attachment that is not there', { input: input('uno', ['atc_x']) }, 404],
  ])('refuses %s and changes nothing', async (_what, wrong, status) => {
    const { run, itemsOf, conversation } = serverWith();
    const { thread_id, first, items } = await conversation();
    const params = { thread_id, item_id: first.id, input: input('uno'), ...wrong };
    const refused = run('threads.edit_user_message', params);
    await expect(refused).rejects.toMatchObject({ status });
    expect(await itemsOf(thread_id)).toEqual(items);
  });

  it('is for the person whose message it is, and for its own thread', async () => {
    const { run, itemsOf, conversation } = serverWith();
    const { thread_id, first, items } = await conversation();
    const other = await conversation();
    const edit = (params: object, context: Context) =>
      run(
        'threads.edit_user_message',
        { thread_id, item_id: first.id, input: input('mine'), ...params },
        context,
      );
    await expect(edit({}, bob)).rejects.toMatchObject({ status: 404 });
    await expect(edit({ thread_id: other.thread_id }, ada)).rejects.toMatchObject({ status: 404 });
    expect(await itemsOf(thread_id)).toEqual(items);
    expect(await itemsOf(other.thread_id)).toEqual(other.items);
  });

  it.each(['locked', 'closed'] as const)('is refused in a %s thread', async (type) => {
    const { run, store, itemsOf, conversation } = serverWith();
    const { thread_id, first, items } = await conversation();
    await store.saveThread({ ...(await store.loadThread(thread_id, ada)), status: { type } }, ada);
    const refused = run('threads.edit_user_message', { thread_id, item_id: first.id, input: input('uno') });
    await expect(refused).rejects.toMatchObject({ status: 409, code: 'thread_locked' });
    expect(await itemsOf(thread_id)).toEqual(items);
  });

  it('asks whether it may be answered before anything is changed', async () => {
    const asked: string[] = [];
    const { run, itemsOf, conversation } = serverWith({
      async mayAnswer(_thread, message, context) {
        asked.push(`${context.user}: ${textOf(message)}`);
        throw new ChatKitRequestError(403, 'not_admitted', 'Your budget is used up.');
      },
    });
    const { thread_id, first, items } = await conversation();
    const refused = run('threads.edit_user_message', { thread_id, item_id: first.id, input: input('uno') });
    await expect(refused).rejects.toMatchObject({ status: 403, message: 'Your budget is used up.' });
    expect(asked).toEqual(['ada: uno']);
    expect(await itemsOf(thread_id)).toEqual(items);
  });

  it('is not offered by a store that could leave half of it', async () => {
    const { run, itemsOf, conversation } = serverWith({}, ['replaceUserMessage']);
    const { thread_id, first, items } = await conversation();
    const refused = run('threads.edit_user_message', { thread_id, item_id: first.id, input: input('uno') });
    await expect(refused).rejects.toMatchObject({ status: 501 });
    expect(await itemsOf(thread_id)).toEqual(items);
  });

  it('keeps the attachments that the message still has, and unties the others', async () => {
    const { run, store, conversation } = serverWith();
    const { thread_id } = await conversation();
    for (const id of ['atc_1', 'atc_2', 'atc_3']) await store.saveAttachment(file(id), ada);
    await run('threads.add_user_message', { thread_id, input: input('early', ['atc_3']) });
    const events = await run('threads.add_user_message', {
      thread_id,
      input: input('files', ['atc_1', 'atc_2', 'atc_3']),
    });
    const sent = events.find(({ type }) => type === 'thread.item.done');
    const item_id = sent?.type === 'thread.item.done' ? sent.item.id : '';
    await run('threads.edit_user_message', { thread_id, item_id, input: input('fewer', ['atc_1']) });
    const threads = await Promise.all(
      ['atc_1', 'atc_2', 'atc_3'].map(async (id) => (await store.loadAttachment(id, ada)).thread_id),
    );
    // The last one belongs to an earlier message too.
    expect(threads).toEqual([thread_id, null, thread_id]);
  });

  it('leaves no tool of the client waiting for a result', async () => {
    let asks = true;
    const { run, itemsOf } = serverWith({
      async *respond(thread): AsyncGenerator<ThreadStreamEvent> {
        if (!asks) return;
        const base = { thread_id: thread.id, created_at: at };
        const call = {
          type: 'client_tool_call',
          id: 'tc_1',
          call_id: 'c',
          name: 'n',
          arguments: {},
        } as const;
        yield { type: 'thread.item.done', item: { ...base, ...call, status: 'pending' } };
      },
    });
    const [created, said] = await run('threads.create', { input: input('one') });
    if (created?.type !== 'thread.created' || said?.type !== 'thread.item.done') throw new Error('no thread');
    const thread_id = created.thread.id;
    asks = false;
    await run('threads.edit_user_message', { thread_id, item_id: said.item.id, input: input('uno') });
    const late = run('threads.add_client_tool_output', { thread_id, result: {} });
    await expect(late).rejects.toMatchObject({ status: 409, code: 'no_pending_tool_call' });
    expect((await itemsOf(thread_id)).map(textOf)).toEqual(['uno']);
  });

  it('lets one of two edits of the same message win', async () => {
    const { run, itemsOf, conversation } = serverWith();
    const { thread_id, first } = await conversation();
    const edit = (text: string) =>
      run('threads.edit_user_message', { thread_id, item_id: first.id, input: input(text) });
    const outcomes = await Promise.allSettled([edit('uno'), edit('eins')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const texts = (await itemsOf(thread_id)).map(textOf).filter((text) => text !== '');
    expect(texts).toHaveLength(1);
    expect(['uno', 'eins']).toContain(texts[0]);
  });
});
