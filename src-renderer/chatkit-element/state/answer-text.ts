import type { ThreadItem } from '../../../src-shared/chatkit/index.ts';

/** The words of an answer as their author wrote them: Markdown, and what widgets say should be copied of them. */
export function answerText(items: readonly ThreadItem[]): string {
  return items
    .flatMap((item) => {
      if (item.type === 'assistant_message') return item.content.map((part) => part.text);
      return item.type === 'widget' && item.copy_text ? [item.copy_text] : [];
    })
    .join('\n\n');
}
