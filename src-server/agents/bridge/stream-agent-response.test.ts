/** What a model says becomes messages: ids, text, images, citations, and how a run ends. */
import { InputGuardrailTripwireTriggered } from '@openai/agents-core';
import { describe, expect, it } from 'vitest';
import { contextOf, finished, MESSAGE, reasoning, thoughtDone, widget } from '../testing/answers.ts';
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
} from '../testing/scripted-run.ts';
import { ResponseStreamConverter } from './converter.ts';
import type { RunEvent } from './run-events.ts';
import { streamAgentResponse } from './stream-agent-response.ts';

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
