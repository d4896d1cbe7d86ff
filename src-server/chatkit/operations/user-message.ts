import type {
  Attachment,
  ThreadMetadata,
  ThreadStreamEvent,
  UserMessageInput,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import type { Environment } from './environment.ts';

/**
 * Loads the attachments that a message names, before anything is written.
 *
 * @throws {NotFoundError}
 */
export function loadAttachments<Context>(
  { store }: Environment<Context>,
  input: UserMessageInput,
  context: Context,
): Promise<Attachment[]> {
  return Promise.all(input.attachments.map((id) => store.loadAttachment(id, context)));
}

/** Writes a user message and ties its attachments to the thread (protocol §5.1). */
export async function addUserMessage<Context>(
  { store, now }: Environment<Context>,
  thread: ThreadMetadata,
  input: UserMessageInput,
  attachments: readonly Attachment[],
  context: Context,
): Promise<{ message: UserMessageItem; event: ThreadStreamEvent }> {
  const message: UserMessageItem = {
    type: 'user_message',
    id: store.generateItemId('message', thread, context),
    thread_id: thread.id,
    created_at: now().toISOString(),
    content: input.content,
    attachments: attachments.map((attachment) => ({ ...attachment, thread_id: thread.id })),
    quoted_text: input.quoted_text,
    inference_options: input.inference_options,
  };
  for (const attachment of message.attachments) await store.saveAttachment(attachment, context);
  await store.addThreadItem(thread.id, message, context);
  return { message, event: { type: 'thread.item.done', item: message } };
}
