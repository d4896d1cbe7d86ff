/** The six operations that are answered with a stream (protocol §5.1, §5.2). */
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
import { ChatKitRequestError, StreamError } from '../errors.ts';
import { DEFAULT_LIMIT, type Environment } from './environment.ts';
import { addUserMessage, createThread } from './user-message.ts';

/** A turn that is ready to run: everything it needs exists, and what came before the handler is on disk. */
export interface Turn {
  readonly thread: ThreadMetadata;
  /** Sent before the pipeline starts. */
  readonly before: readonly ThreadStreamEvent[];
  /** The handler, or null when there is nothing to run and nothing more to say. */
  readonly run: ((signal: AbortSignal) => AsyncIterable<ThreadStreamEvent>) | null;
}

/** Actions come from widgets; a sender that is none is answered within the stream (protocol §1.5). */
const NOT_A_WIDGET: ThreadStreamEvent = { type: 'error', code: 'stream.error', allow_retry: false };

/**
 * Checks a request, writes what comes before the handler, and says what runs.
 *
 * @throws {NotFoundError} and {@link ChatKitRequestError} before anything was written
 */
export async function prepareTurn<Context>(
  request: StreamingRequest,
  environment: Environment<Context>,
  context: Context,
): Promise<Turn> {
  const { store } = environment;
  const respond = (thread: ThreadMetadata, message: UserMessageItem | null) => (signal: AbortSignal) =>
    environment.handlers.respond(thread, message, context, signal);

  switch (request.type) {
    case 'threads.create': {
      const { thread, message, events } = await createThread(environment, request.params.input, context);
      return { thread, before: events, run: respond(thread, message) };
    }
    case 'threads.add_user_message': {
      const { thread_id, input } = request.params;
      const thread = await store.loadThread(thread_id, context);
      const { message, events } = await addUserMessage(environment, thread, input, context);
      return { thread, before: events, run: respond(thread, message) };
    }
    case 'threads.add_client_tool_output': {
      const { thread_id, result } = request.params;
      const thread = await store.loadThread(thread_id, context);
      await completeToolCall(environment, thread, result, context);
      return { thread, before: [], run: respond(thread, null) };
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
      const run = async function* (signal: AbortSignal): AsyncGenerator<ThreadStreamEvent> {
        yield { type: 'thread.item.replaced', item: answered };
        yield* respond(thread, null)(signal);
      };
      return { thread, before: [], run };
    }
    case 'threads.retry_after_item': {
      const { thread_id, item_id } = request.params;
      const thread = await store.loadThread(thread_id, context);
      const message = await removeAfter(environment, thread, item_id, context);
      return { thread, before: [], run: message === null ? null : respond(thread, message) };
    }
    case 'threads.custom_action': {
      const { thread_id, item_id, action } = request.params;
      const thread = await store.loadThread(thread_id, context);
      const sender = item_id ? await store.loadItem(thread_id, item_id, context) : null;
      if (sender !== null && sender.type !== 'widget') return { thread, before: [NOT_A_WIDGET], run: null };
      return {
        thread,
        before: [],
        run: (signal) => runAction(environment, thread, action, sender, context, signal),
      };
    }
    default:
      return request satisfies never;
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
