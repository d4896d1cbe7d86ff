/** What is known to go wrong with agents, providers and their SDK, one test each; numbered as in agents.md §1.3. */
import { setTimeout as sleep } from 'node:timers/promises';
import { InputGuardrailTripwireTriggered } from '@openai/agents-core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { ThreadItem, ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import type { StreamError } from '../chatkit/errors.ts';
import { startConversation, violations } from './testing/conversation.ts';
import { fakeModel, MODES } from './testing/fake-model.ts';
import { message, play, raw, responseDone } from './testing/scripted-run.ts';
import { defineTool } from './tools.ts';

const fake = fakeModel();
const parameters = z.object({ city: z.string() });
const weather = defineTool({
  name: 'get_weather',
  description: 'The weather in a city.',
  parameters,
  title: (args) => ({ title: `Weather in ${args?.city}` }),
  run: async ({ city }) => {
    if (city === 'Tokyo') await sleep(300);
    return `sunny in ${city}`;
  },
});
const textOf = (item: ThreadItem | undefined) =>
  item?.type === 'assistant_message' ? item.content.map(({ text }) => text).join('') : '';
const publicMessage = (error: unknown) => (error as StreamError).publicMessage;

it.each(MODES)('1: ids are our own, whatever the provider repeats (%s)', async (mode) => {
  const conversation = await startConversation(fake.connection(mode), { tools: [weather] });
  const answers = [
    await conversation.ask('[tool:get_weather] a'),
    await conversation.ask('[tool:get_weather] b'),
  ];
  const ids = answers.flatMap(({ items }) => items.map(({ id }) => id));
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
  expect(ids).not.toContain('msg_0');
  expect(ids.join()).not.toMatch(/chatcmpl|FAKE_ID/);
});

it.each(MODES)('2: a failure takes nothing from a reader who is slow (%s)', async (mode) => {
  const conversation = await startConversation(fake.connection(mode));
  const { events, error, texts } = await conversation.ask('[cut] Hello', {
    onEvent: async () => {
      await sleep(20);
      return true;
    },
  });
  expect(publicMessage(error)).toContain('what had arrived');
  expect(violations(events)).toEqual([]);
  expect(texts[0]).toBe('You asked: **Hello**\n\nThis ');
});

it.each(MODES)('3: what waits for a slow reader is joined (%s)', async (mode) => {
  const conversation = await startConversation(fake.connection(mode));
  const { events, texts } = await conversation.ask('[burst:2000]', {
    onEvent: async (event) => {
      if (event.type === 'thread.item.added') await sleep(400);
      return true;
    },
  });
  expect(texts[0]).toMatch(/word1999 $/);
  expect(events.length).toBeLessThan(1_500);
});

it.each(MODES)('4: a tool that is ready does not look busy because of a slow one (%s)', async (mode) => {
  const conversation = await startConversation(fake.connection(mode), { tools: [weather] });
  const seen: [string, number][] = [];
  const started = performance.now();
  await conversation.ask('[parallel] Weather?', {
    onEvent: (event) => {
      const { update } = event.type === 'thread.item.updated' ? event : { update: null };
      if (update?.type === 'workflow.task.updated' && update.task.status_indicator === 'complete') {
        seen.push([update.task.title ?? '', performance.now() - started]);
      }
      return true;
    },
  });
  const [paris, tokyo] = seen;
  expect([paris?.[0], tokyo?.[0]]).toEqual(['Weather in Paris', 'Weather in Tokyo']);
  expect((tokyo?.[1] ?? 0) - (paris?.[1] ?? 0)).toBeGreaterThan(200);
});

it.each(MODES)(
  '5: a stop during a tool ends the turn at once, and no model is asked again (%s)',
  async (mode) => {
    const from = fake.requests().length;
    const conversation = await startConversation(fake.connection(mode), { tools: [weather] });
    const stop = new AbortController();
    let stoppedAt = 0;
    const { error } = await conversation.ask('[parallel] Weather?', {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'thread.item.added') {
          setTimeout(() => {
            stoppedAt = performance.now();
            stop.abort();
          }, 20);
        }
        return true;
      },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(150);
    expect(error).toBeNull();
    await sleep(400);
    expect(fake.requests(from)).toHaveLength(1);
  },
);

it.each(MODES)('6: what a stopped turn has used so far is counted (%s)', async (mode) => {
  const conversation = await startConversation(fake.connection(mode), { tools: [weather] });
  const stop = new AbortController();
  await conversation.ask('[slow:20] [tool:get_weather] Weather?', {
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === 'thread.item.added' && event.item.type === 'assistant_message') stop.abort();
      return true;
    },
  });
  expect(conversation.logged.at(-1)).toMatch(/aborted after \d+ ms, 1 calls, 11 tokens in, 7 tokens out$/);
});

it.each([
  ['responses', '[fail]', 'reported an error'],
  ['responses', '[incomplete]', 'longest length'],
  ['chat', '[incomplete]', 'longest length'],
  ['chat', '[early-end]', 'broke before'],
] as const)('7: an answer that is not whole is not taken for one: %s %s', async (mode, tag, text) => {
  const conversation = await startConversation(fake.connection(mode));
  const { error, texts } = await conversation.ask(`${tag} Hello`);
  expect(publicMessage(error)?.toLowerCase()).toContain(text);
  expect(texts).toHaveLength(1);
});

it.each([
  ['responses', '[reason]'],
  ['chat', '[reason]'],
  ['chat', '[reason:reasoning]'],
  ['chat', '[reason:think]'],
] as const)('8: thoughts are told from the answer in every form: %s %s', async (mode, tag) => {
  const conversation = await startConversation(fake.connection(mode));
  const { items } = await conversation.ask(`${tag} Why?`);
  expect(items.map(({ type }) => type)).toEqual(['workflow', 'assistant_message']);
  expect(JSON.stringify(items[0])).toContain('step by step');
  expect(textOf(items[1])).not.toMatch(/step by step|think>/);
});

it('8: whole thoughts of the Responses API are told too', async () => {
  const at = { item_id: 'rs', output_index: 0, content_index: 0 };
  const { events } = await play(() => [
    ...raw({ type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs' } }),
    ...raw({ type: 'response.reasoning_text.delta', ...at, delta: 'Hm' }),
    ...message('m', 'So.', 1),
  ]);
  expect(JSON.stringify(events)).toContain('"type":"thought","status_indicator":"complete","content":"Hm"');
});

it.each(MODES)('9: an empty answer is not asked for again and again (%s)', async (mode) => {
  for (const tag of ['[empty]', '[html]']) {
    const from = fake.requests().length;
    const conversation = await startConversation(fake.connection(mode));
    const { error } = await conversation.ask(`${tag} Hello`);
    expect(error).not.toBeNull();
    expect(fake.requests(from)).toHaveLength(1);
  }
});

it('10: sloppy calls of tools are kept apart', async () => {
  const conversation = await startConversation(fake.connection('chat'), { tools: [weather] });
  const { texts, error } = await conversation.ask('[sloppy-tools] Weather?');
  expect(error).toBeNull();
  expect(texts).toEqual(['The tools answered: sunny in Paris | sunny in Tokyo.']);
});

it.each(MODES)('11: a tool that fails is marked, and its reason stays inside (%s)', async (mode) => {
  const from = fake.requests().length;
  const broken = defineTool({
    ...weather,
    parameters,
    title: () => ({ title: 'Weather' }),
    run: () => {
      throw new Error('secret reason');
    },
  });
  const conversation = await startConversation(fake.connection(mode), { tools: [broken] });
  const { items, error } = await conversation.ask('[tool:get_weather] Weather?');
  expect(error).toBeNull();
  expect(items[0]).toMatchObject({ workflow: { tasks: [{ content: 'This did not work.' }] } });
  expect(JSON.stringify(fake.requests(from).map(({ body }) => body))).not.toContain('secret reason');
});

it.each(MODES)('13: tools without end come to one (%s)', async (mode) => {
  const from = fake.requests().length;
  const conversation = await startConversation(fake.connection(mode), {
    tools: [weather],
    limits: { modelCalls: 3 },
  });
  const { error, events } = await conversation.ask('[loop] Hello');
  expect(publicMessage(error)).toContain('again and again');
  expect(fake.requests(from)).toHaveLength(3);
  expect(violations(events)).toEqual([]);
});

it('14: what a guardrail lets out first is taken back', async () => {
  const { events } = await play(() => [
    ...message('m', 'Too early.'),
    new InputGuardrailTripwireTriggered('no', {} as never),
  ]);
  const added = events.flatMap((event) => (event.type === 'thread.item.added' ? [event.item.id] : []));
  expect(events.at(-1)).toEqual({ type: 'thread.item.removed', item_id: added[0] });
});

it.each(MODES)('16: a stopped turn leaves no question without what was said to it (%s)', async (mode) => {
  const conversation = await startConversation(fake.connection(mode));
  const stop = new AbortController();
  await conversation.ask('[slow:20] first', {
    signal: stop.signal,
    onEvent: () => {
      stop.abort();
      return true;
    },
  });
  const from = fake.requests().length;
  await conversation.ask('second');
  const body = JSON.stringify(fake.requests(from)[0]?.body);
  expect(body.split('first')).toHaveLength(2);
  expect(body).toMatch(/first.*second/s);
});

it.each(MODES)('17: later turns know what tools found out, also with another provider (%s)', async (mode) => {
  const other = mode === 'chat' ? 'responses' : 'chat';
  const conversation = await startConversation(fake.connection(mode), { tools: [weather] });
  const { items } = await conversation.ask('[tool:get_weather] Weather?');
  expect(items.map(({ type }) => type)).toEqual(['workflow', 'assistant_message']);
  conversation.connect(fake.connection(other));
  const from = fake.requests().length;
  expect((await conversation.ask('And tomorrow?')).error).toBeNull();
  const body = JSON.stringify(fake.requests(from)[0]?.body);
  expect(body).toMatch(/Weather\?.*get_weather.*sunny in Paris.*The tools answered.*And tomorrow/s);
  expect(body).not.toMatch(/call_0_0|chatcmpl|msg_0|fc_/);
});

it('17: a model without these tools reads of them instead', async () => {
  const tools = [weather];
  const conversation = await startConversation(fake.connection('chat'), { tools });
  await conversation.ask('[tool:get_weather] Weather?');
  tools.pop();
  const from = fake.requests().length;
  expect((await conversation.ask('And tomorrow?')).error).toBeNull();
  const body = JSON.stringify(fake.requests(from)[0]?.body);
  expect(body).toMatch(/<EarlierToolResult>\\nget_weather\(.*sunny in Paris/);
  expect(body).not.toContain('tool_calls');
});

it('18: a hand-over is told', async () => {
  const { events } = await play(() => [{ type: 'agent_updated_stream_event', agent: { name: 'Billing' } }]);
  expect(events).toEqual([{ type: 'progress_update', text: 'Now answering: Billing' }]);
});

it.each(MODES)('21: a server that is down is asked three times, not nine (%s)', async (mode) => {
  const from = fake.requests().length;
  const conversation = await startConversation(fake.connection(mode));
  expect((await conversation.ask('[status:500] Hello')).error).not.toBeNull();
  expect(fake.requests(from)).toHaveLength(3);
});

it('22: no setting is added because of the name of a model, and nothing is stored', async () => {
  const from = fake.requests().length;
  const conversation = await startConversation(fake.connection('responses', { model: 'gpt-5.1' }));
  await conversation.ask('Hello');
  const body = z.looseObject({}).parse(fake.requests(from)[0]?.body);
  expect(body).toMatchObject({ store: false, reasoning: { summary: 'auto' } });
  expect(body.text).toBeUndefined();
  expect(JSON.stringify(body.reasoning)).not.toContain('effort');
});

it('23: several messages of one answer stay several', async () => {
  const conversation = await startConversation(fake.connection('responses'));
  const { events, texts } = await conversation.ask('[twomsg] Hello');
  expect(violations(events)).toEqual([]);
  expect(texts).toHaveLength(2);
  const both = await play(() => [...message('a', 'one', 0), ...message('b', 'two', 1), responseDone()]);
  expect(doneTexts(both.events)).toEqual(['one', 'two']);
});

it('names Foyer to the model server, with its version where it is known', async () => {
  const from = fake.requests().length;
  for (const mode of MODES) {
    await (await startConversation(fake.connection(mode), { version: '1.2.3' })).ask('Hello');
  }
  for (const { headers } of fake.requests(from)) {
    expect(headers['user-agent']).toMatch(/^Foyer\/1\.2\.3 Agents\/JavaScript /);
  }
});

function doneTexts(events: readonly ThreadStreamEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'thread.item.done' ? [textOf(event.item)] : []));
}
