/** The bridge with runs of the real SDK, against the fake model server. */
import { Agent, type AgentInputItem, handoff, type MCPServer, Runner, tool } from '@openai/agents-core';
import { OpenAIChatCompletionsModel, OpenAIResponsesModel, webSearchTool } from '@openai/agents-openai';
import { OpenAI } from 'openai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ThreadItem, ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { memoryStore } from '../../chatkit/testing/memory-store.ts';
import { violations } from '../testing/conversation.ts';
import { fakeModel, KEY, MODES } from '../testing/fake-model.ts';
import { outline } from '../testing/scripted-run.ts';
import { AgentContext } from './agent-context.ts';
import { streamAgentResponse } from './stream-agent-response.ts';

const fake = fakeModel();
const MESSAGE = ['added assistant_message', 'added', 'text_delta', 'done', 'done assistant_message'];
const parameters = z.object({ city: z.string() });

describe.each(MODES)('a run of the SDK, in %s mode', (mode) => {
  const model = () => {
    const connection = fake.connection(mode);
    const baseURL = connection.kind === 'provider' ? connection.baseUrl : '';
    const client = new OpenAI({ baseURL, apiKey: KEY });
    return mode === 'responses'
      ? new OpenAIResponsesModel(client, 'fake-model')
      : new OpenAIChatCompletionsModel(client, 'fake-model');
  };
  const contextOf = () =>
    new AgentContext<null>({
      thread: { id: 'thr_1', created_at: '2026-01-01T00:00:00Z', status: { type: 'active' }, metadata: {} },
      store: memoryStore(),
      requestContext: null,
    });
  const answer = async (
    agent: Agent,
    question: string,
    context = contextOf(),
    onEvent: (event: ThreadStreamEvent) => boolean = () => true,
  ) => {
    const input: AgentInputItem[] = [{ type: 'message', role: 'user', content: question }];
    const run = await new Runner({ tracingDisabled: true }).run(agent, input, { stream: true });
    const events: ThreadStreamEvent[] = [];
    for await (const event of streamAgentResponse(context, run)) {
      events.push(event);
      if (!onEvent(event)) break;
    }
    return events;
  };
  const done = (events: readonly ThreadStreamEvent[]): ThreadItem[] =>
    events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []));

  it('becomes a message, each word once', async () => {
    const events = await answer(new Agent({ name: 'A', model: model() }), '[reason] Hello');
    expect(violations(events)).toEqual([]);
    expect(outline(events).slice(-5)).toEqual(MESSAGE);
    expect(JSON.stringify(done(events).at(-1))).toContain('You asked: **Hello**');
  });

  it('shows its tools', async () => {
    const weather = tool({
      name: 'get_weather',
      description: 'w',
      parameters,
      execute: ({ city }) => `sun in ${city}`,
    });
    const events = await answer(
      new Agent({ name: 'A', model: model(), tools: [weather] }),
      '[parallel] Weather?',
    );
    expect(violations(events)).toEqual([]);
    expect(done(events)).toMatchObject([
      { workflow: { tasks: [{ status_indicator: 'complete' }, { status_indicator: 'complete' }] } },
      { type: 'assistant_message' },
    ]);
  });

  it('stops at a tool of the browser, and names the right call', async () => {
    const context = contextOf();
    const selection = tool({
      name: 'get_selection',
      description: 's',
      parameters,
      execute: (args, _run, details) => {
        if (args.city === 'Paris') context.callClientTool('get_selection', args, details?.toolCall?.callId);
        return '';
      },
    });
    const agent = new Agent({
      name: 'A',
      model: model(),
      tools: [selection],
      toolUseBehavior: { stopAtToolNames: ['get_selection'] },
    });
    const events = await answer(agent, '[parallel] Selection?', context);
    expect(done(events)).toMatchObject([
      { type: 'client_tool_call', call_id: 'call_0_0', arguments: { city: 'Paris' }, status: 'pending' },
    ]);
    expect(outline(events).at(-1)).toBe('done client_tool_call');
  });

  it('hands over to another agent', async () => {
    const billing = new Agent({ name: 'Billing', model: model() });
    const agent = new Agent({
      name: 'A',
      model: model(),
      handoffs: [handoff(billing, { toolNameOverride: 'billing' })],
    });
    const events = await answer(agent, '[tool:billing] Who can help?');
    expect(events[0]).toEqual({ type: 'progress_update', text: 'Now answering: Billing' });
    expect(outline(events).slice(-5)).toEqual(MESSAGE);
  });

  it('shows the tools of an agent that is a tool', async () => {
    const context = contextOf();
    const lookup = tool({ name: 'look_up', description: 'l', parameters, execute: () => 'found' });
    const inner = new Agent({ name: 'Researcher', model: model(), tools: [lookup] });
    const agent = new Agent({
      name: 'A',
      model: model(),
      tools: [
        inner.asTool({
          toolName: 'research',
          toolDescription: 'r',
          parameters,
          inputBuilder: () => '[tool:look_up] Look it up',
          onStream: context.nested,
        }),
      ],
    });
    const events = await answer(agent, '[tool:research] Research', context);
    expect(violations(events)).toEqual([]);
    expect(done(events)[0]).toMatchObject({
      workflow: { tasks: [{ title: 'research' }, { title: 'look up', status_indicator: 'complete' }] },
    });
  });

  it('hangs up when the reader stops', async () => {
    const agent = new Agent({ name: 'A', model: model() });
    await answer(agent, '[slow:30] Hello', contextOf(), (event) => event.type !== 'thread.item.updated');
    expect(await fake.requests().at(-1)?.closed).toBe('aborted');
  });

  it('that is cut keeps what it said, and throws', async () => {
    const context = contextOf();
    const events: ThreadStreamEvent[] = [];
    const agent = new Agent({ name: 'A', model: model() });
    const failed = answer(agent, '[cut] Hello', context, (event) => events.push(event) > 0);
    await expect(failed).rejects.toThrow();
    expect(violations(events)).toEqual([]);
    expect(done(events)).toMatchObject([{ content: [{ text: expect.stringMatching(/^You asked/) }] }]);
  });

  it('is taken back when a guardrail says no', async () => {
    const events: ThreadStreamEvent[] = [];
    const agent = new Agent({
      name: 'A',
      model: model(),
      outputGuardrails: [
        { name: 'no', execute: async () => ({ tripwireTriggered: true, outputInfo: null }) },
      ],
    });
    const failed = answer(agent, 'Hello', contextOf(), (event) => events.push(event) > 0);
    await expect(failed).rejects.toThrow();
    const added = events.flatMap((event) => (event.type === 'thread.item.added' ? [event.item.id] : []));
    expect(events.at(-1)).toEqual({ type: 'thread.item.removed', item_id: added[0] });
  });

  /** A server of tools in this process; `dead`: it answers nothing any more. */
  const mcpServer = (dead: () => boolean): MCPServer => ({
    name: 'weather',
    cacheToolsList: true,
    connect: async () => undefined,
    close: async () => undefined,
    invalidateToolsCache: async () => undefined,
    async listTools() {
      return [
        {
          name: 'get_weather',
          description: 'w',
          inputSchema: {
            type: 'object',
            properties: { city: { type: 'string' } },
            required: ['city'],
            additionalProperties: false,
          },
        },
      ];
    },
    async callTool(_name, args) {
      if (dead()) throw new TypeError('fetch failed');
      return [{ type: 'text', text: `sun in ${args?.city}` }];
    },
  });

  it('19: shows the tools of an MCP server, and lives on when the server dies', async () => {
    let dead = false;
    const agent = new Agent({ name: 'A', model: model(), mcpServers: [mcpServer(() => dead)] });
    const alive = await answer(agent, '[tool:get_weather] Weather?');
    expect(done(alive)).toMatchObject([
      { workflow: { tasks: [{ title: 'get weather', status_indicator: 'complete' }] } },
      { type: 'assistant_message', content: [{ text: expect.stringContaining('sun in Paris') }] },
    ]);
    dead = true;
    const after = await answer(agent, '[tool:get_weather] Weather?');
    expect(violations(after)).toEqual([]);
    expect(done(after).at(-1)).toMatchObject({ type: 'assistant_message' });
  });

  it('20: hosted tools that the API does not have end the turn before anything is sent', async () => {
    const agent = new Agent({ name: 'A', model: model(), tools: [webSearchTool()] });
    const from = fake.requests().length;
    const events = answer(agent, 'Hello');
    if (mode === 'chat') {
      await expect(events).rejects.toThrow();
      expect(fake.requests(from)).toEqual([]);
    } else expect(done(await events).at(-1)).toMatchObject({ type: 'assistant_message' });
  });
});
