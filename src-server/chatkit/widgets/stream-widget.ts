import type {
  ThreadMetadata,
  ThreadStreamEvent,
  WidgetItem,
  WidgetRoot,
} from '../../../src-shared/chatkit/index.ts';
import { newId } from '../ids.ts';
import { refuseTooDeep, updatesBetween } from './diff.ts';

export interface StreamWidgetOptions {
  /** What is copied when a person copies the widget. */
  readonly copyText?: string | null;
  /** The item's id. Default: a new one. */
  readonly id?: string;
  readonly now?: () => Date;
}

/**
 * Shows a widget (protocol §7.3). One that is there already is a finished item at once; one that grows is announced
 * with its first state, updated with each further one, and finished with the last, also when the states break off.
 *
 * @throws what the states throw, after the item is done @throws {RangeError} for a widget that is nested too deeply
 *
 * @param states a widget, or its states one after the other, each a whole widget; no state is no item
 */
export async function* streamWidget(
  thread: Pick<ThreadMetadata, 'id'>,
  states: WidgetRoot | AsyncIterable<WidgetRoot>,
  options: StreamWidgetOptions = {},
): AsyncGenerator<ThreadStreamEvent> {
  const id = options.id ?? newId('message');
  const created_at = (options.now?.() ?? new Date()).toISOString();
  const item = (widget: WidgetRoot): WidgetItem => ({
    type: 'widget',
    id,
    thread_id: thread.id,
    created_at,
    widget,
    ...(options.copyText === undefined || options.copyText === null ? {} : { copy_text: options.copyText }),
  });
  if (!isAsyncIterable(states)) {
    refuseTooDeep(states);
    yield { type: 'thread.item.done', item: item(states) };
    return;
  }
  let shown: WidgetRoot | null = null;
  try {
    for await (const state of states) {
      refuseTooDeep(state);
      // The caller may go on changing the object that it gave.
      const widget = structuredClone(state);
      if (shown === null) yield { type: 'thread.item.added', item: item(widget) };
      else {
        for (const update of updatesBetween(shown, widget)) {
          yield { type: 'thread.item.updated', item_id: id, update };
        }
      }
      shown = widget;
    }
  } catch (error) {
    if (shown !== null) yield { type: 'thread.item.done', item: item(shown) };
    throw error;
  }
  if (shown !== null) yield { type: 'thread.item.done', item: item(shown) };
}

function isAsyncIterable(value: object): value is AsyncIterable<WidgetRoot> {
  return Symbol.asyncIterator in value;
}
