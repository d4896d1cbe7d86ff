/** What tools of a run send and are asked: of the host, of the client, of the model’s side. */
import { describe, expect, it } from 'vitest';
import type { ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { base, contextOf, finished, MESSAGE, reasoning, thoughtDone, widget } from '../testing/answers.ts';
import { violations } from '../testing/conversation.ts';
import { message, outline, PROTOCOL, play, raw, toolCalled, toolOutput } from '../testing/scripted-run.ts';
import { ResponseStreamConverter } from './converter.ts';
import type { RunEvent } from './run-events.ts';
import { streamAgentResponse } from './stream-agent-response.ts';

describe('what tools send', () => {
  it('comes out at once, and a visible item ends the workflow', async () => {
    const { events } = await play((context) => [
      () => context.startWorkflow({ type: 'custom', tasks: [{ type: 'custom', title: 'T' }] }),
      () => context.stream({ type: 'progress_update', text: 'p' }),
      () => context.stream(widget('wdg')),
      ...message('m', 'So.'),
    ]);
    expect(outline(events)).toEqual([
      'added workflow',
      'progress_update',
      'done workflow',
      'done widget',
      ...MESSAGE,
    ]);
  });

  it('does not end the workflow when nobody sees it', async () => {
    const { events } = await play((context) => [
      () => context.addWorkflowTask({ type: 'custom', title: 'T' }),
      () =>
        context.stream({
          type: 'thread.item.done',
          item: { type: 'hidden_context_item', id: 'h', ...base, content: 'x' },
        }),
      () => context.addWorkflowTask({ type: 'custom', title: 'U' }),
    ]);
    expect(outline(events)).toEqual([
      'added workflow',
      'done hidden_context_item',
      'task.added',
      'done workflow',
    ]);
  });

  it('comes out while the run is silent', async () => {
    let wake: (() => void) | undefined;
    const read: string[] = [];
    const context = contextOf();
    async function* run(): AsyncGenerator<RunEvent> {
      await new Promise<void>((resolve) => {
        wake = resolve;
        context.stream({ type: 'progress_update', text: 'still here' });
      });
      yield* message('m', 'So.');
    }
    for await (const event of streamAgentResponse(context, run())) {
      read.push(event.type);
      if (event.type === 'progress_update') wake?.();
    }
    expect(read[0]).toBe('progress_update');
    expect(read.at(-1)).toBe('thread.item.done');
  });

  it('may be widgets, finished or growing; they end the workflow', async () => {
    const card = (value: string) => ({
      type: 'Card' as const,
      children: [{ type: 'Text' as const, id: 't', value }],
    });
    async function* growing() {
      yield card('a');
      yield card('a');
      yield card('ab');
    }
    const { events } = await play((context) => [
      () => context.addWorkflowTask({ type: 'custom', title: 'T' }),
      () => context.streamWidget(growing()),
      () => context.streamWidget(card('whole'), 'copied'),
    ]);
    expect(violations(events.slice(0, -1))).toEqual([]);
    expect(outline(events)).toEqual([
      'added workflow',
      'done workflow',
      'added widget',
      'streaming_text.value_delta',
      'done widget',
      'done widget',
    ]);
    expect(finished(events).slice(1)).toMatchObject([
      { widget: card('ab') },
      { widget: card('whole'), copy_text: 'copied' },
    ]);
  });

  it('may be a widget that breaks: its last state stays', async () => {
    async function* breaking() {
      yield { type: 'Card' as const, children: [] };
      throw new Error('no more');
    }
    let error: unknown = null;
    const { events } = await play((context) => [
      () =>
        context.streamWidget(breaking()).catch((thrown: unknown) => {
          error = thrown;
        }),
    ]);
    expect(String(error)).toContain('no more');
    expect(outline(events)).toEqual(['added widget', 'done widget']);
  });

  it('before the run is kept for it', async () => {
    const context = contextOf();
    context.stream({ type: 'progress_update', text: 'first' });
    const read: ThreadStreamEvent[] = [];
    async function* run(): AsyncGenerator<RunEvent> {
      yield* message('m', 'So.');
    }
    for await (const event of streamAgentResponse(context, run())) read.push(event);
    expect(read[0]).toEqual({ type: 'progress_update', text: 'first' });
  });
});

describe('client tools', () => {
  it('are called once, after the run, with the ids of the call that asked, not of the last', async () => {
    const { events } = await play(
      (context) => [
        toolCalled('get_selection', 'c1', '{"a":1}'),
        toolCalled('get_selection', 'c2', '{"a":2}'),
        toolCalled('other', 'c3'),
        () => context.callClientTool('get_selection', { a: 1 }, 'c1'),
      ],
      { converter: PROTOCOL },
    );
    expect(finished(events)).toMatchObject([
      { type: 'client_tool_call', id: 'fc_c1', call_id: 'c1', arguments: { a: 1 }, status: 'pending' },
    ]);
  });

  it('are matched by name and arguments where no id is told', async () => {
    const { events } = await play(
      (context) => [
        toolCalled('get_selection', 'c1', '{"a": 1}'),
        toolCalled('get_selection', 'c2', '{"a": 2}'),
        () => context.callClientTool('get_selection', { a: 1 }),
      ],
      { converter: PROTOCOL },
    );
    expect(finished(events)).toMatchObject([{ call_id: 'c1' }]);
  });

  it('keep the workflow open for the turn that goes on with the result', async () => {
    const { events, store } = await play((context) => [
      ...reasoning,
      ...thoughtDone(0, 'I need the page.'),
      toolCalled('get_selection', 'c1'),
      () => context.callClientTool('get_selection', {}, 'c1'),
    ]);
    expect(outline(events).at(-1)).toBe('done client_tool_call');
    expect(outline(events)).not.toContain('done workflow');
    expect(store.writes.map(([method]) => method)).toEqual(['add_thread_item']);
    const kept = await store.loadThreadItems('thr_1', { limit: 2, after: null, order: 'desc' }, null);
    expect(kept.data).toMatchObject([
      { type: 'workflow', workflow: { tasks: [{ content: 'I need the page.' }, {}] } },
    ]);
  });
});

describe('tools of the host', () => {
  it('are tasks, from the call to its result', async () => {
    const { events } = await play(() => [
      toolCalled('get_weather', 'c1'),
      toolOutput('c1', 'sun'),
      ...message('m', 'Sun.'),
    ]);
    expect(outline(events)).toEqual(['added workflow', 'task.updated', 'done workflow', ...MESSAGE]);
    expect(finished(events)[0]).toMatchObject({
      workflow: { tasks: [{ type: 'custom', title: 'get weather', status_indicator: 'complete' }] },
    });
  });

  it('may have one id for all calls', async () => {
    const { events } = await play(() => [
      toolCalled('a', 'call_0'),
      toolOutput('call_0', '1'),
      toolCalled('b', 'call_0'),
      toolOutput('call_0', '2'),
    ]);
    expect(violations(events)).toEqual([]);
    expect(finished(events)[0]).toMatchObject({ workflow: { tasks: [{ title: 'a' }, { title: 'b' }] } });
  });

  it('inside a nested agent are shown in the same workflow', async () => {
    const outer = { callId: 'outer' };
    const search = { type: 'web_search_call', id: 'ws', action: { query: 'q' } };
    const { events } = await play((context) => [
      toolCalled('researcher', 'outer'),
      () => context.nested({ event: toolCalled('lookup', 'outer'), toolCall: outer }),
      () => {
        for (const event of raw({ type: 'response.output_item.done', output_index: 0, item: search })) {
          context.nested({ event, toolCall: outer });
        }
      },
      () => context.nested({ event: toolOutput('outer', 'x'), toolCall: outer }),
      toolOutput('outer', 'found'),
      ...message('m', 'So.'),
    ]);
    expect(violations(events)).toEqual([]);
    expect(finished(events)[0]).toMatchObject({
      workflow: {
        tasks: [{ title: 'researcher' }, { title: 'lookup' }, { type: 'web_search', title_query: 'q' }],
      },
    });
  });

  it('and those of the model’s side are not shown with the detail of the protocol', async () => {
    const item = { type: 'file_search_call', id: 'fs', results: [] };
    const { events } = await play(
      () => [
        ...raw({ type: 'response.output_item.added', output_index: 0, item }),
        ...raw({ type: 'response.output_item.done', output_index: 0, item }),
        toolCalled('get_weather', 'c1'),
        toolOutput('c1', 'sun'),
        { type: 'agent_updated_stream_event', agent: { name: 'Other' } },
      ],
      { converter: PROTOCOL },
    );
    expect(events).toEqual([]);
  });

  it('hand over with a word of who goes on', async () => {
    const converter = new ResponseStreamConverter({ locale: 'fr' });
    const { events } = await play(() => [{ type: 'agent_updated_stream_event', agent: { name: 'Ada' } }], {
      converter,
    });
    expect(events).toEqual([{ type: 'progress_update', text: 'Répond maintenant : Ada' }]);
  });
});
