import { afterEach, describe, expect, it, vi } from 'vitest';
import { resolveOptions } from '../options/resolve.ts';
import { Controller } from './controller.ts';
import { draftText, textDraft } from './drafts.ts';

const base = { thread_id: 'thr_1', created_at: '2026-11-23T00:00:00Z' };

/** A server in a function: JSON operations by table, streams by a list of events that can be held open. */
function setup(json: Record<string, unknown> = {}) {
  const emitted: [string, unknown][] = [];
  const bodies: { type: string; params: Record<string, unknown> }[] = [];
  const held: ((events: object[]) => void)[] = [];
  const send: typeof fetch = async (_url, init) => {
    const body = JSON.parse(String(init?.body));
    bodies.push(body);
    if (body.type in json) return new Response(JSON.stringify(json[body.type]));
    const stream = new ReadableStream<Uint8Array>({
      start(control) {
        held.push((events) => {
          for (const event of events)
            control.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`));
          if (events.length === 0) control.close();
        });
        init?.signal?.addEventListener('abort', () => control.error(new DOMException('', 'AbortError')));
      },
    });
    return new Response(stream);
  };
  const input = { api: { url: '/x', domainKey: 'd', fetch: send }, locale: 'en' };
  const controller = new Controller({
    emit: (name, ...detail) => emitted.push([name, detail[0]]),
    options: resolveOptions(input),
  });
  return { controller, emitted, bodies, held, input };
}

const created = (id: string) => ({ type: 'thread.created', thread: { id, created_at: base.created_at } });
const userDone = (id: string, thread_id: string, text: string) => ({
  type: 'thread.item.done',
  item: {
    type: 'user_message',
    id,
    thread_id,
    created_at: base.created_at,
    content: [{ type: 'input_text', text }],
    inference_options: {},
  },
});
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('controller', () => {
  afterEach(() => vi.restoreAllMocks());

  it('takes the draft on its way and moves what is typed meanwhile to the new thread', async () => {
    const { controller, held, emitted } = setup();
    controller.drafts.set(null, textDraft('hello'));
    controller.sendDraft();
    expect(draftText(controller.drafts.get(null))).toBe('');
    controller.drafts.set(null, textDraft('next'));
    await settle();
    held[0]?.([created('thr_1'), userDone('u1', 'thr_1', 'hello')]);
    await settle();
    expect(controller.threadId).toBe('thr_1');
    expect(draftText(controller.drafts.get('thr_1'))).toBe('next');
    expect(draftText(controller.drafts.get(null))).toBe('');
    expect(emitted).toContainEqual(['chatkit.thread.change', { threadId: 'thr_1' }]);
  });

  it('lets a response go on in the background and shows it live on return', async () => {
    const { controller, held, bodies } = setup();
    controller.sendPrompt('long work');
    await settle();
    held[0]?.([created('thr_1'), userDone('u1', 'thr_1', 'long work')]);
    await settle();
    await controller.openThread(null);
    expect(controller.threadId).toBeNull();
    held[0]?.([
      {
        type: 'thread.item.done',
        item: {
          type: 'assistant_message',
          id: 'm1',
          ...base,
          content: [{ type: 'output_text', text: 'Done' }],
        },
      },
    ]);
    await settle();
    await controller.openThread('thr_1');
    const { session } = controller.app.getSnapshot();
    expect(session.running).toBe(true);
    await settle();
    expect(bodies.map(({ type }) => type)).toEqual(['threads.create']);
    held[0]?.([]);
    await settle();
    expect(session.running).toBe(false);
  });

  it('applies options live and keeps thread, draft and session', async () => {
    const { controller, input } = setup();
    controller.drafts.set(null, textDraft('keep me'));
    const { session } = controller.app.getSnapshot();
    const heard = vi.fn();
    controller.app.subscribe(heard);
    controller.setOptions(
      resolveOptions({ ...input, api: { ...input.api, fetch: async () => new Response('{}') } }),
    );
    expect(heard).not.toHaveBeenCalled();
    controller.setOptions(resolveOptions({ ...input, theme: 'dark', locale: 'fr' }));
    expect(heard).toHaveBeenCalledTimes(1);
    const app = controller.app.getSnapshot();
    expect(app.session).toBe(session);
    expect(app.language.strings.send).toBe('Envoyer le message');
    expect(draftText(controller.drafts.get(null))).toBe('keep me');
  });

  it("sends tool and model of the call, not of the composer, and the composer's own with drafts", async () => {
    const { controller, bodies, emitted, input, held } = setup();
    controller.setOptions(
      resolveOptions({
        ...input,
        composer: {
          tools: [{ id: 'search', label: 'Search', icon: 'globe' }],
          models: [
            { id: 'small', label: 'S' },
            { id: 'big', label: 'B', default: true },
          ],
        },
      }),
    );
    controller.selectTool('search');
    const sending = controller.sendUserMessage({ text: 'a', toolChoice: { id: 'other' }, model: 'x' });
    await settle();
    expect(bodies[0]?.params.input).toMatchObject({
      inference_options: { tool_choice: { id: 'other' }, model: 'x' },
    });
    held[0]?.([created('thr_1'), userDone('u1', 'thr_1', 'a')]);
    await sending;
    held[0]?.([]);
    await settle();
    controller.drafts.set('thr_1', { ...textDraft('b'), reply: 'quoted' });
    controller.sendDraft();
    await settle();
    expect(bodies[1]?.params.input).toMatchObject({
      quoted_text: 'quoted',
      inference_options: { tool_choice: { id: 'search' }, model: 'big' },
    });
    expect(emitted.filter(([name]) => name === 'chatkit.tool.change').map(([, detail]) => detail)).toEqual([
      { toolId: 'search' },
      { toolId: null },
    ]);
  });

  it('loads a thread that could not be loaded when it is asked for news', async () => {
    const answers: Record<string, unknown> = { 'threads.get_by_id': { nothing: 'of the kind' } };
    const { controller } = setup(answers);
    await expect(controller.openThread('thr_1')).rejects.toMatchObject({ code: 'protocol' });
    const load = () => controller.app.getSnapshot().session.state.getSnapshot().load.kind;
    expect(load()).toBe('failed');
    await expect(controller.fetchUpdates()).rejects.toMatchObject({ code: 'protocol' });
    expect(load(), 'and says again when it still cannot').toBe('failed');
    answers['threads.get_by_id'] = {
      id: 'thr_1',
      created_at: base.created_at,
      items: { data: [], has_more: false },
    };
    await controller.fetchUpdates();
    expect(load()).toBe('ready');
  });

  it('puts a new thread in the place of a deleted one', async () => {
    const thread = { id: 'thr_1', created_at: base.created_at };
    const { controller, emitted } = setup({
      'threads.get_by_id': thread,
      'threads.delete': {},
      'threads.list': { data: [thread] },
    });
    await controller.openThread('thr_1');
    controller.showHistory();
    await settle();
    await controller.deleteThread('thr_1');
    expect(controller.threadId).toBeNull();
    expect(controller.history.state.getSnapshot().threads).toEqual([]);
    expect(emitted.map(([name]) => name)).toEqual([
      'chatkit.thread.change',
      'chatkit.thread.load.start',
      'chatkit.thread.load.end',
      'chatkit.history.open',
      'chatkit.thread.change',
    ]);
  });

  it('leaves the history when the host takes it away, so that nobody is shut in', async () => {
    const { controller, emitted, input } = setup({ 'threads.list': { data: [] } });
    controller.showHistory();
    controller.setOptions(resolveOptions({ ...input, frameTitle: 'Other' }));
    expect(controller.app.getSnapshot().view).toBe('history');
    controller.setOptions(resolveOptions({ ...input, history: { enabled: false } }));
    expect(controller.app.getSnapshot().view).toBe('chat');
    expect(emitted.map(([name]) => name)).toEqual(['chatkit.history.open', 'chatkit.history.close']);
  });

  it('refuses to send nothing, and files where attachments are off, by typed errors', async () => {
    const { controller } = setup();
    await expect(controller.sendUserMessage({ text: '  ' })).rejects.toMatchObject({ code: 'configuration' });
    expect(() => controller.setComposerValue({ files: [new File([], 'a')] })).toThrow(
      expect.objectContaining({ code: 'configuration' }),
    );
  });

  it('asks the search again when the history opens, and finds no thread that was deleted', async () => {
    const { controller, input } = setup({
      'threads.list': { data: [], has_more: false },
      'threads.delete': {},
    });
    const row = { title: null, createdAt: '', itemId: null, itemsAfter: 0, excerpt: [] };
    const find = vi.fn(async () => [
      { ...row, threadId: 'thr_1' },
      { ...row, threadId: 'thr_2' },
    ]);
    controller.setOptions(resolveOptions({ ...input, search: { find } }));
    controller.search.type('words');
    controller.showHistory();
    await settle();
    expect(find).toHaveBeenCalledTimes(1);
    await controller.deleteThread('thr_1');
    expect(controller.search.state.getSnapshot().progress).toMatchObject({
      found: { threads: [{ threadId: 'thr_2' }] },
    });
    controller.dispose();
  });
});
