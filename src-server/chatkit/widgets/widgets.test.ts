import { describe, expect, it } from 'vitest';
import type { ThreadStreamEvent, WidgetRoot } from '../../../src-shared/chatkit/index.ts';
import { accumulateText, diffWidget, streamWidget } from './index.ts';

const card = (...children: object[]): WidgetRoot => ({ type: 'Card', children });
const text = (value: string, more: object = {}) => ({ type: 'Text', value, ...more });
const root = (widget: WidgetRoot) => [{ type: 'widget.root.updated', widget }];

async function collect(events: AsyncIterable<ThreadStreamEvent>): Promise<ThreadStreamEvent[]> {
  const all: ThreadStreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

async function* each(...states: WidgetRoot[]): AsyncGenerator<WidgetRoot> {
  yield* states;
}

describe('the difference of two widgets', () => {
  it('is nothing for equal ones, whatever nulls they hold', () => {
    expect(diffWidget(card(text('a', { size: null })), card(text('a')))).toEqual([]);
    expect(diffWidget(card({ type: 'Row' }), card({ type: 'Row', children: [] }))).toEqual(
      root(card({ type: 'Row', children: [] })),
    );
  });

  it('is a delta for each text with an id that grew, at any depth', () => {
    const state = (a: string, b: string) =>
      card(
        { type: 'Transition', children: text(a, { id: 'a' }) },
        { type: 'Col', children: [{ type: 'Markdown', value: b, id: 'b', streaming: true }] },
      );
    expect(diffWidget(state('', 'x'), state('1', 'xy'))).toEqual([
      { type: 'widget.streaming_text.value_delta', component_id: 'a', delta: '1', done: true },
      { type: 'widget.streaming_text.value_delta', component_id: 'b', delta: 'y', done: false },
    ]);
  });

  it('is refused for a widget that is nested too deeply', () => {
    let deep: object = text('a');
    for (let level = 0; level < 5_000; level += 1) deep = { type: 'Box', children: [deep] };
    expect(() => diffWidget(card(deep), card(deep))).toThrow(RangeError);
  });

  it('is the root when anything else changed', () => {
    const before = card(text('a', { id: '1', streaming: true }));
    for (const after of [
      card(text('b', { id: '1', streaming: true })),
      card(text('ab', { id: '1', streaming: false })),
      card(text('ab', { id: '1' })),
      card(text('ab', { id: '2', streaming: true })),
      card({ type: 'Markdown', value: 'ab', id: '1', streaming: true }),
      card(text('ab', { id: '1', streaming: true }), text('new')),
      { type: 'ListView', children: before.children } as WidgetRoot,
    ]) {
      expect(diffWidget(before, after)).toEqual(root(after));
    }
  });

  it('is the root when two nodes share the id of one that grew', () => {
    const after = card(text('ab', { id: '1' }), text('x', { id: '1' }));
    expect(diffWidget(card(text('a', { id: '1' }), text('x', { id: '1' })), after)).toEqual(root(after));
  });

  it('is nothing for growth without an id, and the root for a title that grew', () => {
    expect(diffWidget(card(text('a')), card(text('ab')))).toEqual([]);
    const after = card({ type: 'Title', value: 'ab' });
    expect(diffWidget(card({ type: 'Title', value: 'a' }), after)).toEqual(root(after));
  });
});

describe('streaming a widget', () => {
  it('announces, updates and finishes one item, and keeps each state as it was', async () => {
    const growing = card(text('', { id: 't' }));
    async function* states() {
      yield growing;
      (growing.children as { value: string }[])[0]!.value = 'hi';
      yield growing;
    }
    const events = await collect(streamWidget({ id: 'thr_1' }, states(), { id: 'msg_1', copyText: 'hi' }));
    expect(events).toMatchObject([
      {
        type: 'thread.item.added',
        item: { id: 'msg_1', widget: card(text('', { id: 't' })), copy_text: 'hi' },
      },
      { type: 'thread.item.updated', item_id: 'msg_1', update: { delta: 'hi', done: true } },
      {
        type: 'thread.item.done',
        item: { id: 'msg_1', thread_id: 'thr_1', widget: card(text('hi', { id: 't' })) },
      },
    ]);
  });

  it('sends one finished item for a widget that is there, none for no state', async () => {
    expect(await collect(streamWidget({ id: 'thr_1' }, card()))).toMatchObject([
      { type: 'thread.item.done' },
    ]);
    expect(await collect(streamWidget({ id: 'thr_1' }, each()))).toEqual([]);
  });

  it('gathers text into states, the last without streaming', async () => {
    const build = (value: string, streaming: boolean) => card(text(value, { id: 't', streaming }));
    const events = await collect(streamWidget({ id: 'thr_1' }, accumulateText(['a', '', 'b'], build)));
    expect(events.map(({ type }) => type)).toEqual([
      'thread.item.added',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.done',
    ]);
    expect(events.at(-2)).toMatchObject({
      update: { type: 'widget.root.updated', widget: build('ab', false) },
    });
  });
});
