import type {
  Attachment,
  ThreadMetadata,
  ThreadStreamEvent,
  UserMessageInput,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { copyThread } from '../copy-thread.ts';
import { ChatKitRequestError } from '../errors.ts';
import type { Store, UserMessageWrite } from '../store.ts';
import { toThread } from '../wire.ts';
import type { Environment } from './environment.ts';

/** More than any attachment store allows; nothing is looked up beyond it. */
const MAX_ATTACHMENTS = 100;

/** A message that is complete, but not on disk yet. */
export interface Unsaved {
  readonly thread: ThreadMetadata;
  readonly message: UserMessageItem;
  /** Whether the thread begins with this message. */
  readonly isNew: boolean;
}

/**
 * Makes a thread that begins with a message (protocol §5.1).
 *
 * @throws {NotFoundError} for an attachment that does not exist
 */
export async function newThread<Context>(
  environment: Environment<Context>,
  input: UserMessageInput,
  context: Context,
): Promise<Unsaved> {
  const { store, handlers, now } = environment;
  const attachments = await loadAttachments(environment, input, context);
  const thread: ThreadMetadata = {
    id: store.generateThreadId(context),
    created_at: now().toISOString(),
    status: { type: 'active' },
    metadata: {},
  };
  const message = toMessage(environment, thread, input, attachments, context);
  const title = handlers.titleOf?.(message, context) ?? null;
  if (title !== null) thread.title = title;
  return { thread, message, isNew: true };
}

/**
 * Makes a message for a thread (protocol §5.1).
 *
 * @throws {NotFoundError} for an attachment that does not exist
 */
export async function newMessage<Context>(
  environment: Environment<Context>,
  thread: ThreadMetadata,
  input: UserMessageInput,
  context: Context,
): Promise<Unsaved> {
  const attachments = await loadAttachments(environment, input, context);
  return {
    thread,
    message: toMessage(environment, thread, input, attachments, context),
    isNew: false,
  };
}

/** Writes a message, with its thread when that is new, and gives what the client is told then. */
export async function saveMessage<Context>(
  { store }: Environment<Context>,
  { thread, message, isNew }: Unsaved,
  context: Context,
): Promise<ThreadStreamEvent[]> {
  const attachments = message.attachments;
  await save(store, { newThread: isNew ? thread : null, attachments, message }, context);
  const done: ThreadStreamEvent = { type: 'thread.item.done', item: message };
  return isNew ? [{ type: 'thread.created', thread: toThread(copyThread(thread)) }, done] : [done];
}

async function loadAttachments<Context>(
  { store, attachmentStore }: Environment<Context>,
  input: UserMessageInput,
  context: Context,
): Promise<Attachment[]> {
  if (input.attachments.length === 0) return [];
  const ids = [...new Set(input.attachments)];
  if (ids.length > MAX_ATTACHMENTS) {
    throw new ChatKitRequestError(
      422,
      'too_many_attachments',
      'These are too many attachments. Nothing was sent.',
    );
  }
  const attachments = await Promise.all(ids.map((id) => store.loadAttachment(id, context)));
  await attachmentStore?.checkMessage?.(attachments, context);
  return attachments;
}

function toMessage<Context>(
  { store, now }: Environment<Context>,
  thread: ThreadMetadata,
  input: UserMessageInput,
  attachments: readonly Attachment[],
  context: Context,
): UserMessageItem {
  return {
    type: 'user_message',
    id: store.generateItemId('message', thread, context),
    thread_id: thread.id,
    created_at: now().toISOString(),
    content: input.content,
    attachments: attachments.map((attachment) => ({ ...attachment, thread_id: thread.id })),
    quoted_text: input.quoted_text,
    inference_options: input.inference_options,
  };
}

async function save<Context>(
  store: Store<Context>,
  written: UserMessageWrite,
  context: Context,
): Promise<void> {
  if (store.saveUserMessage !== undefined) return store.saveUserMessage(written, context);
  const { newThread, attachments, message } = written;
  if (newThread !== null) await store.saveThread(newThread, context);
  for (const attachment of attachments) await store.saveAttachment(attachment, context);
  await store.addThreadItem(message.thread_id, message, context);
}
