import type { StructuredInputItem, ThreadItem } from '../../../src-shared/chatkit/index.ts';

/** The questions that wait for an answer: the newest ones, unless the person has written a message since. */
export function pendingQuestions(items: readonly ThreadItem[]): StructuredInputItem | null {
  const item = items.findLast(({ type }) => type === 'structured_input' || type === 'user_message');
  return item?.type === 'structured_input' && item.status === 'pending' && item.inputs.length > 0
    ? item
    : null;
}
