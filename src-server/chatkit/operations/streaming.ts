/** The seven operations that are answered with a stream (protocol §5.1, §5.2). */
import type {
  StreamingRequest,
  StructuredInputItem,
  StructuredSubmission,
  ThreadItem,
  ThreadMetadata,
  ThreadStreamEvent,
  UserMessageItem,
  WidgetItem,
} from '../../../src-shared/chatkit/index.ts';
import { copyThread } from '../copy-thread.ts';
import { ChatKitRequestError, StreamError } from '../errors.ts';
import { replaceMessage } from './edit.ts';
import { DEFAULT_LIMIT, type Environment } from './environment.ts';
import { newMessage, newThread, saveMessage, type Unsaved } from './user-message.ts';

/** A turn that is ready to run: everything it needs exists, and what came before the handler is on disk. */
export interface Turn {
  readonly thread: ThreadMetadata;
  /** The thread as it is on disk. */
  readonly saved: ThreadMetadata;
  /** Sent before the pipeline starts. */
  readonly before: readonly ThreadStreamEvent[];
  /** The handler, or null when there is nothing to run and nothing more to say. */
  readonly run: (() => AsyncIterable<ThreadStreamEvent>) | null;
}

/** Actions come from widgets; a sender that is none is answered within the stream (protocol §1.5). */
const NOT_A_WIDGET: ThreadStreamEvent = { type: 'error', code: 'stream.error', allow_retry: false };

/**
 * Checks a request, writes what comes before the handler, and says what runs.
 *
 * @param signal ends the turn; the caller aborts it also when this fails, for a handler may have begun by then
 * @throws {NotFoundError} and {@link ChatKitRequestError} before anything was written
 */
export async function prepareTurn<Context>(
  request: StreamingRequest,
  environment: Environment<Context>,
  context: Context,
  signal: AbortSignal,
): Promise<Turn> {
  const { store } = environment;
  const ready = (thread: ThreadMetadata, run: Turn['run'], before: Turn['before'] = []): Turn => ({
    thread,
    saved: copyThread(thread),
    before,
    run,
  });
  const respond = (thread: ThreadMetadata, message: UserMessageItem | null) => () =>
    environment.handlers.respond(thread, message, context, signal);

  switch (request.type) {
    case 'threads.create': {
      const unsaved = await newThread(environment, request.params.input, context);
      return answerWhileSaving(environment, unsaved, context, signal);
    }
    case 'threads.add_user_message': {
      const { thread_id, input } = request.params;
      const thread = await store.loadThread(thread_id, context);
      const unsaved = await newMessage(environment, thread, input, context);
      return answerWhileSaving(environment, unsaved, context, signal);
    }
    case 'threads.add_client_tool_output': {
      const { thread_id, result } = request.params;
      const thread = await store.loadThread(thread_id, context);
      await completeToolCall(environment, thread, result, context);
      return ready(thread, respond(thread, null));
    }
    case 'threads.add_structured_input': {
      const { thread_id, item_id, input } = request.params;
      const thread = await store.loadThread(thread_id, context);
      const item = await store.loadItem(thread_id, item_id, context);
      if (item.type !== 'structured_input' || item.status !== 'pending') {
        throw new ChatKitRequestError(
          409,
          'not_pending',
          'This question is not open any more. Nothing was changed.',
        );
      }
      const answered = answer(item, input);
      const run = async function* (): AsyncGenerator<ThreadStreamEvent> {
        yield { type: 'thread.item.replaced', item: answered };
        yield* respond(thread, null)();
      };
      return ready(thread, run);
    }
    case 'threads.retry_after_item': {
      const { thread_id, item_id } = request.params;
      const thread = await store.loadThread(thread_id, context);
      const message = await removeAfter(environment, thread, item_id, context);
      return ready(thread, message === null ? null : respond(thread, message));
    }
    case 'threads.edit_user_message': {
      const { thread, message, before } = await replaceMessage(environment, request.params, context);
      return ready(thread, respond(thread, message), before);
    }
    case 'threads.custom_action': {
      const { thread_id, item_id, action } = request.params;
      const thread = await store.loadThread(thread_id, context);
      const sender = item_id ? await store.loadItem(thread_id, item_id, context) : null;
      if (sender !== null && sender.type !== 'widget') return ready(thread, null, [NOT_A_WIDGET]);
      return ready(thread, () => runAction(environment, thread, action, sender, context, signal));
    }
    default:
      return request satisfies never;
  }
}

/**
 * Lets the handler begin while the disk is waited for. Its events are asked for when the message is there, so that
 * nobody hears of anything that a crash could undo.
 */
async function answerWhileSaving<Context>(
  environment: Environment<Context>,
  unsaved: Unsaved,
  context: Context,
  signal: AbortSignal,
): Promise<Turn> {
  const { thread, message } = unsaved;
  const saved = copyThread(thread);
  const { handlers } = environment;
  const saving = saveMessage(environment, { ...unsaved, thread: saved }, context);
  const run = started(() => handlers.respond(thread, message, context, signal, unsaved.isNew));
  const before = await saving;
  return { thread, saved, before, run };
}

/** A handler that throws when it is called has failed like one that throws later. */
function started(respond: () => AsyncIterable<ThreadStreamEvent>): () => AsyncIterable<ThreadStreamEvent> {
  try {
    const events = respond();
    return () => events;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Gives the pending tool call its output. The request names no id: the newest item has to be it (protocol §5.2). */
async function completeToolCall<Context>(
  { store }: Environment<Context>,
  thread: ThreadMetadata,
  result: unknown,
  context: Context,
): Promise<void> {
  const newest = await store.loadThreadItems(
    thread.id,
    { limit: DEFAULT_LIMIT, after: null, order: 'desc' },
    context,
  );
  const call = newest.data[0];
  if (call?.type !== 'client_tool_call' || call.status !== 'pending') {
    throw new ChatKitRequestError(
      409,
      'no_pending_tool_call',
      'No tool call of this thread waits for a result. Nothing was changed.',
    );
  }
  await store.saveItem(thread.id, { ...call, status: 'completed', output: result }, context);
  for (const item of newest.data.slice(1)) {
    if (item.type === 'client_tool_call' && item.status === 'pending') {
      await store.deleteThreadItem(thread.id, item.id, context);
    }
  }
}

/** Takes over what was submitted; what was not answered counts as skipped (protocol §5.2). */
function answer(item: StructuredInputItem, submission: StructuredSubmission): StructuredInputItem {
  const inputs = item.inputs.map((question) => {
    const given = submission.status === 'skipped' ? undefined : submission.answers[question.id];
    if (given === undefined || given.skipped || given.values.length === 0) {
      return { ...question, answer: { values: [], skipped: true } };
    }
    const single = question.type === 'multiple_choice' && !question.multiple;
    return {
      ...question,
      answer: { values: single ? given.values.slice(0, 1) : given.values, skipped: false },
    };
  });
  return { ...item, status: submission.status, inputs };
}

/** Deletes everything after a user message, newest first; null when the message is not in the thread. */
async function removeAfter<Context>(
  { store }: Environment<Context>,
  thread: ThreadMetadata,
  itemId: string,
  context: Context,
): Promise<UserMessageItem | null> {
  const newer: ThreadItem[] = [];
  let after: string | null = null;
  while (true) {
    const page = await store.loadThreadItems(
      thread.id,
      { limit: DEFAULT_LIMIT, after, order: 'desc' },
      context,
    );
    const index = page.data.findIndex((item) => item.id === itemId);
    newer.push(...page.data.slice(0, index === -1 ? undefined : index));
    const found = page.data[index];
    if (found !== undefined) {
      if (found.type !== 'user_message') {
        throw new ChatKitRequestError(
          422,
          'not_a_user_message',
          'Only a message of yours can be tried again.',
        );
      }
      for (const item of newer) await store.deleteThreadItem(thread.id, item.id, context);
      return found;
    }
    const last = page.data.at(-1);
    if (!page.has_more || last === undefined) return null;
    after = last.id;
  }
}

async function* runAction<Context>(
  { handlers }: Environment<Context>,
  thread: ThreadMetadata,
  action: { type: string; payload?: unknown },
  sender: WidgetItem | null,
  context: Context,
  signal: AbortSignal,
): AsyncGenerator<ThreadStreamEvent> {
  if (handlers.action === undefined) throw new StreamError({ code: 'stream.error', allowRetry: true });
  yield* handlers.action(thread, action, sender, context, signal);
}
