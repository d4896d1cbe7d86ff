import type {
  AssistantMessageItem,
  ThreadMetadata,
  ThreadStreamEvent,
} from '../../src-shared/chatkit/index.ts';
import { newId } from './ids.ts';

/**
 * Answers with text as it comes, for `respond`: one assistant message with one part, its deltas, and the whole.
 *
 * @param options.id the message's id; default: a new one
 */
export async function* streamText(
  thread: ThreadMetadata,
  deltas: AsyncIterable<string> | Iterable<string>,
  options: { readonly id?: string; readonly now?: () => Date } = {},
): AsyncGenerator<ThreadStreamEvent> {
  const message = (text: string): AssistantMessageItem => ({
    type: 'assistant_message',
    id,
    thread_id: thread.id,
    created_at,
    content: [part(text)],
  });
  const id = options.id ?? newId('message');
  const created_at = (options.now?.() ?? new Date()).toISOString();
  let text = '';
  yield { type: 'thread.item.added', item: { ...message(''), content: [] } };
  yield update(id, { type: 'assistant_message.content_part.added', content_index: 0, content: part('') });
  for await (const delta of deltas) {
    if (delta === '') continue;
    text += delta;
    yield update(id, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta });
  }
  yield update(id, { type: 'assistant_message.content_part.done', content_index: 0, content: part(text) });
  yield { type: 'thread.item.done', item: message(text) };
}

type Update = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>['update'];

function update(item_id: string, change: Update): ThreadStreamEvent {
  return { type: 'thread.item.updated', item_id, update: change };
}

function part(text: string): AssistantMessageItem['content'][number] {
  return { type: 'output_text', text, annotations: [] };
}
