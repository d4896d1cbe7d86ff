/** An edited message in the place of what was sent before: `threads.edit_user_message`, an extension of our own. */
import {
  isHiddenItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageInput,
  type UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { ChatKitRequestError } from '../errors.ts';
import type { Environment } from './environment.ts';
import { newMessage } from './user-message.ts';

/** What an edit has done; it is on disk. */
export interface Replaced {
  readonly thread: ThreadMetadata;
  /** The new message, to be answered. */
  readonly message: UserMessageItem;
  /** What the client is told: what has gone, newest first, then the new message. */
  readonly before: readonly ThreadStreamEvent[];
}

/**
 * Takes a message of the user and everything after it out of a thread, and puts the edited message there. All checks
 * come first, so that a refusal leaves everything as it was.
 *
 * The answer begins when this is done, and not before like the one to a new message: whoever answers reads the thread,
 * which must not hold what was taken back.
 *
 * @throws {NotFoundError} {@link ChatKitRequestError}
 */
export async function replaceMessage<Context>(
  environment: Environment<Context>,
  { thread_id, item_id, input }: { thread_id: string; item_id: string; input: UserMessageInput },
  context: Context,
): Promise<Replaced> {
  const { store, handlers } = environment;
  if (store.replaceUserMessage === undefined) {
    throw new ChatKitRequestError(501, 'not_implemented', 'Messages cannot be edited here.');
  }
  const thread = await store.loadThread(thread_id, context);
  if ((thread.status ?? { type: 'active' }).type !== 'active') {
    throw new ChatKitRequestError(
      409,
      'thread_locked',
      'This conversation does not take messages any more. Nothing was changed.',
    );
  }
  const item = await store.loadItem(thread.id, item_id, context);
  if (item.type !== 'user_message') {
    throw new ChatKitRequestError(
      422,
      'not_editable',
      'Only a message of yours can be edited. Nothing was changed.',
    );
  }
  if (isEmpty(input)) {
    throw new ChatKitRequestError(422, 'empty_message', 'A message cannot be empty. Nothing was changed.');
  }
  const { message } = await newMessage(environment, thread, input, context);
  await handlers.mayAnswer?.(thread, message, context);
  const { attachments } = message;
  const removed = await store.replaceUserMessage({ replacedId: item_id, attachments, message }, context);
  // Clients never heard of the others.
  const gone = removed.filter((item) => !isHiddenItem(item)).toReversed();
  return {
    thread,
    message,
    before: [
      ...gone.map(({ id }): ThreadStreamEvent => ({ type: 'thread.item.removed', item_id: id })),
      { type: 'thread.item.done', item: message },
    ],
  };
}

/** To take everything out of a message must not silently remove it and what followed. */
function isEmpty({ content, attachments }: UserMessageInput): boolean {
  return attachments.length === 0 && content.every((part) => part.text.trim() === '');
}
