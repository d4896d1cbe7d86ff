import { describe, expect, it, vi } from 'vitest';
import type {
  Page,
  ThreadItem,
  ThreadStreamEvent,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { ChatKitError } from '../errors.ts';
import type { ProtocolClient, StreamRequest } from '../protocol/client.ts';
import { type Draft, type OutgoingMessage, textDraft } from './drafts.ts';
import { type SessionHost, ThreadSession } from './session.ts';
import type { ClientTool } from './turn.ts';
import { RESYNC_MS } from './turn-end.ts';

const base = { thread_id: 'thr_1', created_at: '2026-11-23T00:00:00Z' };
const thread = {
  id: 'thr_1',
  created_at: base.created_at,
  status: { type: 'active' as const },
  metadata: {},
};
const created: ThreadStreamEvent = {
  type: 'thread.created',
  thread: { ...thread, items: { data: [], has_more: false } },
};
const options: ThreadStreamEvent = { type: 'stream_options', stream_options: { allow_cancel: true } };
const user = (id: string, text = 'hello'): UserMessageItem => ({
  type: 'user_message',
  id,
  ...base,
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
});
const says = (id: string, text: string): ThreadItem => ({
  type: 'assistant_message',
  id,
  ...base,
  content: [{ type: 'output_text', text, annotations: [] }],
});
const done = (item: ThreadItem): ThreadStreamEvent => ({ type: 'thread.item.done', item });
const message = (text: string): OutgoingMessage => ({
  draft: textDraft(text),
  toolId: null,
  model: null,
});

type Script = (
  request: StreamRequest,
  signal: AbortSignal,
  onLost?: () => void,
) => AsyncGenerator<ThreadStreamEvent, void, void>;

interface World {
  requests: StreamRequest[];
  emitted: string[];
  restored: Draft[];
  session: ThreadSession;
  stored: ThreadItem[];
  pages: { after: string | undefined }[];
  /** From now on the server takes requests for the thread and never answers. */
  hang(): void;
}

function world(scripts: Script[], threadId: string | null = null, tool?: ClientTool): World {
  const requests: StreamRequest[] = [];
  const emitted: string[] = [];
  const restored: Draft[] = [];
  const stored: ThreadItem[] = [];
  const pages: { after: string | undefined }[] = [];
  let ids = 0;
  let hangs = false;
  const client: ProtocolClient = {
    stream(request, signal, onLost) {
      requests.push(request);
      const script = scripts[requests.length - 1];
      if (script === undefined) throw new Error('no script for this request');
      return script(request, signal, onLost);
    },
    getThread: (_id, signal) =>
      hangs
        ? new Promise((_resolve, reject) => {
            const abort = () => reject(signal.reason);
            if (signal.aborted) abort();
            signal.addEventListener('abort', abort);
          })
        : Promise.resolve({
            thread,
            items: { data: stored.slice(0, 20), has_more: stored.length > 20 },
          }),
    async listItems(_id, { limit, after }): Promise<Page<ThreadItem>> {
      pages.push({ after });
      const newest = stored.toReversed();
      const start = after === undefined ? 0 : newest.findIndex(({ id }) => id === after) + 1;
      const data = newest.slice(start, start + limit);
      const more = start + limit < newest.length;
      return { data, has_more: more, ...(more ? { after: data.at(-1)?.id } : {}) };
    },
    listThreads: async () => ({ data: [], has_more: false }),
    renameThread: async () => thread,
    deleteThread: async () => {},
    sendFeedback: async () => {
      throw new ChatKitError('http', 'no');
    },
    async syncAction(_threadId, action, itemId) {
      const before = stored.find(({ id }) => id === itemId);
      if (action.type === 'refused') throw new ChatKitError('http', 'no');
      return before?.type === 'widget'
        ? { ...before, widget: { type: 'Card', children: [{ type: 'Text', value: action.type }] } }
        : null;
    },
    findRun: async () => null,
    followRun: async function* () {},
    createAttachment: () => Promise.reject(new ChatKitError('http', 'no')),
    deleteAttachment: async () => {},
    transcribe: async () => '',
  };
  const host: SessionHost = {
    client,
    emit: (name, ..._detail) => {
      emitted.push(name);
    },
    clientTool: () => tool,
    threadCreated() {
      emitted.push('created');
    },
    unsent(_session, { draft }) {
      restored.push(draft);
    },
    turnEnded: () => {},
    localId: () => {
      ids += 1;
      return `local-${ids}`;
    },
  };
  const hang = () => {
    hangs = true;
  };
  return { requests, emitted, restored, stored, pages, hang, session: new ThreadSession(host, threadId) };
}

async function* plays(events: ThreadStreamEvent[]) {
  yield* events;
}
async function* fails(error: Error): AsyncGenerator<ThreadStreamEvent, void, void> {
  yield* plays([]);
  throw error;
}
const idle = async ({ session }: World) => {
  while (session.running) await new Promise((resolve) => setTimeout(resolve));
};
const count = (list: string[], name: string) => list.filter((each) => each === name).length;
const state = ({ session }: World) => session.state.getSnapshot();

describe('a turn', () => {
  it('creates the thread, shows the message at once and ends with exactly one start and one end', async () => {
    const w = world([() => plays([created, done(user('u1')), options, done(says('m1', 'Hi'))])]);
    const accepted = w.session.send(message('hello'));
    expect(state(w).transcript.items).toMatchObject([{ id: 'local-2', content: [{ text: 'hello' }] }]);
    expect(state(w).turn).toEqual({ kind: 'running', stage: 'waiting' });
    await accepted;
    await idle(w);
    expect(w.requests).toMatchObject([
      { type: 'threads.create', params: { input: { attachments: [], inference_options: {} } } },
    ]);
    expect(w.emitted).toEqual(['chatkit.response.start', 'created', 'chatkit.response.end']);
    expect(state(w)).toMatchObject({ threadId: 'thr_1', outcome: 'finished', failure: null });
  });

  it('says that its connection is lost until something comes again', async () => {
    const stages: unknown[] = [];
    const w = world([
      async function* (_request, _signal, onLost) {
        yield* plays([created, done(user('u1')), options, done(says('m1', 'Half'))]);
        await vi.waitFor(() => expect(state(w).turn).toEqual({ kind: 'running', stage: 'answering' }));
        onLost?.();
        stages.push(state(w).turn);
        yield { type: 'progress_update', text: 'On it' };
        await vi.waitFor(() => expect(state(w).turn).toEqual({ kind: 'running', stage: 'waiting' }));
      },
    ]);
    await w.session.send(message('hello'));
    await idle(w);
    expect(stages).toEqual([{ kind: 'running', stage: 'lost' }]);
    expect(state(w).outcome).toBe('finished');
  });

  it('refuses a second message while one runs', async () => {
    const w = world([() => plays([created, done(user('u1')), options])]);
    const first = w.session.send(message('a'));
    await expect(w.session.send(message('b'))).rejects.toMatchObject({ code: 'busy' });
    await first;
    await idle(w);
    expect(w.requests).toHaveLength(1);
  });

  it('stops: the partial answer stays, nothing is reported as an error', async () => {
    const w = world([
      async function* (_request, signal) {
        yield* plays([
          created,
          done(user('u1')),
          options,
          { type: 'thread.item.added', item: says('m1', 'Half') },
        ]);
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        });
      },
    ]);
    await w.session.send(message('a'));
    await new Promise((resolve) => setTimeout(resolve));
    w.session.stop();
    await idle(w);
    expect(state(w)).toMatchObject({ outcome: 'stopped', failure: null });
    expect(state(w).transcript.items.map(({ id }) => id)).toEqual(['u1', 'm1']);
    expect(count(w.emitted, 'chatkit.response.end')).toBe(1);
    expect(count(w.emitted, 'chatkit.error')).toBe(0);
  });

  it('gives an unsent message back and says why', async () => {
    const w = world([() => fails(new ChatKitError('unauthorized', 'signed out', { status: 401 }))]);
    await expect(w.session.send(message('precious'))).rejects.toMatchObject({ code: 'unauthorized' });
    await idle(w);
    expect(w.restored).toEqual([textDraft('precious')]);
    expect(state(w).transcript.items).toEqual([]);
    expect(state(w).failure).toMatchObject({ kept: 'draft', retryAfter: null });
    expect(w.emitted).toEqual(['chatkit.response.start', 'chatkit.error', 'chatkit.response.end']);
  });

  it('loads back to an item that is sought, once, and no further', async () => {
    const w = world([], 'thr_1');
    w.stored.push(...Array.from({ length: 400 }, (_, n) => user(`u${n}`)));
    await w.session.load(0, 'u250');
    expect(state(w)).toMatchObject({ load: { kind: 'ready' }, sought: { itemId: 'u250' } });
    expect(state(w).transcript.items[0]?.id).toBe('u170');
    expect(w.pages).toHaveLength(3);
    w.session.settleSought();
    expect(state(w).sought).toBeNull();
    await w.session.seek('u300');
    expect(w.pages).toHaveLength(3);
    await w.session.seek('gone');
    expect(state(w).transcript.items).toHaveLength(400);
  });

  it('re-reads the thread after a broken stream and keeps the partial text', async () => {
    const w = world(
      [
        async function* () {
          yield* plays([
            done(user('u2', 'go on')),
            options,
            { type: 'thread.item.added', item: says('m2', 'Half') },
          ]);
          throw new ChatKitError('interrupted', 'reset');
        },
      ],
      'thr_1',
    );
    w.stored.push(user('u1'), says('m1', 'Hi'));
    await w.session.load();
    w.stored.push(user('u2', 'go on'));
    await w.session.send(message('go on'));
    await idle(w);
    expect(state(w).transcript.items.map(({ id }) => id)).toEqual(['u1', 'm1', 'u2', 'm2']);
    expect(state(w).failure).toMatchObject({ kept: 'answer', retryAfter: 'u2' });
    expect(w.requests).toHaveLength(1);
  });

  it('offers a retry after an error event only where the server allows it, and retries by the last message', async () => {
    const failing = (allow_retry: boolean) => () =>
      plays([
        created,
        done(user('u1')),
        options,
        { type: 'error', code: 'custom', message: 'No.', allow_retry },
      ]);
    const closed = world([failing(false)]);
    await closed.session.send(message('a'));
    await idle(closed);
    expect(state(closed).failure).toMatchObject({
      retryAfter: null,
      error: { message: 'No.', forPeople: true },
    });

    const open = world([failing(true), () => plays([options, done(says('m2', 'Better'))])]);
    await open.session.send(message('a'));
    await idle(open);
    expect(state(open).failure?.retryAfter).toBe('u1');
    await open.session.retry('u1');
    await idle(open);
    expect(open.requests[1]).toEqual({
      type: 'threads.retry_after_item',
      params: { thread_id: 'thr_1', item_id: 'u1' },
    });
    expect(state(open)).toMatchObject({ failure: null });
    expect(state(open).transcript.items.map(({ id }) => id)).toEqual(['u1', 'm2']);
  });
});

describe('client tools', () => {
  const call: ThreadItem = {
    type: 'client_tool_call',
    id: 'c1',
    ...base,
    status: 'pending',
    call_id: 'call_1',
    name: 'read_page',
    arguments: { part: 'title' },
  };

  it("runs the page's tool and sends its result in the same response", async () => {
    const w = world(
      [
        () => plays([created, done(user('u1')), options, done(call)]),
        () => plays([options, done(says('m1', 'Read.'))]),
      ],
      null,
      async ({ name, params }) => ({ seen: `${name} ${params.part}` }),
    );
    await w.session.send(message('a'));
    await idle(w);
    expect(w.requests[1]).toEqual({
      type: 'threads.add_client_tool_output',
      params: { thread_id: 'thr_1', result: { seen: 'read_page title' } },
    });
    expect(count(w.emitted, 'chatkit.response.start')).toBe(1);
    expect(count(w.emitted, 'chatkit.response.end')).toBe(1);
    expect(state(w).transcript.items[1]).toMatchObject({ id: 'c1', status: 'completed' });
  });

  const broken: ClientTool = () => {
    throw new Error('no page');
  };
  const cases: [string, ClientTool | undefined, object][] = [
    ['throws', broken, { error: 'no page' }],
    ['is missing', undefined, { error: 'This page has no client tool named "read_page".' }],
    ['gives nothing', () => undefined, {}],
  ];
  it.each(cases)('answers the assistant when the tool %s', async (_case, tool, result) => {
    const w = world(
      [() => plays([created, done(user('u1')), options, done(call)]), () => plays([options])],
      null,
      tool,
    );
    await w.session.send(message('a'));
    await idle(w);
    expect(w.requests[1]).toMatchObject({ params: { result } });
  });

  it('can be stopped while the page works', async () => {
    const w = world(
      [() => plays([created, done(user('u1')), options, done(call)])],
      null,
      () => new Promise(() => {}),
    );
    await w.session.send(message('a'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(state(w).turn).toEqual({ kind: 'running', stage: 'tool' });
    w.session.stop();
    await idle(w);
    expect(state(w).outcome).toBe('stopped');
    expect(w.requests).toHaveLength(1);
  });
});

describe('a broken connection', () => {
  const begins: Script = async function* () {
    yield* plays([created, done(user('u1'))]);
    throw new ChatKitError('interrupted', 'broken');
  };

  it('ends the turn also where the server never says what it has', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const w = world([begins]);
      w.hang();
      await w.session.send(message('a'));
      await vi.advanceTimersByTimeAsync(RESYNC_MS - 1);
      expect(w.session.running).toBe(true);
      await vi.advanceTimersByTimeAsync(1);
      expect(w.session.running).toBe(false);
      expect(count(w.emitted, 'chatkit.response.end')).toBe(1);
      expect(state(w).failure).toMatchObject({ kept: 'answer', retryAfter: 'u1' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks nothing for a thread that has been left, and updates of it are none', async () => {
    const w = world([begins]);
    w.hang();
    const sent = w.session.send(message('a')).catch(() => {});
    const updates = w.session.sync();
    w.session.dispose();
    await sent;
    await expect(updates).resolves.toBeUndefined();
    expect(w.session.running).toBe(false);
  });
});

describe('loading', () => {
  it('shows a short thread with one request and a long one from its end, then pages back', async () => {
    const w = world([], 'thr_1');
    for (let n = 1; n <= 75; n += 1) w.stored.push(user(`u${n}`));
    await w.session.load();
    expect(state(w).transcript.items.map(({ id }) => id)).toEqual(w.stored.slice(45).map(({ id }) => id));
    expect(state(w).older).toEqual({ kind: 'more', after: 'u46' });
    await Promise.all([w.session.loadOlder(), w.session.loadOlder()]);
    await w.session.loadOlder();
    expect(state(w).transcript.items).toHaveLength(75);
    expect(state(w).older.kind).toBe('none');
    expect(w.pages.map(({ after }) => after)).toEqual([undefined, 'u46', 'u16']);
    expect(w.emitted).toEqual(['chatkit.thread.load.start', 'chatkit.thread.load.end']);
  });

  it('takes thumbs back that the server refused', async () => {
    const w = world([], 'thr_1');
    await expect(w.session.feedback('k', ['m1'], 'positive')).rejects.toMatchObject({ code: 'http' });
    expect(state(w).feedback).toEqual({});
  });
});
