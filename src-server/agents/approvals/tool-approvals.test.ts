/** Permission for tools, with runs of the real SDK against the fake model server. */
import { Agent, hostedMcpTool, Runner, tool } from '@openai/agents-core';
import { OpenAIChatCompletionsModel, OpenAIResponsesModel } from '@openai/agents-openai';
import { OpenAI } from 'openai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Action, ThreadStreamEvent, WidgetItem } from '../../../src-shared/chatkit/index.ts';
import { ChatKitServer } from '../../chatkit/server.ts';
import { memoryStore } from '../../chatkit/testing/memory-store.ts';
import { AgentContext } from '../bridge/agent-context.ts';
import { streamAgentResponse } from '../bridge/stream-agent-response.ts';
import { ThreadItemConverter } from '../input/thread-item-converter.ts';
import { fakeModel, KEY, MODES } from '../testing/fake-model.ts';
import { ToolApprovals } from './tool-approvals.ts';

const fake = fakeModel();

/** A whole server whose agent has one tool that needs permission; `executed` are the arguments it was run with. */
function serverWith(mode: (typeof MODES)[number], store = memoryStore<null>()) {
  const executed: unknown[] = [];
  const connection = fake.connection(mode);
  const client = new OpenAI({
    baseURL: connection.kind === 'provider' ? connection.baseUrl : '',
    apiKey: KEY,
  });
  const model =
    mode === 'responses'
      ? new OpenAIResponsesModel(client, 'fake-model')
      : new OpenAIChatCompletionsModel(client, 'fake-model');
  const order = tool({
    name: 'get_weather',
    description: 'Needs permission.',
    parameters: z.object({ city: z.string() }),
    needsApproval: true,
    execute: (args) => {
      executed.push(args.city);
      return `sunny in ${args.city}`;
    },
  });
  const library = hostedMcpTool({
    serverLabel: 'library',
    serverUrl: 'https://library.example.org/mcp',
    requireApproval: 'always',
  });
  const tools = mode === 'responses' ? [order, library] : [order];
  const agent = new Agent<unknown>({ name: 'A', model, tools });
  const runner = new Runner({ tracingDisabled: true });
  const converter = new ThreadItemConverter();
  const approvals = new ToolApprovals();
  const server = new ChatKitServer<null>({
    store,
    coalesceMs: 0,
    handlers: {
      async *respond(thread, _message, requestContext, signal) {
        const page = { limit: 50, after: null, order: 'desc' } as const;
        const { data } = await store.loadThreadItems(thread.id, page, requestContext);
        const context = new AgentContext({ thread, store, requestContext });
        const input = await converter.toAgentInput(data.toReversed());
        const run = await runner.run(agent, input, {
          stream: true,
          signal,
          context: { apiKey: 'sk-canary-context', context },
        });
        yield* streamAgentResponse(context, run);
      },
      async *action(thread, action, sender, requestContext, signal) {
        const context = new AgentContext({ thread, store, requestContext });
        const answer = await approvals.answer(context, sender, action);
        if (answer.kind === 'unrelated') throw new Error('unrelated');
        yield* answer.events;
        if (answer.kind !== 'decided') return;
        const run = await runner.run(agent, await answer.resume(agent), { stream: true, signal });
        yield* streamAgentResponse(context, run);
      },
    },
  });
  const ask = async (type: string, params: unknown): Promise<ThreadStreamEvent[]> => {
    const result = await server.process({ type, params }, null, new AbortController().signal);
    const events: ThreadStreamEvent[] = [];
    if (result.kind === 'stream')
      for await (const frame of result.frames) events.push(JSON.parse(frame.slice('data: '.length)));
    return events;
  };
  const say = (text: string, threadId?: string) => {
    const input = {
      content: [{ type: 'input_text', text }],
      attachments: [],
      inference_options: {},
      quoted_text: null,
    };
    return threadId === undefined
      ? ask('threads.create', { input })
      : ask('threads.add_user_message', { thread_id: threadId, input });
  };
  const click = (widget: WidgetItem, action: Action | undefined) =>
    ask('threads.custom_action', { thread_id: widget.thread_id, item_id: widget.id, action });
  return { executed, say, click, store };
}

const widgetIn = (events: readonly ThreadStreamEvent[]): WidgetItem => {
  const found = events.flatMap((event) =>
    (event.type === 'thread.item.done' || event.type === 'thread.item.replaced') &&
    event.item.type === 'widget'
      ? [event.item]
      : [],
  );
  const last = found.at(-1);
  if (last === undefined) throw new Error(`no widget in ${JSON.stringify(events)}`);
  return last;
};

/** The actions of the buttons with this label, in order. */
function actions(value: unknown, label: string): Action[] {
  if (Array.isArray(value)) return value.flatMap((entry) => actions(entry, label));
  if (typeof value !== 'object' || value === null) return [];
  const found =
    'label' in value && value.label === label && 'onClickAction' in value
      ? [value.onClickAction as Action]
      : [];
  return [...found, ...Object.values(value).flatMap((entry) => actions(entry, label))];
}

const textOf = (events: readonly ThreadStreamEvent[]) =>
  events
    .flatMap((event) =>
      event.type === 'thread.item.done' && event.item.type === 'assistant_message' ? event.item.content : [],
    )
    .map(({ text }) => text)
    .join('');

describe.each(MODES)('12: a tool that needs permission, in %s mode', (mode) => {
  it('waits, and goes on with the answer, also in another process', async () => {
    const before = serverWith(mode);
    const asked = await before.say('[tool:get_weather] Weather?');
    const widget = widgetIn(asked);
    expect(JSON.stringify(widget.widget)).toContain('Paris');
    expect(JSON.stringify(asked)).not.toMatch(/paused_run|hidden/);
    expect(before.executed).toEqual([]);

    const after = serverWith(mode, before.store);
    const [allow] = actions(widget.widget, 'Allow once');
    const answered = await after.click(widget, allow);
    expect(after.executed).toEqual(['Paris']);
    expect(JSON.stringify(widgetIn(answered).widget)).toContain('Allowed');
    expect(actions(widgetIn(answered).widget, 'Allow once')).toEqual([]);
    expect(textOf(answered)).toContain('sunny in Paris');
  });

  it('is not run when it is refused, and the model is told', async () => {
    const { say, click, executed } = serverWith(mode);
    const widget = widgetIn(await say('[tool:get_weather] Weather?'));
    const answered = await click(widget, actions(widget.widget, 'Refuse')[0]);
    expect(executed).toEqual([]);
    expect(JSON.stringify(widgetIn(answered).widget)).toContain('Refused');
    expect(textOf(answered)).toMatch(/not approved|rejected/i);
  });

  it('waits for every answer when there are several', async () => {
    const { say, click, executed } = serverWith(mode);
    const widget = widgetIn(await say('[parallel] Weather?'));
    const [first, second] = actions(widget.widget, 'Allow once');
    const noted = await click(widget, first);
    expect(executed).toEqual([]);
    expect(textOf(noted)).toBe('');
    const [, refuse] = actions(widget.widget, 'Refuse');
    expect(second).toBeDefined();
    await click(widget, refuse);
    expect(executed).toHaveLength(1);
  });

  it('runs once, however often and fast the button is pressed', async () => {
    const { say, click, executed } = serverWith(mode);
    const widget = widgetIn(await say('[tool:get_weather] Weather?'));
    const [allow] = actions(widget.widget, 'Allow once');
    await Promise.all([click(widget, allow), click(widget, allow), click(widget, allow)]);
    await click(widget, allow);
    expect(executed).toEqual(['Paris']);
  });

  it('is not asked any more when the conversation has gone on', async () => {
    const { say, click, executed } = serverWith(mode);
    const widget = widgetIn(await say('[tool:get_weather] Weather?'));
    await say('Never mind.', widget.thread_id);
    const answered = await click(widget, actions(widget.widget, 'Allow once')[0]);
    expect(executed).toEqual([]);
    expect(JSON.stringify(widgetIn(answered).widget)).toContain('has gone on');
  });

  it('keeps no secret of the host with the run', async () => {
    const { say, store } = serverWith(mode);
    const widget = widgetIn(await say('[tool:get_weather] Weather?'));
    const page = { limit: 50, after: null, order: 'desc' } as const;
    const { data } = await store.loadThreadItems(widget.thread_id, page, null);
    const kept = JSON.stringify(data.filter(({ type }) => type === 'hidden_context_item'));
    expect(kept).toContain('foyer.paused_run');
    expect(kept).not.toMatch(/sk-canary|generateItemId/);
  });
});

describe('19: an MCP server on the side of the model', () => {
  it.each([
    ['Allow once', 'Allowed', 'The MCP server was allowed.', true],
    ['Refuse', 'Refused', 'The MCP server was refused.', false],
  ])(
    'is asked for by its own name; “%s” reaches the model, also in another process',
    async (label, badge, text, approve) => {
      const before = serverWith('responses');
      const from = fake.requests().length;
      const asked = await before.say('[mcp-ask] Remove Emma.');
      const widget = widgetIn(asked);
      const shown = JSON.stringify(widget.widget);
      expect(shown).toContain('library: delete book');
      expect(shown).toContain('Emma');
      expect(fake.requests(from)).toHaveLength(1);

      const after = serverWith('responses', before.store);
      const answered = await after.click(widget, actions(widget.widget, label)[0]);
      expect(JSON.stringify(widgetIn(answered).widget)).toContain(badge);
      expect(textOf(answered)).toContain(text);
      expect(JSON.stringify(fake.requests(from)[1]?.body)).toContain(
        JSON.stringify({ approve }).slice(1, -1),
      );
      await after.click(widget, actions(widget.widget, label)[0]);
      expect(fake.requests(from)).toHaveLength(2);
    },
  );
});
