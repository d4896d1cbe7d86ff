import type {
  Attachment,
  Order,
  Page,
  ThreadItem,
  ThreadMetadata,
  UserMessageItem,
} from '../../src-shared/chatkit/index.ts';

/** The kinds of object that a Store makes ids for; each has its own prefix (protocol §5.5). */
export type IdKind =
  | 'thread'
  | 'message'
  | 'tool_call'
  | 'task'
  | 'workflow'
  | 'attachment'
  | 'sdk_hidden_context';

/** Which part of a list is wanted. `after` is exclusive, in the requested order. */
export interface PageRequest {
  readonly limit: number;
  readonly after: string | null;
  readonly order: Order;
}

/** Thrown when something does not exist or is not the caller's; the two are never told apart. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  readonly what: 'thread' | 'item' | 'attachment';
  readonly id: string;

  constructor(what: 'thread' | 'item' | 'attachment', id: string) {
    super(`${what} ${id} not found`);
    this.what = what;
    this.id = id;
  }
}

/**
 * Where threads, items and attachment records live. Knows nothing of HTTP or models. Every method is scoped by the
 * context: what is not the caller's does not exist (protocol §6.1).
 *
 * A write has reached the disk when its promise resolves.
 */
export interface Store<Context> {
  generateThreadId(context: Context): string;
  generateItemId(kind: IdKind, thread: ThreadMetadata, context: Context): string;

  /** @throws {NotFoundError} */
  loadThread(threadId: string, context: Context): Promise<ThreadMetadata>;
  /** Inserts or updates. */
  saveThread(thread: ThreadMetadata, context: Context): Promise<void>;
  loadThreads(page: PageRequest, context: Context): Promise<Page<ThreadMetadata>>;
  /** Deletes the thread and its items; an unknown id is not an error. */
  deleteThread(threadId: string, context: Context): Promise<void>;

  /** Hidden items included. Order is that of insertion, never of the clock. */
  loadThreadItems(threadId: string, page: PageRequest, context: Context): Promise<Page<ThreadItem>>;
  /** Upsert: an item that exists keeps its place in the thread. */
  addThreadItem(threadId: string, item: ThreadItem, context: Context): Promise<void>;
  /** Upsert by id; the place in the thread is kept. */
  saveItem(threadId: string, item: ThreadItem, context: Context): Promise<void>;
  /** @throws {NotFoundError} */
  loadItem(threadId: string, itemId: string, context: Context): Promise<ThreadItem>;
  /** Idempotent. */
  deleteThreadItem(threadId: string, itemId: string, context: Context): Promise<void>;

  /** Upsert. */
  saveAttachment(attachment: Attachment, context: Context): Promise<void>;
  /** @throws {NotFoundError} */
  loadAttachment(attachmentId: string, context: Context): Promise<Attachment>;
  deleteAttachment(attachmentId: string, context: Context): Promise<void>;

  /**
   * Optional: writes all that a user's message brings along, or nothing of it. A Store without this gets `saveThread`,
   * `saveAttachment` and `addThreadItem`, in this order.
   */
  saveUserMessage?(written: UserMessageWrite, context: Context): Promise<void>;

  /**
   * Optional: puts a message in the place of an earlier one of the user. The earlier one and everything after it goes,
   * and the new one is last; all of this, or nothing of it. Attachments that nothing names any more belong to no thread
   * from then on. Without this, messages cannot be edited.
   *
   * @returns what has gone, oldest first
   * @throws {NotFoundError} when there is no such message of the user (any more)
   */
  replaceUserMessage?(written: UserMessageReplacement, context: Context): Promise<readonly RemovedItem[]>;
}

/** An item that has gone. */
export type RemovedItem = Pick<ThreadItem, 'id' | 'type'>;

/** An edited message, in the place of what was sent before. */
export interface UserMessageReplacement {
  /** The message that goes, with everything after it. */
  readonly replacedId: string;
  /** The new message's attachments, tied to its thread. */
  readonly attachments: readonly Attachment[];
  readonly message: UserMessageItem;
}

/** What a user's message brings along. */
export interface UserMessageWrite {
  /** The thread that begins with this message; null when the thread exists already. */
  readonly newThread: ThreadMetadata | null;
  /** The message's attachments, tied to its thread. */
  readonly attachments: readonly Attachment[];
  readonly message: UserMessageItem;
}

/** Where the bytes of attachments live (protocol §6.2). Optional: without one, attachments are refused. */
export interface AttachmentStore<Context> {
  generateAttachmentId(mimeType: string, context: Context): string;
  /** Two-phase upload: makes the record with its upload descriptor; the server saves it. */
  createAttachment(
    input: { name: string; size: number; mime_type: string },
    context: Context,
  ): Promise<Attachment>;
  /** Deletes the bytes; the server deletes the record afterwards. */
  deleteAttachment(attachmentId: string, context: Context): Promise<void>;
  /**
   * Optional: may these be sent with one message? For limits, and for uploads that never came.
   *
   * @throws {ChatKitRequestError} when not; nothing is written then
   */
  checkMessage?(attachments: readonly Attachment[], context: Context): Promise<void>;
  /** Optional: an attachment as clients get it, for addresses that change while records stay. */
  present?(attachment: Attachment): Attachment;
}
