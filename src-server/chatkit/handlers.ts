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
 */
export type Respond<Context> = (
  thread: ThreadMetadata,
  message: UserMessageItem | null,
  context: Context,
  signal: AbortSignal,
) => AsyncIterable<ThreadStreamEvent>;

/** What an integrator brings to a ChatKit server besides its store (protocol §6.3). Only `respond` is required. */
export interface ChatKitHandlers<Context> {
  respond: Respond<Context>;
  /** The title that a new thread starts with. Default: none; `respond` may give one later. */
  titleOf?(message: UserMessageItem, context: Context): string | null;
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
