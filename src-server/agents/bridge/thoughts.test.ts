/** What a model thinks becomes a workflow, which may go on over turns. */
import { describe, expect, it } from 'vitest';
import type { ThreadItem } from '../../../src-shared/chatkit/index.ts';
import { base, contextOf, finished, MESSAGE, reasoning, thought, thoughtDone } from '../testing/answers.ts';
import { violations } from '../testing/conversation.ts';
import { message, outline, play, raw } from '../testing/scripted-run.ts';
import type { RunEvent } from './run-events.ts';
import { streamAgentResponse } from './stream-agent-response.ts';

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
