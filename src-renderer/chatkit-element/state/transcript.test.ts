import { describe, expect, it } from 'vitest';
import type { ThreadItem, ThreadStreamEvent, UserMessageItem } from '../../../src-shared/chatkit/index.ts';
import {
  addUnconfirmed,
  applyEvent,
  dropUnconfirmed,
  EMPTY_TRANSCRIPT,
  endTurn,
  prependItems,
  resync,
  startTurn,
  type Transcript,
  truncateAfter,
} from './transcript.ts';
import { groupTurns } from './turns.ts';
import { widgetLines } from './widget-tree.ts';

const base = { thread_id: 'thr_1', created_at: '2026-11-23T00:00:00Z' };
const thread = {
  id: 'thr_1',
  created_at: base.created_at,
  status: { type: 'active' as const },
  metadata: {},
};
const wire = { ...thread, items: { data: [], has_more: false } };

function user(id: string, text = 'hi'): UserMessageItem {
  return {
    type: 'user_message',
    id,
    ...base,
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: {},
  };
}
function says(id: string, text: string): ThreadItem {
  return {
    type: 'assistant_message',
    id,
    ...base,
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}
const delta = (id: string, text: string, content_index = 0): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id: id,
  update: { type: 'assistant_message.content_part.text_delta', content_index, delta: text },
});
const play = (events: ThreadStreamEvent[], from: Transcript = EMPTY_TRANSCRIPT) =>
  events.reduce(applyEvent, from);
const text = (state: Transcript, id: string) => {
  const item = state.items.find((each) => each.id === id);
  return item?.type === 'assistant_message' ? item.content.map((part) => part.text).join('|') : undefined;
};

describe('transcript', () => {
  it('plays a whole first turn; the optimistic bubble keeps its key', () => {
    const sent = addUnconfirmed(EMPTY_TRANSCRIPT, user('local-1'));
    expect(sent.items.map(({ id }) => id)).toEqual(['local-1']);
    const events: ThreadStreamEvent[] = [
      { type: 'thread.created', thread: wire },
      { type: 'thread.item.done', item: user('msg_1') },
      { type: 'stream_options', stream_options: { allow_cancel: true } },
      { type: 'thread.item.added', item: { type: 'assistant_message', id: 'msg_2', ...base, content: [] } },
      delta('msg_2', 'Hel'),
      delta('msg_2', 'lo'),
      { type: 'thread.updated', thread: { ...wire, title: 'Greeting' } },
      { type: 'thread.item.done', item: says('msg_2', 'Hello') },
    ];
    const half = play(events.slice(0, 6), sent);
    expect(text(half, 'msg_2')).toBe('Hello');
    expect([...half.open]).toEqual(['msg_2']);
    const state = play(events, sent);
    expect(state).toMatchObject({ unconfirmed: null, allowCancel: true, thread: { title: 'Greeting' } });
    expect(state.open.size).toBe(0);
    expect(groupTurns(state)).toMatchObject([
      { key: 'local-1', user: { id: 'msg_1' }, items: [{ id: 'msg_2' }] },
    ]);
  });

  it('ignores what is about unknown items and hides what must be hidden', () => {
    const state = play([
      delta('nobody', 'x'),
      { type: 'thread.item.removed', item_id: 'nobody' },
      {
        type: 'thread.item.added',
        item: { type: 'hidden_context_item', id: 'h1', ...base, content: 'secret' },
      },
      {
        type: 'thread.item.done',
        item: { type: 'sdk_hidden_context', id: 'h2', ...base, content: 'secret' },
      },
    ]);
    expect(state.items).toEqual([]);
    const replaced = play(
      [
        {
          type: 'thread.item.replaced',
          item: { type: 'hidden_context_item', id: 'msg_1', ...base, content: 1 },
        },
      ],
      play([{ type: 'thread.item.done', item: says('msg_1', 'a') }]),
    );
    expect(replaced.items).toEqual([]);
  });

  it('pads content, keeps annotations through content_part.done, refuses absurd indices', () => {
    const annotation = {
      type: 'annotation' as const,
      source: { type: 'url' as const, title: 'T', url: 'https://a.b' },
    };
    const state = play([
      { type: 'thread.item.added', item: { type: 'assistant_message', id: 'm', ...base, content: [] } },
      delta('m', 'second', 1),
      {
        type: 'thread.item.updated',
        item_id: 'm',
        update: {
          type: 'assistant_message.content_part.annotation_added',
          content_index: 1,
          annotation_index: 9,
          annotation,
        },
      },
      {
        type: 'thread.item.updated',
        item_id: 'm',
        update: {
          type: 'assistant_message.content_part.done',
          content_index: 1,
          content: { type: 'output_text', text: 'second!', annotations: [] },
        },
      },
      delta('m', 'x', 1_000_000_000),
    ]);
    expect(text(state, 'm')).toBe('|second!');
    const [item] = state.items;
    expect(item?.type === 'assistant_message' && item.content[1]?.annotations).toEqual([annotation]);
  });

  it('grows workflows, images and widgets', () => {
    const state = play([
      {
        type: 'thread.item.added',
        item: {
          type: 'workflow',
          id: 'w',
          ...base,
          workflow: { type: 'reasoning', tasks: [], expanded: false },
        },
      },
      {
        type: 'thread.item.updated',
        item_id: 'w',
        update: {
          type: 'workflow.task.added',
          task_index: 0,
          task: { type: 'thought', content: 'a', status_indicator: 'none' },
        },
      },
      {
        type: 'thread.item.updated',
        item_id: 'w',
        update: {
          type: 'workflow.task.updated',
          task_index: 0,
          task: { type: 'thought', content: 'ab', status_indicator: 'none' },
        },
      },
      {
        type: 'thread.item.updated',
        item_id: 'w',
        update: {
          type: 'workflow.task.updated',
          task_index: 7,
          task: { type: 'thought', content: 'no', status_indicator: 'none' },
        },
      },
      { type: 'thread.item.added', item: { type: 'generated_image', id: 'g', ...base } },
      {
        type: 'thread.item.updated',
        item_id: 'g',
        update: { type: 'generated_image.updated', image: { id: 'i', url: '/i.png' }, progress: 7 },
      },
      {
        type: 'thread.item.added',
        item: {
          type: 'widget',
          id: 'c',
          ...base,
          widget: {
            type: 'Card',
            children: { type: 'Col', children: [{ type: 'Text', id: 't', value: 'Hel' }] },
          },
        },
      },
      {
        type: 'thread.item.updated',
        item_id: 'c',
        update: { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'lo', done: true },
      },
    ]);
    const [workflow, image, widget] = state.items;
    expect(workflow?.type === 'workflow' && workflow.workflow.tasks).toMatchObject([{ content: 'ab' }]);
    expect(image).toMatchObject({ image: { url: '/i.png' } });
    expect(state.imageProgress).toEqual({ g: 1 });
    expect(widget?.type === 'widget' && widgetLines(widget.widget)).toEqual([
      { kind: 'text', text: 'Hello' },
    ]);
  });

  it('shows progress until something comes of it', () => {
    const progress = play([{ type: 'progress_update', text: 'Searching', icon: 'search' }]);
    expect(progress.progress).toEqual({ text: 'Searching', icon: 'search' });
    expect(play([{ type: 'thread.item.added', item: says('m', '') }], progress).progress).toBeNull();
  });

  it('keeps errors and notices until the next turn starts', () => {
    const state = play([
      { type: 'notice', level: 'info', message: 'n' },
      { type: 'error', code: 'stream.error', allow_retry: true },
    ]);
    expect(state.error).toEqual({ code: 'stream.error', message: null, allowRetry: true });
    expect(startTurn(state)).toMatchObject({ error: null, notices: [], allowCancel: null });
  });

  it('at the end of a turn keeps what has substance and drops what never came', () => {
    const state = endTurn(
      play([
        { type: 'thread.item.done', item: user('u') },
        { type: 'thread.item.added', item: says('partial', 'Half') },
        { type: 'thread.item.added', item: says('empty', '  ') },
        { type: 'thread.item.added', item: { type: 'generated_image', id: 'g', ...base } },
      ]),
    );
    expect(state.items.map(({ id }) => id)).toEqual(['u', 'partial']);
    expect(state.open.size).toBe(0);
  });

  it('takes an unconfirmed message back, and truncates for a retry', () => {
    const state = addUnconfirmed(play([{ type: 'thread.item.done', item: says('m', 'a') }]), user('local-1'));
    expect(dropUnconfirmed(state).items.map(({ id }) => id)).toEqual(['m']);
    const more = play([
      { type: 'thread.item.done', item: user('u') },
      { type: 'thread.item.done', item: says('m', 'a') },
    ]);
    expect(truncateAfter(more, 'u').items.map(({ id }) => id)).toEqual(['u']);
    expect(truncateAfter(more, 'nobody')).toBe(more);
  });

  it('prepends older pages without repeating items', () => {
    const state = prependItems(play([{ type: 'thread.item.done', item: user('b') }]), [user('a'), user('b')]);
    expect(state.items.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('after a broken stream', () => {
  const before = play([
    { type: 'thread.item.done', item: user('old') },
    { type: 'thread.item.done', item: says('m0', 'x') },
  ]);

  it("takes the server's items and keeps partial text that is not stored there", () => {
    const running = play(
      [
        { type: 'thread.item.done', item: user('u2') },
        { type: 'thread.item.added', item: says('m2', '') },
        delta('m2', 'Half an ans'),
      ],
      before,
    );
    const state = resync(running, thread, [user('old'), says('m0', 'x'), user('u2')]);
    expect(state.items.map(({ id }) => id)).toEqual(['old', 'm0', 'u2', 'm2']);
    const stored = resync(running, thread, [user('old'), says('m0', 'x'), user('u2'), says('m2', 'Half')]);
    expect(text(stored, 'm2')).toBe('Half');
    expect(stored.items).toHaveLength(4);
  });

  it('finds out that an unconfirmed message did arrive', () => {
    const sent = addUnconfirmed(before, user('local-1', 'hi'));
    const state = resync(sent, thread, [user('old'), says('m0', 'x'), user('u2', 'hi')]);
    expect(state.unconfirmed).toBeNull();
    expect(groupTurns(state).map(({ key }) => key)).toEqual(['old', 'local-1']);
  });

  it('does not take an earlier message with the same words for it', () => {
    const sent = addUnconfirmed(before, user('local-1', 'hi'));
    const state = resync(sent, thread, [user('old', 'hi'), says('m0', 'x')]);
    expect(state.unconfirmed).toBe('local-1');
    expect(state.items.map(({ id }) => id)).toEqual(['old', 'm0', 'local-1']);
  });

  it('keeps older pages that were loaded already', () => {
    const long = play(['a', 'b', 'c', 'd'].map((id) => ({ type: 'thread.item.done', item: user(id, id) })));
    expect(
      resync(long, thread, [user('c', 'c'), user('d', 'd'), user('e', 'e')]).items.map(({ id }) => id),
    ).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
