/** What is refused, and the operations that are no new message. */
import { describe, expect, it } from 'vitest';
import { ChatKitRequestError } from './index.ts';
import { at, context, input, message, serverWith, threadIdOf } from './testing/server-setup.ts';

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
