import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { violations } from '../testing/conversation.ts';
import { toAnnotation } from './citations.ts';
import { hostedTask } from './hosted-tools.ts';
import { eventQueue } from './queue.ts';
import { thinkSplitter } from './think-tags.ts';
import { type TurnWriter, turnWriter } from './turn-writer.ts';

function writerWithEvents(limit = 1_000_000) {
  const events: ThreadStreamEvent[] = [];
  let ids = 0;
  let clock = Date.UTC(2026, 0, 1);
  const writer = turnWriter(
    {
      threadId: 'thr_1',
      newId: (kind) => `${kind}_${++ids}`,
      now: () => new Date(clock),
      emit: (event) => events.push(structuredClone(event)),
    },
    limit,
  );
  return { events, writer, pass: (ms: number) => (clock += ms) };
}

const types = (events: readonly ThreadStreamEvent[]) =>
  events.map((event) => (event.type === 'thread.item.updated' ? event.update.type : event.type));

describe('writing a turn', () => {
  const key = fc.constantFrom('a', 'b');
  const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('\n\n', ' ', '  x', '\r\n'));
  const annotation = {
    type: 'annotation' as const,
    source: { type: 'url' as const, url: 'https://example.org/', title: 'x' },
    index: 5,
  };
  const step = fc.oneof(
    fc.tuple(key, key, text).map(
      ([m, p, t]) =>
        (w: TurnWriter) =>
          w.text(m, p, t),
    ),
    fc.tuple(key, key).map(
      ([m, p]) =>
        (w: TurnWriter) =>
          w.annotate(m, p, annotation),
    ),
    fc.tuple(key, key).map(
      ([m, p]) =>
        (w: TurnWriter) =>
          w.endPart(m, p),
    ),
    key.map((m) => (w: TurnWriter) => w.endMessage(m)),
    fc.constant((w: TurnWriter) => w.endResponse()),
    fc.constant((w: TurnWriter) => w.think()),
    fc.tuple(key, text).map(
      ([k, t]) =>
        (w: TurnWriter) =>
          w.thought(k, t),
    ),
    key.map((k) => (w: TurnWriter) => w.endThought(k)),
    fc.tuple(key, fc.boolean()).map(
      ([k, done]) =>
        (w: TurnWriter) =>
          w.task(k, { type: 'custom', status_indicator: done ? 'complete' : 'loading', title: k }),
    ),
  );

  it('makes a sound stream of anything: deltas are the text, items begin and end once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, whole) => {
        const { events, writer } = writerWithEvents();
        for (const run of steps) run(writer);
        writer.finish(whole ? 'complete' : 'interrupted');
        expect(violations(events)).toEqual([]);
        const open = events.flatMap((event) =>
          event.type === 'thread.item.done' && event.item.type === 'workflow'
            ? event.item.workflow.tasks.filter((task) => task.status_indicator === 'loading')
            : [],
        );
        expect(open).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('loses no visible character, and only blank lines at the start', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (deltas) => {
        const { events, writer } = writerWithEvents();
        for (const delta of deltas) writer.text('m', 'p', delta);
        writer.finish('complete');
        const done = events.findLast((event) => event.type === 'thread.item.done');
        const kept = done?.item.type === 'assistant_message' ? (done.item.content[0]?.text ?? '') : '';
        const whole = deltas.join('');
        expect(whole.endsWith(kept)).toBe(true);
        expect(whole.slice(0, whole.length - kept.length).trim()).toBe('');
      }),
      { numRuns: 200 },
    );
  });

  it('moves citations by what was left out at the start', () => {
    const { events, writer } = writerWithEvents();
    writer.text('m', 'p', '\n\nHello');
    writer.annotate('m', 'p', { ...annotation, index: 7 });
    writer.annotate('m', 'p', { ...annotation, index: 99 });
    writer.finish('complete');
    const done = events.at(-1);
    expect(done).toMatchObject({
      item: { content: [{ text: 'Hello', annotations: [{ index: 5 }, { index: 5 }] }] },
    });
  });

  it('ends the workflow when a message begins, with its duration in whole seconds', () => {
    const { events, writer, pass } = writerWithEvents();
    writer.thought('t', 'Hm.');
    pass(4_600);
    writer.text('m', 'p', 'So.');
    expect(types(events)).toEqual([
      'thread.item.added',
      'workflow.task.added',
      'workflow.task.updated',
      'thread.item.done',
      'thread.item.added',
      'assistant_message.content_part.added',
      'assistant_message.content_part.text_delta',
    ]);
    expect(events[3]).toMatchObject({ item: { workflow: { summary: { duration: 5 }, expanded: false } } });
  });

  it('mentions a model that thought long without a word, not one that hardly did', () => {
    const short = writerWithEvents();
    short.writer.think();
    short.writer.finish('complete');
    expect(types(short.events)).toEqual(['thread.item.added', 'thread.item.removed']);
    const long = writerWithEvents();
    long.writer.think();
    long.pass(3_000);
    long.writer.finish('complete');
    expect(types(long.events)).toEqual(['thread.item.added', 'thread.item.done']);
  });

  it('sends a growing thought now and then, and whole at its end', () => {
    const { events, writer, pass } = writerWithEvents();
    for (let at = 0; at < 100; at += 1) {
      writer.thought('t', `word${at} `);
      pass(10);
    }
    writer.endThought('t');
    const updates = events.filter((event) => event.type === 'thread.item.updated');
    expect(updates.length).toBeGreaterThan(5);
    expect(updates.length).toBeLessThan(15);
    expect(JSON.stringify(updates.at(-1))).toMatch(/word0 .* word99"/);
  });

  it('marks what was interrupted', () => {
    const { events, writer } = writerWithEvents();
    writer.task('t', { type: 'custom', status_indicator: 'loading', title: 'Search' });
    writer.finish('interrupted');
    expect(events.at(-1)).toMatchObject({ item: { workflow: { tasks: [{ status_indicator: 'none' }] } } });
  });

  it('stops at its limit', () => {
    const { writer } = writerWithEvents(10);
    writer.text('m', 'p', '0123456789');
    expect(() => writer.thought('t', 'x')).toThrow(/answer-too-long/);
  });
});

describe('the queue', () => {
  const delta = (text: string, item_id = 'm', content_index = 0): ThreadStreamEvent => ({
    type: 'thread.item.updated',
    item_id,
    update: { type: 'assistant_message.content_part.text_delta', content_index, delta: text },
  });
  const collect = async (queue: ReturnType<typeof eventQueue>) => {
    const read: ThreadStreamEvent[] = [];
    for await (const event of queue.read()) read.push(event);
    return read;
  };

  it('joins what waits, of the same part only', async () => {
    const queue = eventQueue();
    for (const event of [
      delta('a'),
      delta('b'),
      delta('c', 'm', 1),
      delta('d', 'n', 1),
      delta('e', 'n', 1),
    ]) {
      queue.push(event);
    }
    queue.end();
    expect(await collect(queue)).toEqual([delta('ab'), delta('c', 'm', 1), delta('de', 'n', 1)]);
  });

  it('hands out what is queued before an error', async () => {
    const queue = eventQueue();
    queue.push(delta('a'));
    queue.end(new Error('broken'));
    const reader = queue.read();
    expect((await reader.next()).value).toEqual(delta('a'));
    await expect(reader.next()).rejects.toThrow('broken');
  });

  it('wakes a waiting reader, and ends at once when discarded', async () => {
    const queue = eventQueue();
    const all = collect(queue);
    await Promise.resolve();
    queue.push(delta('a'));
    queue.push(delta('b'));
    queue.discard();
    queue.push(delta('c'));
    expect(await all).toEqual([delta('a')]);
  });

  it('does work between what comes before and after it, and never at once', async () => {
    const queue = eventQueue();
    const seen: string[] = [];
    const all = (async () => {
      for await (const event of queue.read(() => seen.push('stopped'))) seen.push(JSON.stringify(event));
    })();
    await Promise.resolve();
    queue.pushWork(async () => {
      await Promise.resolve();
      seen.push('work');
    });
    expect(seen).toEqual([]);
    queue.push(delta('a'));
    queue.end();
    await all;
    expect(seen).toEqual(['work', JSON.stringify(delta('a'))]);
  });
});

describe('thoughts between tags', () => {
  const split = (...deltas: string[]) => {
    const splitter = thinkSplitter();
    const found = { thought: '', text: '' };
    for (const { kind, text } of [...deltas.flatMap((d) => splitter.feed(d)), ...splitter.flush()]) {
      found[kind] += text;
    }
    return found;
  };

  it('are told from the answer, wherever the stream is cut', () => {
    const source = '\n<think>a < b, </thin>k</think>\nAnswer </think>.';
    for (let at = 0; at <= source.length; at += 1) {
      expect(split(source.slice(0, at), source.slice(at))).toEqual({
        thought: 'a < b, </thin>k',
        text: '\nAnswer </think>.',
      });
    }
    expect(split(...source)).toEqual({ thought: 'a < b, </thin>k', text: '\nAnswer </think>.' });
  });

  it('count only at the start', () => {
    const text = 'The tag <think>x</think> is text.';
    expect(split(...text)).toEqual({ thought: '', text });
    expect(split('<', 'thin', 'g')).toEqual({ thought: '', text: '<thing' });
    expect(split('<thi')).toEqual({ thought: '', text: '<thi' });
  });

  it('may stay open', () => {
    expect(split('<thinking>never ', 'done</thin')).toEqual({ thought: 'never done</thin', text: '' });
  });
});

describe('citations', () => {
  it('keep only what can be opened or recognised', () => {
    const url = { type: 'url_citation', url: 'https://example.org/a', title: 'A', end_index: 4 };
    expect(toAnnotation(url)).toMatchObject({ source: { type: 'url', title: 'A' }, index: 4 });
    expect(toAnnotation({ type: 'url_citation', url_citation: url })).toEqual(toAnnotation(url));
    expect(toAnnotation({ ...url, title: ' ' })).toMatchObject({ source: { title: 'example.org' } });
    expect(toAnnotation({ ...url, url: 'javascript:alert(1)' })).toBeNull();
    expect(toAnnotation({ type: 'file_citation', filename: '', index: 1 })).toBeNull();
    expect(toAnnotation({ type: 'container_file_citation', filename: 'f.txt', end_index: 9 })).toMatchObject({
      source: { type: 'file', filename: 'f.txt' },
      index: 9,
    });
    for (const other of [null, 'x', { type: 'file_path' }, {}]) expect(toAnnotation(other)).toBeNull();
  });
});

describe('tools of the model’s side', () => {
  it('are tasks that a code block cannot break out of', () => {
    const task = hostedTask({ type: 'code_interpreter_call', code: '```\n<script>' }, true, 'fr');
    expect(task).toMatchObject({ title: 'Exécution d’un programme', content: '````\n```\n<script>\n````' });
  });

  it('link only to web addresses', () => {
    const action = { query: 'q', sources: [{ url: 'file:///etc/passwd' }, { url: 'http://a.example/' }] };
    const task = hostedTask({ type: 'web_search_call', action }, false, 'en');
    expect(task).toMatchObject({ status_indicator: 'loading', sources: [{ url: 'http://a.example/' }] });
  });

  it('do not include what nobody knows', () => {
    expect(hostedTask({ type: 'function_call' }, true, 'en')).toBeNull();
    expect(hostedTask(null, true, 'en')).toBeNull();
  });
});
