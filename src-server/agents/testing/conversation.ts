/** A conversation with an assistant, without the pipeline around it: for the tests of this room. */
import {
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  threadStreamEventSchema,
  type UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { type MemoryStore, memoryStore } from '../../chatkit/testing/memory-store.ts';
import type { Locale, RequestContext, Role } from '../../context.ts';
import { type AssistantOptions, createAssistant } from '../assistant.ts';
import type { AssistantConfig, Connection } from '../connection.ts';

export interface Answer {
  readonly events: ThreadStreamEvent[];
  /** What the handler threw. */
  readonly error: unknown;
  /** The items that were finished, in order. */
  readonly items: ThreadItem[];
  /** Their text, if they are messages. */
  readonly texts: string[];
}

export interface AskOptions {
  readonly locale?: Locale;
  readonly role?: Role;
  readonly signal?: AbortSignal;
  /** Called at each event; false stops reading. */
  readonly onEvent?: (event: ThreadStreamEvent) => boolean | Promise<boolean> | undefined;
  readonly extra?: Partial<UserMessageItem>;
}

export interface Conversation {
  readonly thread: ThreadMetadata;
  readonly logged: string[];
  readonly store: MemoryStore<RequestContext>;
  /** Changes the connection for the next message. */
  connect(connection: Connection): void;
  ask(text: string, options?: AskOptions): Promise<Answer>;
  /** Gives the pending call of a client tool its result, and lets the turn go on. */
  goOn(output: unknown, options?: AskOptions): Promise<Answer>;
}

export async function startConversation(
  connection: Connection,
  options: Partial<AssistantOptions> & { instructions?: string } = {},
): Promise<Conversation> {
  const store = memoryStore<RequestContext>();
  const logged: string[] = [];
  const config: AssistantConfig = { connection, instructions: options.instructions ?? '' };
  let current = config;
  const respond = createAssistant({
    fetch,
    store,
    config: async () => current,
    log: (line) => logged.push(line),
    guidePaceMs: 0,
    ...options,
  });
  const contextFor = ({ locale = 'en', role = 'user', signal }: AskOptions): RequestContext => ({
    userId: 'usr_1',
    role,
    locale,
    signal: signal ?? new AbortController().signal,
  });
  const thread: ThreadMetadata = {
    id: store.generateThreadId(contextFor({})),
    created_at: new Date().toISOString(),
    status: { type: 'active' },
    metadata: {},
  };
  await store.saveThread(thread, contextFor({}));

  const respondTo = async (message: UserMessageItem | null, asked: AskOptions): Promise<Answer> => {
    const context = contextFor(asked);
    const events: ThreadStreamEvent[] = [];
    let error: unknown = null;
    try {
      for await (const event of respond(thread, message, context, context.signal)) {
        events.push(threadStreamEventSchema.parse(event));
        if (event.type === 'thread.item.done') await store.addThreadItem(thread.id, event.item, context);
        if ((await asked.onEvent?.(event)) === false) break;
      }
    } catch (thrown) {
      error = thrown;
    }
    const items = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []));
    return {
      events,
      error,
      items,
      texts: items.flatMap((item) =>
        item.type === 'assistant_message' ? [item.content.map((part) => part.text).join('')] : [],
      ),
    };
  };

  return {
    thread,
    logged,
    store,
    connect: (next) => {
      current = { ...current, connection: next };
    },
    async ask(text, asked = {}) {
      const context = contextFor(asked);
      const message: UserMessageItem = {
        type: 'user_message',
        id: store.generateItemId('message', thread, context),
        thread_id: thread.id,
        created_at: new Date().toISOString(),
        content: [{ type: 'input_text', text }],
        attachments: [],
        inference_options: {},
        ...asked.extra,
      };
      await store.addThreadItem(thread.id, message, context);
      return respondTo(message, asked);
    },
    async goOn(output, asked = {}) {
      const context = contextFor(asked);
      const page = { limit: 1, after: null, order: 'desc' } as const;
      const [call] = (await store.loadThreadItems(thread.id, page, context)).data;
      if (call?.type !== 'client_tool_call') throw new Error('no call of a client tool is pending');
      await store.saveItem(thread.id, { ...call, status: 'completed', output }, context);
      return respondTo(null, asked);
    },
  };
}

/**
 * What every stream must keep, whatever the model did. Empty when all is well.
 *
 * Each item is added once before anything else happens to it and ends at most once; parts are added before their
 * deltas; the deltas of a part are its text; no id is shared.
 */
export function violations(events: readonly ThreadStreamEvent[]): string[] {
  const found: string[] = [];
  const open = new Map<string, Map<number, string>>();
  const tasks = new Map<string, number>();
  const ended = new Set<string>();
  for (const event of events) {
    if (event.type === 'thread.item.added') {
      const { id } = event.item;
      if (open.has(id) || ended.has(id)) found.push(`${id} added twice`);
      open.set(id, new Map());
      tasks.set(id, event.item.type === 'workflow' ? event.item.workflow.tasks.length : 0);
    } else if (event.type === 'thread.item.done' || event.type === 'thread.item.removed') {
      const id = event.type === 'thread.item.done' ? event.item.id : event.item_id;
      const parts = open.get(id);
      if (parts === undefined) found.push(`${id} ended without being open`);
      open.delete(id);
      ended.add(id);
      if (event.type === 'thread.item.done' && event.item.type === 'assistant_message') {
        const texts = event.item.content.map((part) => part.text);
        const streamed = [...(parts ?? new Map()).values()];
        if (texts.join('\0') !== streamed.join('\0')) found.push(`${id} differs from its deltas`);
        if (texts.every((text) => text === '')) found.push(`${id} is empty`);
      }
    } else if (event.type === 'thread.item.updated') {
      const { update, item_id } = event;
      const parts = open.get(item_id);
      if (parts === undefined) {
        found.push(`${item_id} updated while not open`);
      } else if (update.type === 'assistant_message.content_part.added') {
        if (update.content_index !== parts.size) found.push(`part ${update.content_index} out of order`);
        parts.set(update.content_index, update.content.text);
      } else if (update.type === 'assistant_message.content_part.text_delta') {
        const text = parts.get(update.content_index);
        if (text === undefined) found.push(`delta for a part that was not added`);
        if (update.delta === '') found.push('empty delta');
        parts.set(update.content_index, `${text ?? ''}${update.delta}`);
      } else if (update.type === 'assistant_message.content_part.done') {
        if (parts.get(update.content_index) !== update.content.text)
          found.push('part differs from its deltas');
      } else if (update.type === 'workflow.task.added') {
        if (update.task_index !== tasks.get(item_id)) found.push(`task ${update.task_index} out of order`);
        tasks.set(item_id, update.task_index + 1);
      } else if (update.type === 'workflow.task.updated') {
        if (update.task_index >= (tasks.get(item_id) ?? 0)) found.push(`task ${update.task_index} unknown`);
      }
    }
  }
  for (const id of open.keys()) found.push(`${id} never ended`);
  return found;
}
