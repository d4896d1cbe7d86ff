import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import { startConversation, violations } from './testing/conversation.ts';
import { fakeModel, MODES } from './testing/fake-model.ts';
import { defineTool } from './tools.ts';

const fake = fakeModel();

const weather = defineTool({
  name: 'get_weather',
  description: 'The weather in a city.',
  parameters: z.object({ city: z.string() }),
  title: (args, locale) => ({
    title: locale === 'fr' ? `Météo : ${args?.city}` : `Weather in ${args?.city}`,
  }),
  run: ({ city }) => {
    if (city === 'Tokyo') throw new Error('secret reason');
    return `sunny in ${city}`;
  },
});

/** The kinds of events, with a run of deltas as one. */
function outline(events: readonly ThreadStreamEvent[]): string[] {
  const names = events.map((event) => {
    if (event.type === 'thread.item.updated')
      return event.update.type.replace(/^\w+\.(?:content_part\.)?/, '');
    return 'item' in event ? `${event.type.slice('thread.item.'.length)} ${event.item.type}` : event.type;
  });
  return names.filter((name, at) => name !== 'text_delta' || names[at - 1] !== 'text_delta');
}

const MESSAGE = ['added assistant_message', 'added', 'text_delta', 'done', 'done assistant_message'];

describe.each(MODES)('an answer in %s mode', (mode) => {
  const talk = (options = {}) => startConversation(fake.connection(mode), options);

  it('streams a message and keeps exactly what was streamed', async () => {
    const conversation = await talk();
    const { events, error, texts } = await conversation.ask('What is **new**? [slow:2]');
    expect(error).toBeNull();
    expect(outline(events)).toEqual(MESSAGE);
    expect(violations(events)).toEqual([]);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/^You asked: \*\*What is \*\*new\*\*\?\*\*\n\n.*That is all\.$/s);
    expect(events.filter((e) => e.type === 'thread.item.updated').length).toBeGreaterThan(20);
  });

  it('gives every item an own id, though the server repeats its ids', async () => {
    const conversation = await talk();
    const first = await conversation.ask('one');
    const second = await conversation.ask('two');
    const ids = [...first.items, ...second.items].map((item) => item.id);
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain('msg_0');
    expect(ids).not.toContain('chatcmpl-1');
  });

  it('sends the conversation, the instructions and no ids, and asks for nothing to be stored', async () => {
    const from = fake.requests().length;
    const conversation = await talk({ instructions: 'Always rhyme.' });
    await conversation.ask('first question');
    await conversation.ask('second question');
    const body = JSON.stringify(fake.requests(from)[1]?.body);
    expect(body).toMatch(/Always rhyme\..*first question.*You asked.*second question/s);
    expect(body).not.toMatch(/"id":/);
    if (mode === 'responses') expect(JSON.parse(body)).toMatchObject({ store: false });
    else expect(JSON.parse(body)).not.toHaveProperty('store');
  });

  it('shows reasoning before the message, and how long it took', async () => {
    const conversation = await talk();
    const { events, items, error } = await conversation.ask('[reason] Why?');
    expect(error).toBeNull();
    expect(violations(events)).toEqual([]);
    expect(outline(events).slice(0, 3)).toEqual(['added workflow', 'task.added', 'task.updated']);
    expect(items.map((item) => item.type)).toEqual(['workflow', 'assistant_message']);
    expect(items[0]).toMatchObject({ workflow: { type: 'reasoning', summary: { duration: 1 } } });
    const thoughts = items[0]?.type === 'workflow' ? items[0].workflow.tasks : [];
    const told = thoughts.map((task) => (task.type === 'thought' ? task.content : '')).join('\n\n');
    expect(told).toBe('First I look at the question.\n\nThen I think about the answer, step by step.');
    expect(thoughts).toHaveLength(mode === 'responses' ? 2 : 1);
    expect(thoughts.every((task) => task.status_indicator === 'complete')).toBe(true);
  });

  it('runs a tool, shows it at work, and goes on with its result', async () => {
    const conversation = await talk({ tools: [weather] });
    const { events, items, texts, error } = await conversation.ask('[tool:get_weather] Weather?', {
      locale: 'fr',
    });
    expect(error).toBeNull();
    expect(outline(events)).toEqual(['added workflow', 'task.updated', 'done workflow', ...MESSAGE]);
    expect(events[0]).toMatchObject({
      item: { workflow: { tasks: [{ title: 'Météo : Paris', status_indicator: 'loading' }] } },
    });
    expect(items[0]).toMatchObject({ workflow: { tasks: [{ status_indicator: 'complete' }] } });
    expect(texts).toEqual(['The tools answered: sunny in Paris.']);
  });

  it.each(['[parallel]', '[sloppy-tools]'])('keeps two calls apart, one of which fails: %s', async (tag) => {
    const conversation = await talk({ tools: [weather] });
    const { events, items, texts, error } = await conversation.ask(`${tag} Weather?`);
    expect(error).toBeNull();
    expect(violations(events)).toEqual([]);
    expect(items[0]).toMatchObject({
      workflow: {
        tasks: [{ title: 'Weather in Paris' }, { title: 'Weather in Tokyo', content: 'This did not work.' }],
      },
    });
    expect(texts[0]).toMatch(/^The tools answered: sunny in Paris \| The tool failed\./);
    expect(JSON.stringify(fake.requests().at(-1)?.body)).not.toContain('secret reason');
  });

  it('survives a tool that does not exist', async () => {
    const conversation = await talk({ tools: [weather] });
    const { texts, error } = await conversation.ask('[tool:launch_rocket] Go!');
    expect(error).toBeNull();
    expect(texts[0]).toMatch(/not found/);
  });

  it('streams a refusal like any text', async () => {
    const conversation = await talk();
    const { events, texts, error } = await conversation.ask('[refusal] Do it.');
    expect(error).toBeNull();
    expect(outline(events)).toEqual(MESSAGE);
    expect(texts).toEqual(['I am sorry, but I cannot help with that.']);
  });

  it('keeps citations that lead somewhere', async () => {
    const conversation = await talk();
    const { events, items } = await conversation.ask('[annotations] Sources?');
    const content = items[0]?.type === 'assistant_message' ? items[0].content : [];
    const url = { type: 'url', url: 'https://example.org/fake', title: 'A fake source' };
    const file = { type: 'file', filename: 'notes.txt', title: 'notes.txt' };
    const sources = content[0]?.annotations.map((annotation) => annotation.source);
    expect(sources).toEqual(mode === 'responses' ? [url, file] : [url]);
    const shown = events.flatMap((e) =>
      e.type === 'thread.item.updated' && e.update.type === 'assistant_message.content_part.annotation_added'
        ? [e.update.annotation_index]
        : [],
    );
    expect(shown).toEqual(sources?.map((_, index) => index));
    const done = events.findLast(
      (e) => e.type === 'thread.item.updated' && e.update.type === 'assistant_message.content_part.done',
    );
    expect(done).toMatchObject({ update: { content: { annotations: content[0]?.annotations } } });
  });

  it.each(['[crlf]', '[bytewise]', '[comments]'])('reads any form of stream: %s', async (tag) => {
    const conversation = await talk();
    const { events, error, texts } = await conversation.ask(`${tag} Hello`);
    expect(error).toBeNull();
    expect(violations(events)).toEqual([]);
    expect(texts[0]).toContain(tag === '[bytewise]' ? '你好 🙂' : 'déjà vu');
  });

  it('survives a burst, also with a slow reader, and joins what waits', async () => {
    const conversation = await talk();
    let waited = false;
    const { events, texts, error } = await conversation.ask('[burst:3000]', {
      onEvent: async () => {
        if (waited) return true;
        waited = true;
        await fake.requests().at(-1)?.closed;
        await new Promise((resolve) => setTimeout(resolve, 200));
        return true;
      },
    });
    expect(error).toBeNull();
    expect(violations(events)).toEqual([]);
    expect(texts[0]).toMatch(/^word0 .* word2999 $/);
    expect(events.length).toBeLessThan(2_500);
  });

  it('stops at once when it is told to, keeps what was shown, and hangs up', async () => {
    const conversation = await talk();
    const stop = new AbortController();
    let deltas = 0;
    let stoppedAt = 0;
    const { events, error } = await conversation.ask('[slow:20] A long story', {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'thread.item.updated' && ++deltas === 4) {
          stoppedAt = performance.now();
          stop.abort();
        }
        return true;
      },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(200);
    expect(error).toBeNull();
    expect(events.filter((e) => e.type === 'thread.item.updated')).toHaveLength(4);
    expect(events.some((e) => e.type === 'thread.item.done')).toBe(false);
    expect(await fake.requests().at(-1)?.closed).toBe('aborted');
    expect(conversation.logged.at(-1)).toContain('aborted');
  });

  it.each(['[hang]', '[noheaders]', '[slow:30]'])('hangs up when the reader goes away: %s', async (tag) => {
    const conversation = await talk();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 60);
    const { error } = await conversation.ask(`${tag} Hello`, { signal: stop.signal });
    expect(error).toBeNull();
    expect(await fake.requests().at(-1)?.closed).toBe('aborted');
  });

  it('hangs up when the reader stops reading', async () => {
    const conversation = await talk();
    const { error } = await conversation.ask('[slow:30] Hello', {
      onEvent: (event) => event.type !== 'thread.item.updated',
    });
    expect(error).toBeNull();
    expect(await fake.requests().at(-1)?.closed).toBe('aborted');
  });

  it('stops a tool at work', async () => {
    let stopped = false;
    const slow = defineTool({
      name: 'get_weather',
      description: 'Slow.',
      parameters: z.object({ city: z.string() }),
      title: () => ({ title: 'Slow' }),
      run: (_args, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            stopped = true;
            resolve('too late');
          });
        }),
    });
    const from = fake.requests().length;
    const conversation = await talk({ tools: [slow] });
    const stop = new AbortController();
    const started = performance.now();
    const { error } = await conversation.ask('[tool:get_weather] Weather?', {
      signal: stop.signal,
      onEvent: () => {
        setTimeout(() => stop.abort(), 20);
        return true;
      },
    });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect([error, stopped, fake.requests(from).length]).toEqual([null, true, 1]);
  });

  it('asks nobody when it was stopped before it began', async () => {
    const from = fake.requests().length;
    const conversation = await talk();
    const { events, error } = await conversation.ask('Hello', { signal: AbortSignal.abort() });
    expect([events, error, fake.requests(from)]).toEqual([[], null, []]);
  });

  it('logs numbers, never words or keys', async () => {
    const conversation = await talk();
    await conversation.ask('my secret plan');
    expect(conversation.logged).toHaveLength(1);
    expect(conversation.logged[0]).toMatch(
      /^answer \((responses|chat)\) complete after \d+ ms, 1 calls, 11 tokens in, 7 tokens out$/,
    );
  });
});

describe('an answer in responses mode', () => {
  it('keeps several messages of one response apart', async () => {
    const conversation = await startConversation(fake.connection('responses'));
    const { events, texts } = await conversation.ask('[twomsg] Hello');
    expect(outline(events)).toEqual([...MESSAGE, ...MESSAGE]);
    expect(violations(events)).toEqual([]);
    expect(texts[0]).toBe('First, a remark.');
    expect(texts[1]).toContain('You asked');
  });

  it('shows tools of the model’s side as tasks', async () => {
    const conversation = await startConversation(fake.connection('responses'));
    const { events, items } = await conversation.ask('[hosted] Look it up');
    expect(violations(events)).toEqual([]);
    expect(items[0]).toMatchObject({
      workflow: {
        tasks: [
          { type: 'web_search', title_query: 'fake news', sources: [{ url: 'https://example.org/fake' }] },
          { type: 'file', sources: [{ filename: 'notes.txt' }] },
          { type: 'custom', content: '```\nprint(6 * 7)\n```' },
          { type: 'custom', title: 'library: lookup' },
        ],
      },
    });
  });

  it('asks models that reason for summaries, others for nothing they would refuse', async () => {
    const from = fake.requests().length;
    for (const model of ['gpt-5.1', 'o4-mini', 'gpt-4.1-mini', 'gpt-5-chat-latest']) {
      const conversation = await startConversation(fake.connection('responses', { model }));
      await conversation.ask('Hello');
    }
    const bodies = fake.requests(from).map(({ body }) => z.looseObject({}).parse(body));
    expect(bodies.map((body) => body.reasoning)).toEqual([
      { summary: 'auto' },
      { summary: 'auto' },
      undefined,
      undefined,
    ]);
    expect(bodies.map((body) => body.text)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('thoughts in chat mode', () => {
  it.each(['reasoning', 'think', 'both'])('reads them as %s', async (variant) => {
    const conversation = await startConversation(fake.connection('chat'));
    const { items, texts } = await conversation.ask(`[reason:${variant}] Why?`);
    expect(items.map((item) => item.type)).toEqual(['workflow', 'assistant_message']);
    expect(JSON.stringify(items[0])).toContain(
      '"First I look at the question.\\n\\nThen I think about the answer, step by step."',
    );
    expect(texts[0]).toMatch(/^You asked/);
  });
});

describe('the title of a thread', () => {
  it('comes from the first message and stays', async () => {
    const conversation = await startConversation(fake.connection('chat'));
    await conversation.ask('## How do **I** cook rice?\n\nI have a pot.');
    expect(conversation.thread.title).toBe('How do I cook rice?');
    await conversation.ask('And noodles?');
    expect(conversation.thread.title).toBe('How do I cook rice?');
  });
});

it('answers with a new connection from the next message on', async () => {
  const conversation = await startConversation({ kind: 'guide' });
  const before = await conversation.ask('Hello');
  conversation.connect(fake.connection('chat'));
  const after = await conversation.ask('Hello again');
  expect(before.texts[0]).toContain('built-in guide');
  expect(after.texts[0]).toContain('You asked: **Hello again**');
});
