import { InputGuardrailTripwireTriggered } from '@openai/agents-core';
import { describe, expect, it } from 'vitest';
import type { ThreadItem, ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { memoryStore } from '../../chatkit/testing/memory-store.ts';
import { violations } from '../testing/conversation.ts';
import {
  chunk,
  message,
  outline,
  PROTOCOL,
  play,
  raw,
  responseDone,
  toolCalled,
  toolOutput,
} from '../testing/scripted-run.ts';
import { AgentContext } from './agent-context.ts';
import { ResponseStreamConverter } from './converter.ts';
import type { RunEvent } from './run-events.ts';
import { streamAgentResponse } from './stream-agent-response.ts';

const MESSAGE = ['added assistant_message', 'added', 'text_delta', 'done', 'done assistant_message'];
const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z' };
const widget = (id: string): ThreadStreamEvent => ({
  type: 'thread.item.done',
  item: { type: 'widget', id, ...base, widget: { type: 'Card', children: [] } },
});
const reasoning = raw({
  type: 'response.output_item.added',
  output_index: 0,
  item: { type: 'reasoning', id: 'rs' },
});
const thought = (summary_index: number, delta: string) =>
  raw({
    type: 'response.reasoning_summary_text.delta',
    item_id: 'rs',
    output_index: 0,
    summary_index,
    delta,
  });
const thoughtDone = (summary_index: number, text: string) =>
  raw({ type: 'response.reasoning_summary_text.done', item_id: 'rs', output_index: 0, summary_index, text });
const finished = (events: readonly ThreadStreamEvent[]) =>
  events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []));

describe('ids of items', () => {
  it('are the store’s own by default, though the provider repeats its own', async () => {
    const { events } = await play(() => [
      ...message('msg_0', 'a'),
      responseDone(),
      ...message('msg_0', 'b'),
      responseDone(),
    ]);
    const ids = finished(events).map(({ id }) => id);
    expect(violations(events)).toEqual([]);
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain('msg_0');
  });

  it('are the provider’s where that is asked for, also with the full detail', async () => {
    for (const detail of ['protocol', 'full'] as const) {
      const converter = new ResponseStreamConverter({ itemIds: 'provider', detail });
      const { events } = await play(() => message('m1', 'a'), { converter });
      expect(outline(events)).toEqual(MESSAGE);
      expect(finished(events).map(({ id }) => id)).toEqual(['m1']);
    }
  });

  it('are the store’s own with the detail of the protocol too', async () => {
    const converter = new ResponseStreamConverter({ itemIds: 'own', detail: 'protocol' });
    const { events } = await play(() => message('m1', 'a'), { converter });
    expect(violations(events)).toEqual([]);
    expect(finished(events)[0]?.id).toMatch(/^msg_/);
  });
});

describe('text', () => {
  it('is written once, though the SDK gives it twice', async () => {
    const { events } = await play(() => message('m', 'Hello'));
    expect(finished(events)).toMatchObject([{ content: [{ text: 'Hello' }] }]);
    expect(violations(events)).toEqual([]);
  });

  it('is read from models that speak only the SDK’s own events', async () => {
    const delta = (text: string): RunEvent => ({
      type: 'raw_model_stream_event',
      data: { type: 'output_text_delta', delta: text },
    });
    const { events } = await play(() => [
      delta('Hel'),
      delta('lo'),
      responseDone(),
      delta('again'),
      responseDone(),
    ]);
    expect(violations(events)).toEqual([]);
    expect(finished(events)).toMatchObject([
      { content: [{ text: 'Hello' }] },
      { content: [{ text: 'again' }] },
    ]);
  });

  it('is read from providers of both kinds in one run', async () => {
    const { events } = await play(() => [
      ...message('m', 'one'),
      responseDone(),
      chunk({ content: 'two' }),
      responseDone(),
    ]);
    expect(finished(events)).toMatchObject([{ content: [{ text: 'one' }] }, { content: [{ text: 'two' }] }]);
  });

  it('that a server sends only at the end of the item is kept, with its citations', async () => {
    const citation = { type: 'file_citation', filename: 'a.txt', index: 2 };
    const content = [{ type: 'output_text', text: 'Late', annotations: [citation] }];
    const { events } = await play(() =>
      raw({
        type: 'response.output_item.done',
        output_index: 0,
        item: { type: 'message', id: 'm', content },
      }),
    );
    expect(violations(events)).toEqual([]);
    expect(finished(events)).toMatchObject([
      { content: [{ text: 'Late', annotations: [{ source: { filename: 'a.txt' }, index: 2 }] }] },
    ]);
  });

  it('of refusals streams with the full detail, and comes whole with that of the protocol', async () => {
    const refusal = [
      ...raw({
        type: 'response.output_item.added',
        output_index: 0,
        item: { type: 'message', id: 'm', content: [] },
      }),
      ...raw({
        type: 'response.refusal.delta',
        item_id: 'm',
        output_index: 0,
        content_index: 0,
        delta: 'No.',
      }),
      ...raw({
        type: 'response.output_item.done',
        output_index: 0,
        item: { type: 'message', id: 'm', content: [{ type: 'refusal', refusal: 'No.' }] },
      }),
    ];
    const full = await play(() => refusal);
    expect(outline(full.events)).toEqual(MESSAGE);
    const protocol = await play(() => refusal, { converter: PROTOCOL });
    expect(outline(protocol.events)).toEqual(['added assistant_message', 'done assistant_message']);
    expect(finished(protocol.events)).toMatchObject([{ content: [{ text: 'No.' }] }]);
  });
});

describe('reasoning', () => {
  const steps = [
    ...reasoning,
    ...thought(0, 'One'),
    ...thoughtDone(0, 'One.'),
    ...thought(1, 'Tw'),
    ...thoughtDone(1, 'Two.'),
  ];

  it('shows each part as it grows', async () => {
    const { events } = await play(() => [...steps, ...message('m', 'So.', 1)]);
    expect(outline(events)).toEqual([
      'added workflow',
      'task.added',
      'task.updated',
      'task.added',
      'task.updated',
      'done workflow',
      ...MESSAGE,
    ]);
    expect(finished(events)[0]).toMatchObject({
      workflow: {
        tasks: [
          { content: 'One.', status_indicator: 'complete' },
          { content: 'Two.', status_indicator: 'complete' },
        ],
      },
    });
  });

  it('shows parts that come only whole', async () => {
    const { events } = await play(() => [
      ...reasoning,
      ...thoughtDone(0, 'All at once.'),
      ...message('m', 'So.', 1),
    ]);
    expect(violations(events)).toEqual([]);
    expect(finished(events)[0]).toMatchObject({ workflow: { tasks: [{ content: 'All at once.' }] } });
  });

  it('of the whole kind is shown like summaries', async () => {
    const at = { item_id: 'rs', output_index: 0, content_index: 0 };
    const { events } = await play(() => [
      ...reasoning,
      ...raw({ type: 'response.reasoning_text.delta', ...at, delta: 'Hm' }),
      ...raw({ type: 'response.reasoning_text.done', ...at, text: 'Hm.' }),
      ...message('m', 'So.', 1),
    ]);
    expect(finished(events)[0]).toMatchObject({ workflow: { tasks: [{ type: 'thought', content: 'Hm.' }] } });
  });

  it('goes on in the workflow that the turn before left open', async () => {
    const items: ThreadItem[] = [
      {
        type: 'workflow',
        id: 'wf_before',
        ...base,
        workflow: { type: 'reasoning', tasks: [], expanded: false },
      },
      {
        type: 'client_tool_call',
        id: 'tc',
        ...base,
        call_id: 'c',
        name: 'n',
        arguments: {},
        status: 'completed',
      },
    ];
    const { events } = await play(() => [...steps, ...message('m', 'So.', 1)], { items });
    expect(outline(events).slice(0, 1)).toEqual(['task.added']);
    expect(finished(events)[0]).toMatchObject({ id: 'wf_before', created_at: base.created_at });
  });

  it('begins anew after a message of the person', async () => {
    const items: ThreadItem[] = [
      {
        type: 'workflow',
        id: 'wf_before',
        ...base,
        workflow: { type: 'reasoning', tasks: [], expanded: false },
      },
      { type: 'end_of_turn', id: 'eot', ...base },
    ];
    const { events } = await play(() => steps, { items });
    expect(outline(events)[0]).toBe('added workflow');
  });
});

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

it('an open workflow is kept in its place, however slow the reader', async () => {
  const context = contextOf();
  async function* run(): AsyncGenerator<RunEvent> {
    yield* message('m', 'Let me look.');
    context.addWorkflowTask({ type: 'custom', title: 'Looking' });
    context.callClientTool('get_selection', {});
  }
  const { store, thread } = context;
  for await (const event of streamAgentResponse(context, run())) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (event.type === 'thread.item.done') await store.addThreadItem(thread.id, event.item, null);
  }
  const { data } = await store.loadThreadItems(thread.id, { limit: 9, after: null, order: 'asc' }, null);
  expect(data.map(({ type }) => type)).toEqual(['assistant_message', 'workflow', 'client_tool_call']);
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

describe('the end of a run', () => {
  it('by a guardrail takes everything away that was shown, and throws', async () => {
    const error = new InputGuardrailTripwireTriggered('tripwire', {} as never);
    const { events, error: thrown } = await play((context) => [
      ...reasoning,
      ...thoughtDone(0, 'Hm.'),
      ...message('m', 'Secret', 1),
      () => context.stream(widget('wdg')),
      error,
    ]);
    expect(thrown).toBe(error);
    const shown = events.flatMap((event) => ('item' in event ? [event.item.id] : []));
    const removed = events.flatMap((event) => (event.type === 'thread.item.removed' ? [event.item_id] : []));
    expect(new Set(removed)).toEqual(new Set(shown));
    expect(removed).toHaveLength(3);
  });

  it('by a failure keeps what was shown, and throws', async () => {
    const error = new Error('broken');
    const { events, error: thrown } = await play(() => [
      toolCalled('get_weather', 'c1'),
      ...message('m', 'Half').slice(0, 4),
      error,
    ]);
    expect(thrown).toBe(error);
    expect(violations(events)).toEqual([]);
    expect(finished(events)).toMatchObject([{ type: 'workflow' }, { content: [{ text: 'Half' }] }]);
  });

  it('stops the run when the reader stops', async () => {
    let stopped = false;
    async function* run(): AsyncGenerator<RunEvent> {
      try {
        for (;;) {
          yield* message('m', 'word');
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      } finally {
        stopped = true;
      }
    }
    for await (const event of streamAgentResponse(contextOf(), run())) {
      if (event.type === 'thread.item.updated') break;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopped).toBe(true);
  });

  it('stores an open workflow with the detail of the protocol', async () => {
    const { events, store } = await play(() => [...reasoning, ...thoughtDone(0, 'Hm.')], {
      converter: PROTOCOL,
    });
    expect(outline(events)).toEqual(['added workflow', 'task.added']);
    expect(store.writes).toHaveLength(1);
  });
});

describe('images', () => {
  const at = { item_id: 'ig_1', output_index: 0 };
  const item = { type: 'image_generation_call', id: 'ig_1' };
  const steps = [
    ...raw({ type: 'response.output_item.added', output_index: 0, item }),
    ...raw({
      type: 'response.image_generation_call.partial_image',
      ...at,
      partial_image_index: 1,
      partial_image_b64: 'AA',
    }),
    ...raw({ type: 'response.output_item.done', output_index: 0, item: { ...item, result: 'BB' } }),
    ...message('m', 'There.', 1),
  ];

  it('grow with their progress', async () => {
    const converter = new ResponseStreamConverter({ partialImages: 4 });
    const { events } = await play(() => steps, { converter });
    expect(outline(events)).toEqual(['added generated_image', 'updated', 'done generated_image', ...MESSAGE]);
    expect(events[1]).toMatchObject({
      update: { image: { url: 'data:image/png;base64,AA' }, progress: 0.25 },
    });
    expect(finished(events)[0]).toMatchObject({ image: { url: 'data:image/png;base64,BB' } });
  });

  it('may be stored by the host; what follows waits for its address', async () => {
    const asked: unknown[] = [];
    class Storing extends ResponseStreamConverter {
      override async base64ImageToUrl(id: string, base64: string, partial?: number): Promise<string> {
        asked.push([base64, partial]);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return `https://files.example/${id}`;
      }
    }
    const { events } = await play(() => steps, { converter: new Storing() });
    expect(outline(events)).toEqual(['added generated_image', 'updated', 'done generated_image', ...MESSAGE]);
    expect(asked).toEqual([
      ['AA', 1],
      ['BB', undefined],
    ]);
    const [image] = finished(events);
    expect(image).toMatchObject({ image: { url: expect.stringMatching(/^https:\/\/files\.example\/msg_/) } });
  });

  it('that cannot be stored end the turn with the error', async () => {
    class Failing extends ResponseStreamConverter {
      override async base64ImageToUrl(): Promise<string> {
        throw new Error('disk full');
      }
    }
    const { events, error } = await play(() => steps, { converter: new Failing() });
    expect(String(error)).toContain('disk full');
    expect(outline(events)).not.toContain('done generated_image');
  });

  it('that never came are taken away', async () => {
    const { events } = await play(() => steps.slice(0, 1));
    expect(outline(events)).toEqual(['added generated_image', 'thread.item.removed']);
  });
});

describe('citations', () => {
  it('are made by the converter’s own methods, in the stream and at the end', async () => {
    class Named extends ResponseStreamConverter {
      override urlCitationToAnnotation({ url }: { url: string }) {
        return {
          type: 'annotation' as const,
          source: { type: 'url' as const, url, title: 'Mine' },
          index: 1,
        };
      }
    }
    const citation = { type: 'url_citation', url: 'https://example.org/a', title: 'Theirs', end_index: 1 };
    const cited = raw({
      type: 'response.output_text.annotation.added',
      item_id: 'm',
      output_index: 0,
      content_index: 0,
      annotation: citation,
    });
    const steps = message('m', 'Hello');
    const { events } = await play(() => [...steps.slice(0, 4), ...cited, ...steps.slice(4)], {
      converter: new Named(),
    });
    const titles = JSON.stringify(events).match(/Theirs|Mine/g);
    expect(new Set(titles)).toEqual(new Set(['Mine']));
    const done = events.find(
      (e) => e.type === 'thread.item.updated' && e.update.type === 'assistant_message.content_part.done',
    );
    expect(done).toMatchObject({ update: { content: { annotations: [{ source: { title: 'Mine' } }] } } });
  });
});

function contextOf(): AgentContext<null> {
  const store = memoryStore<null>();
  return new AgentContext({
    thread: { id: 'thr_1', created_at: base.created_at, status: { type: 'active' }, metadata: {} },
    store,
    requestContext: null,
  });
}
