/** From the events of one run to those of one turn (protocol §8.1, agents.md §1.2). */
import {
  type ClientToolCallItem,
  isHiddenItem,
  type ThreadStreamEvent,
} from '../../../src-shared/chatkit/index.ts';
import type { Stop } from '../failures/classify.ts';
import { imageWriter } from '../stream/image-writer.ts';
import { ordered } from '../stream/ordered.ts';
import { protocolWriter } from '../stream/protocol-writer.ts';
import { autoReader, type Dialect } from '../stream/readers/auto.ts';
import { chatReader } from '../stream/readers/chat.ts';
import { plainReader } from '../stream/readers/plain.ts';
import type { ModelEvent, ModelReader, ReaderHooks } from '../stream/readers/reader.ts';
import { responsesReader } from '../stream/readers/responses.ts';
import { readItemEvent } from '../stream/readers/responses-events.ts';
import { turnWriter } from '../stream/turn-writer.ts';
import type { WriterContext } from '../stream/writer-context.ts';
import type { AgentContext } from './agent-context.ts';
import { annotationBy, type FunctionCall, type ResponseStreamConverter } from './converter.ts';
import { type RunEvent, readCall, readResult } from './run-events.ts';
import { type ToolCallSource, toolCalls } from './tool-calls.ts';

export interface RunBridgeOptions<Context> {
  readonly context: AgentContext<Context>;
  readonly converter: ResponseStreamConverter;
  /** Gets every event in order, those of tools included. Must not wait. */
  readonly emit: (event: ThreadStreamEvent) => void;
  /** Does something when everything emitted before it has been read, and so is kept. */
  readonly whenRead: (work: () => Promise<void>) => void;
  /** Text and thoughts of the turn together; beyond, reading throws. */
  readonly maxCharacters: number;
  /** How the model speaks, where it is known. */
  readonly dialect?: Dialect;
  /** Told of every result of a function tool. */
  readonly onToolResult?: (call: FunctionCall, output: string) => void;
}

export interface RunBridge {
  /** Reads one event, without ever waiting. @throws {ModelProblem} when the model writes without end */
  read(event: RunEvent): void;
  /** For runners that tell of their tools earlier than the run does. */
  toolStarted(call: FunctionCall): void;
  toolEnded(callId: string, state: 'done' | 'failed'): void;
  /** The run is over. Sends the client tool call, if there is one; an open workflow waits for its result. */
  finish(): Promise<void>;
  /** The run has failed: what is open is finished with what is there. */
  interrupt(): Promise<void>;
  /** A guardrail said no: takes everything away that this run has shown. */
  retract(): Promise<void>;
  /** Nothing more will be read or sent. */
  close(): void;
  /** The model's own last word, when it stopped before the answer was complete. */
  readonly stop: Stop | null;
  /** Whether a person has been given any text. */
  readonly wroteText: boolean;
  /** Whether a person has been given anything that can stand for an answer: text, an image, a widget. */
  readonly answered: boolean;
}

/** Attaches to the context: from now on its events are sent too. */
export function runBridge<Context>(options: RunBridgeOptions<Context>): RunBridge {
  const { context, converter, maxCharacters } = options;
  const { workflow } = context;
  const full = converter.detail === 'full';
  const resumed = workflow.item?.id;
  /** Items that this run has shown, oldest first. */
  const produced = new Set<string>();
  let answered = false;

  const out = ordered((event: ThreadStreamEvent) => {
    if (
      (event.type === 'thread.item.added' || event.type === 'thread.item.done') &&
      event.item.id !== resumed
    ) {
      produced.add(event.item.id);
    } else if (event.type === 'thread.item.removed') {
      produced.delete(event.item_id);
    }
    if ('item' in event && event.item.type !== 'workflow' && !isHiddenItem(event.item)) answered = true;
    options.emit(event);
  });
  const writing: WriterContext = {
    threadId: context.thread.id,
    newId: (kind) => context.newId(kind),
    now: context.now,
    emit: out.emit,
  };
  const ids = messageIds(converter.itemIds === 'provider', () => context.newId('message'));
  const writer = turnWriter(writing, maxCharacters, { workflow });
  const responsesWriter =
    full && converter.itemIds === 'own'
      ? writer
      : full
        ? turnWriter(writing, maxCharacters, { workflow, messageId: ids.open })
        : protocolWriter(writing, maxCharacters, workflow, ids);
  const writers = new Set([writer, responsesWriter]);
  const images = imageWriter({ ...writing, emitLater: out.emitLater }, converter, (key, itemId) =>
    converter.itemIds === 'provider' ? key : itemId,
  );
  const hooks: ReaderHooks = {
    toAnnotation: (citation) => annotationBy(converter, citation),
    hostedToolToTask: (item, done) => converter.hostedToolToTask(item, done),
  };
  const readerFor = (dialect: Dialect): ModelReader => {
    if (dialect === 'chat') return chatReader(writer, hooks);
    if (dialect === 'plain') return plainReader(writer);
    const keys = converter.itemIds === 'provider' ? 'id' : 'position';
    return responsesReader({ writer: responsesWriter, images, hooks, keys });
  };
  const reader = autoReader(readerFor, options.dialect);
  const tools = toolCalls(
    (call, state) => (full ? converter.functionToolToTask(call, state) : null),
    workflow.task,
  );

  const readItem = (name: string, item: unknown, source: ToolCallSource) => {
    if (name === 'tool_called') {
      const call = readCall(item);
      if (call !== null) tools.started(call, source);
    } else if (name === 'tool_output') {
      const result = readResult(item);
      const call = result === null ? null : tools.ended(result.callId, 'done', source);
      if (result !== null && call !== null && source === 'run') options.onToolResult?.(call, result.output);
    }
  };
  /** Of a nested agent only the tools are shown. */
  const showHosted = (data: ModelEvent, source: string) => {
    const item = data.type === 'model' ? readItemEvent(data.event) : null;
    const task = item === null ? null : converter.hostedToolToTask(item.item, item.done);
    if (item !== null && task !== null) workflow.task(`hosted ${source} ${item.key}`, task);
  };
  const finishWriters = (outcome: 'complete' | 'interrupted') => {
    for (const each of writers) each.finish(outcome);
    if (full) images.abandon();
  };
  /** After what came before it: where an item stands in its thread is decided by when it is written. */
  const keepWorkflow = () => {
    const open = workflow.release();
    if (open === null) return;
    const { store, thread, requestContext } = context;
    options.whenRead(() => store.addThreadItem(thread.id, open, requestContext));
  };

  const detach = context.attach({
    emit: out.emit,
    nested({ event, toolCall }) {
      const source = `nested ${toolCall?.callId ?? ''}` as const;
      if (event.type === 'run_item_stream_event') readItem(event.name, event.item, source);
      else if (full && event.type === 'raw_model_stream_event') showHosted(event.data, source);
    },
  });

  return {
    read(event) {
      if (event.type === 'raw_model_stream_event') reader.read(event.data);
      else if (event.type === 'run_item_stream_event') readItem(event.name, event.item, 'run');
      else if (full) {
        const text = converter.handoffToProgress(event.agent.name);
        if (text !== null) context.emit({ type: 'progress_update', text });
      }
    },
    toolStarted: (call) => tools.started(call, 'hooks'),
    toolEnded(callId, state) {
      tools.ended(callId, state, 'hooks');
    },
    async finish() {
      reader.end();
      const asked = context.clientToolCall;
      context.clientToolCall = null;
      if (full && asked !== null) for (const each of writers) each.endResponse();
      await out.settled();
      if (!full || asked !== null) keepWorkflow();
      finishWriters('complete');
      if (asked !== null) {
        const call = tools.match(asked);
        const item: ClientToolCallItem = {
          type: 'client_tool_call',
          id: (converter.itemIds === 'provider' ? call?.itemId : null) ?? context.newId('tool_call'),
          thread_id: context.thread.id,
          created_at: context.now().toISOString(),
          status: 'pending',
          call_id: call?.callId ?? context.newId('tool_call'),
          name: asked.name,
          arguments: asked.arguments,
        };
        out.emit({ type: 'thread.item.done', item });
      }
      await out.settled();
    },
    async interrupt() {
      reader.end();
      if (full) finishWriters('interrupted');
      await out.settled();
    },
    async retract() {
      await out.settled().catch(() => undefined);
      workflow.release();
      for (const item_id of [...produced].reverse()) out.emit({ type: 'thread.item.removed', item_id });
    },
    close: detach,
    get stop() {
      return reader.stop;
    },
    get wroteText() {
      return [...writers].some(({ wroteText }) => wroteText);
    },
    get answered() {
      return answered;
    },
  };
}

/** The ids of messages by the readers' keys; a provider's id is its own key. */
function messageIds(ofProvider: boolean, newId: () => string) {
  const known = new Map<string, string>();
  return {
    open(message: string): string {
      const id = ofProvider ? message : newId();
      known.set(message, id);
      return id;
    },
    find: (message: string): string | undefined => (ofProvider ? message : known.get(message)),
  };
}
