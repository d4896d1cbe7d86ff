/** A widget as events: a finished one at once, a growing one state by state (protocol §7.3). */
import { isDeepStrictEqual } from 'node:util';
import type { ThreadStreamEvent, WidgetItem, WidgetRoot } from '../../../src-shared/chatkit/index.ts';

export interface WidgetEventsOptions {
  readonly thread: { readonly id: string };
  /** States of a widget that grows, or the one of a widget that does not. */
  readonly widget: WidgetRoot | AsyncIterable<WidgetRoot>;
  /** What is copied when a person copies the widget. */
  readonly copyText?: string | undefined;
  newId(kind: 'message'): string;
  now(): Date;
}

/**
 * Each state that differs from the one before is sent whole. When the states end with an error, the last one is kept
 * as it is.
 *
 * @throws what the states throw, after the item is done
 */
export async function* widgetEvents(
  options: WidgetEventsOptions,
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  const { thread, copyText } = options;
  const base = { type: 'widget' as const, id: options.newId('message'), thread_id: thread.id };
  const created_at = options.now().toISOString();
  const item = (widget: WidgetRoot): WidgetItem => ({
    ...base,
    created_at,
    widget,
    ...(copyText === undefined ? {} : { copy_text: copyText }),
  });
  if (!(Symbol.asyncIterator in options.widget)) {
    yield { type: 'thread.item.done', item: item(options.widget) };
    return;
  }
  let shown: WidgetRoot | null = null;
  try {
    for await (const state of options.widget) {
      const before: WidgetRoot | null = shown;
      shown = structuredClone(state);
      if (before === null) yield { type: 'thread.item.added', item: item(shown) };
      else if (!isDeepStrictEqual(before, shown)) {
        yield {
          type: 'thread.item.updated',
          item_id: base.id,
          update: { type: 'widget.root.updated', widget: shown },
        };
      }
    }
  } finally {
    if (shown !== null) yield { type: 'thread.item.done', item: item(shown) };
  }
}
