import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import { startConversation, violations } from './testing/conversation.ts';
import { fakeModel, MODES } from './testing/fake-model.ts';
import { defineClientTool, defineTool, type ToolUse } from './tools.ts';

const fake = fakeModel();
const parameters = z.object({ city: z.string() });

const selection = defineClientTool({
  name: 'get_selection',
  description: 'What is selected on the page.',
  parameters,
  title: () => ({ title: 'Looking at the page' }),
});

describe.each(MODES)('a tool of the browser, in %s mode', (mode) => {
  it('ends the turn with its call, and the turn goes on with its result', async () => {
    const from = fake.requests().length;
    const conversation = await startConversation(fake.connection(mode), { tools: [selection] });
    const first = await conversation.ask('[reason] [tool:get_selection] What is selected?');
    expect(first.error).toBeNull();
    expect(fake.requests(from)).toHaveLength(1);
    expect(first.items).toMatchObject([
      { type: 'client_tool_call', name: 'get_selection', arguments: { city: 'Paris' }, status: 'pending' },
    ]);
    const workflow = first.events.find((event) => event.type === 'thread.item.added');

    const second = await conversation.goOn({ text: 'two words' });
    expect(second.error).toBeNull();
    expect(second.texts).toEqual(['The tools answered: {"text": "two words"}.']);
    const ended = second.items[0];
    expect(ended?.type).toBe('workflow');
    expect(ended?.id).toBe(workflow?.item.id);
    const kept = await conversation.store.loadThreadItems(
      conversation.thread.id,
      { limit: 10, after: null, order: 'asc' },
      contextOf(),
    );
    expect(kept.data.map(({ type }) => type)).toEqual([
      'user_message',
      'workflow',
      'client_tool_call',
      'assistant_message',
    ]);
  });

  it('is called once where the model calls it twice', async () => {
    const conversation = await startConversation(fake.connection(mode), { tools: [selection] });
    const { items, error } = await conversation.ask('[parallel] What is selected?');
    expect(error).toBeNull();
    const calls = items.filter(({ type }) => type === 'client_tool_call');
    expect(calls).toMatchObject([{ arguments: { city: 'Tokyo' }, call_id: 'call_0_1' }]);
  });
});

describe.each(MODES)('a tool that shows things, in %s mode', (mode) => {
  const talk = (shows: (chat: ToolUse['chat']) => void) => {
    const painter = defineTool({
      name: 'paint',
      description: 'Paints.',
      parameters,
      title: () => ({ title: 'Painting' }),
      run: (_args, { chat }) => {
        shows(chat);
        return 'shown';
      },
    });
    return startConversation(fake.connection(mode), { tools: [painter] });
  };

  it('sends its events before the answer', async () => {
    const conversation = await talk((chat) => {
      chat.addWorkflowTask({ type: 'custom', title: 'Mixing colours', status_indicator: 'complete' });
      chat.stream({ type: 'progress_update', text: 'Almost there' });
    });
    const { events, items, error } = await conversation.ask('[tool:paint] Paint');
    expect(error).toBeNull();
    expect(violations(events)).toEqual([]);
    const kinds = events.map((event: ThreadStreamEvent) => event.type);
    expect(kinds.indexOf('progress_update')).toBeLessThan(kinds.lastIndexOf('thread.item.added'));
    expect(items[0]).toMatchObject({
      workflow: {
        tasks: [{ title: 'Painting', status_indicator: 'complete' }, { title: 'Mixing colours' }],
      },
    });
  });
});

function contextOf() {
  return { userId: 'usr_1', role: 'user', locale: 'en', signal: new AbortController().signal } as const;
}
