/** The protocol as simply as it can be told, written from the paper: what a thread holds after each finished turn. */
import fc from 'fast-check';
import type { ThreadItem, ThreadMetadata, ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';

/** One thing that a handler does in a turn. Slots name items of the turn, so that later steps can refer to them. */
export type Step =
  | { readonly kind: 'message'; readonly slot: number; readonly text: string; readonly done: boolean }
  | { readonly kind: 'hidden'; readonly slot: number }
  | { readonly kind: 'widget'; readonly slot: number; readonly value: string }
  | { readonly kind: 'ask'; readonly slot: number }
  | { readonly kind: 'call'; readonly slot: number }
  | { readonly kind: 'replace'; readonly slot: number; readonly text: string }
  | { readonly kind: 'remove'; readonly slot: number }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'progress' }
  | { readonly kind: 'fail' };

const slot = fc.integer({ min: 0, max: 3 });
const words = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('message' as const), slot, text: words, done: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), slot }),
      fc.record({ kind: fc.constant('call' as const), slot }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hidden' as const), slot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('widget' as const), slot, value: words }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const), slot, text: words }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), slot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('title' as const), title: words }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'progress' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'fail' as const }) },
);

export const turn: fc.Arbitrary<readonly Step[]> = fc.array(step, { maxLength: 8 });

export const itemId = (turnNumber: number, ofSlot: number): string => `item_${turnNumber}_${ofSlot}`;

const WHEN = '2026-01-01T00:00:00.000Z';

function message(thread: { id: string }, id: string, text: string): ThreadItem {
  const content = [{ type: 'output_text' as const, text, annotations: [] }];
  return { type: 'assistant_message', id, thread_id: thread.id, created_at: WHEN, content };
}

/** Plays a turn as a handler does. */
export async function* play(
  steps: readonly Step[],
  turnNumber: number,
  thread: ThreadMetadata,
): AsyncGenerator<ThreadStreamEvent> {
  for (const now of steps) {
    switch (now.kind) {
      case 'message': {
        const id = itemId(turnNumber, now.slot);
        const empty = { ...message(thread, id, ''), content: [] } as ThreadItem;
        yield { type: 'thread.item.added', item: empty };
        for (const delta of now.text) {
          yield {
            type: 'thread.item.updated',
            item_id: id,
            update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta },
          };
        }
        if (now.done) yield { type: 'thread.item.done', item: message(thread, id, now.text) };
        break;
      }
      case 'hidden': {
        const id = itemId(turnNumber, now.slot);
        const item: ThreadItem = {
          type: 'hidden_context_item',
          id,
          thread_id: thread.id,
          created_at: WHEN,
          content: 'secret',
        };
        yield { type: 'thread.item.done', item };
        break;
      }
      case 'widget':
        yield { type: 'thread.item.done', item: widget(thread, itemId(turnNumber, now.slot), now.value) };
        break;
      case 'ask':
        yield { type: 'thread.item.done', item: question(thread, itemId(turnNumber, now.slot)) };
        break;
      case 'call':
        yield { type: 'thread.item.done', item: toolCall(thread, itemId(turnNumber, now.slot)) };
        break;
      case 'replace':
        yield { type: 'thread.item.replaced', item: message(thread, itemId(turnNumber, now.slot), now.text) };
        break;
      case 'remove':
        yield { type: 'thread.item.removed', item_id: itemId(turnNumber, now.slot) };
        break;
      case 'title':
        thread.title = now.title;
        break;
      case 'progress':
        yield { type: 'progress_update', text: 'working' };
        break;
      case 'fail':
        throw new Error('the handler failed');
      default:
        now satisfies never;
    }
  }
}

function question(thread: { id: string }, id: string): ThreadItem {
  const inputs = [{ type: 'freeform' as const, id: 'q', question: 'Why?' }];
  return { type: 'structured_input', id, thread_id: thread.id, created_at: WHEN, status: 'pending', inputs };
}

function toolCall(thread: { id: string }, id: string): ThreadItem {
  const common = { id, thread_id: thread.id, created_at: WHEN, call_id: `call_${id}`, name: 'look' };
  return { type: 'client_tool_call', ...common, status: 'pending', arguments: {} };
}

/** A widget that shows one text. */
export function widget(thread: { id: string }, id: string, value: string): ThreadItem {
  const card = { type: 'Card' as const, children: [{ type: 'Text', value }] };
  return { type: 'widget', id, thread_id: thread.id, created_at: WHEN, widget: card };
}

/** A thread as it has to be: its title, and the ids and texts of its items in order. */
export interface ModelThread {
  title: string | null;
  items: { id: string; text: string | null }[];
}

/** What a finished turn makes of a thread: done and replaced items are kept in their place, removed ones go. */
export function applyTurn(thread: ModelThread, steps: readonly Step[], turnNumber: number): void {
  const put = (id: string, text: string | null) => {
    const there = thread.items.find((item) => item.id === id);
    if (there === undefined) thread.items.push({ id, text });
    else there.text = text;
  };
  for (const now of steps) {
    if (now.kind === 'fail') return;
    if (now.kind === 'title') thread.title = now.title;
    else if (now.kind !== 'progress') {
      const id = itemId(turnNumber, now.slot);
      if (now.kind === 'remove') thread.items = thread.items.filter((item) => item.id !== id);
      else if (now.kind === 'hidden') put(id, null);
      else if (now.kind === 'widget') put(id, `widget: ${now.value}`);
      else if (now.kind === 'ask') put(id, 'ask: pending');
      else if (now.kind === 'call') put(id, 'call: pending');
      else if (now.kind === 'replace' || now.done) put(id, now.text);
    }
  }
}

/** What a tool's result does: the newest item has to be its call; other pending calls nearby go. False: refused. */
export function applyResult(thread: ModelThread): boolean {
  const newest = thread.items.at(-1);
  if (newest?.text !== 'call: pending') return false;
  newest.text = 'call: completed';
  const near = new Set(thread.items.slice(-20));
  thread.items = thread.items.filter((item) => !(near.has(item) && item.text === 'call: pending'));
  return true;
}

/** The text of an item, or what has become of it; null for those that have none. */
export function textOf(item: ThreadItem): string | null {
  if (item.type === 'structured_input') return `ask: ${item.status}`;
  if (item.type === 'client_tool_call') return `call: ${item.status}`;
  if (item.type === 'assistant_message') return item.content.map((part) => part.text).join('');
  if (item.type === 'widget') return `widget: ${JSON.parse(JSON.stringify(item.widget)).children[0].value}`;
  if (item.type !== 'user_message') return null;
  const text = item.content.map((part) => part.text).join('');
  return withFiles(
    text,
    item.attachments.map(({ id }) => id),
  );
}

/** What a person said, and with which attachments. */
export function withFiles(text: string, ids: readonly string[]): string {
  return [text, ...ids].join(' + ');
}
