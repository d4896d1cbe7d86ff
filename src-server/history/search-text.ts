import type { ThreadItem } from '../../src-shared/chatkit/index.ts';

/** The words under which an item can be found; empty for items that hold none of a person's own reading. */
export function searchText(item: ThreadItem): string {
  switch (item.type) {
    case 'user_message':
      return [...item.content.map((part) => part.text), item.quoted_text ?? ''].join('\n').trim();
    case 'assistant_message':
      return item.content.map((part) => part.text).join('\n');
    case 'widget':
      return item.copy_text ?? '';
    case 'structured_input':
      return item.inputs.flatMap((input) => [input.question, ...(input.answer?.values ?? [])]).join('\n');
    default:
      return '';
  }
}
