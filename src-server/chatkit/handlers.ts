import type {
  Action,
  StreamOptions,
  ThreadItem,
  ThreadMetadata,
  ThreadStreamEvent,
  UserMessageItem,
  WidgetItem,
} from '../../src-shared/chatkit/index.ts';

/**
 * Answers a user turn. The thread may be changed (title, status, metadata): the pipeline notices, saves it and emits
 * `thread.updated`. `message` is null when the turn goes on after a client tool or a structured input.
 * Must stop soon after `signal` aborts.
 *
 * It is called when the message is complete, and its events are asked for when the message is in the store. An async
 * generator begins then; a handler that begins when it is called may let its model work meanwhile, but has to take the
 * message from here.
 */
export type Respond<Context> = (
  thread: ThreadMetadata,
  message: UserMessageItem | null,
  context: Context,
  signal: AbortSignal,
  /** True when the thread begins with the message: there is nothing before it to look up. */
  begins?: boolean,
) => AsyncIterable<ThreadStreamEvent>;

/** What an integrator brings to a ChatKit server besides its store (protocol §6.3). Only `respond` is required. */
export interface ChatKitHandlers<Context> {
  respond: Respond<Context>;
  /** The title that a new thread starts with. Default: none; `respond` may give one later. */
  titleOf?(message: UserMessageItem, context: Context): string | null;
  /**
   * Optional: asked before an edited message takes the place of what is there. Throw a {@link ChatKitRequestError} when
   * it could not be answered (rights, limits): nothing is changed then.
   */
  mayAnswer?(thread: ThreadMetadata, message: UserMessageItem, context: Context): Promise<void>;
  action?(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | null,
    context: Context,
    signal: AbortSignal,
  ): AsyncIterable<ThreadStreamEvent>;
  /** The handler persists what it changes; the server only passes the item on. */
  syncAction?(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | null,
    context: Context,
  ): Promise<{ updated_item?: ThreadItem }>;
  addFeedback?(
    threadId: string,
    itemIds: readonly string[],
    kind: 'positive' | 'negative',
    context: Context,
  ): Promise<void>;
  transcribe?(
    audio: { data: Uint8Array; mimeType: string; mediaType: string },
    context: Context,
  ): Promise<{ text: string }>;
  getStreamOptions?(thread: ThreadMetadata, context: Context): StreamOptions;
  /** Default: keep non-empty partial assistant messages and leave a hidden note for the model. */
  handleStreamCancelled?(
    thread: ThreadMetadata,
    pending: readonly ThreadItem[],
    context: Context,
  ): Promise<void>;
}
