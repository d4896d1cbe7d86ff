/** Runs that are written down step by step: for the tests of the bridge. */
import {
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  threadStreamEventSchema,
} from '../../../src-shared/chatkit/index.ts';
import { type MemoryStore, memoryStore } from '../../chatkit/testing/memory-store.ts';
import { AgentContext } from '../bridge/agent-context.ts';
import { ResponseStreamConverter } from '../bridge/converter.ts';
import type { RunEvent } from '../bridge/run-events.ts';
import { streamAgentResponse } from '../bridge/stream-agent-response.ts';

/** An event of the run, something a tool does meanwhile, or the end of it all. */
export type Step = RunEvent | (() => unknown) | Error;

/** A raw event of the Responses API, as the SDK passes it on: text in its own form first. */
export function raw(event: Readonly<Record<string, unknown>>): RunEvent[] {
  const events: RunEvent[] = [{ type: 'raw_model_stream_event', data: { type: 'model', event } }];
  if (event.type === 'response.output_text.delta') {
    const data = { type: 'output_text_delta' as const, delta: String(event.delta) };
    events.unshift({ type: 'raw_model_stream_event', data });
  }
  return events;
}

/** A piece of a chat completion. */
export function chunk(delta: Readonly<Record<string, unknown>>): RunEvent {
  const event = { choices: [{ index: 0, delta }] };
  return { type: 'raw_model_stream_event', data: { type: 'model', event } };
}

/** The end of a model call, after which its answer counts as whole. */
export function responseDone(): RunEvent {
  const usage = { requests: 1, inputTokens: 0, outputTokens: 0, totalTokens: 0 };
  return {
    type: 'raw_model_stream_event',
    data: { type: 'response_done', response: { id: 'r', usage, output: [] } },
  };
}

/** All events of a message with one part. */
export function message(id: string, text: string, output_index = 0): RunEvent[] {
  const at = { item_id: id, output_index, content_index: 0 };
  const item = { type: 'message', id, role: 'assistant' };
  const part = { type: 'output_text', text: '', annotations: [] };
  return [
    { type: 'response.output_item.added', output_index, item: { ...item, content: [] } },
    { type: 'response.content_part.added', ...at, part },
    { type: 'response.output_text.delta', ...at, delta: text },
    { type: 'response.output_text.done', ...at, text },
    { type: 'response.content_part.done', ...at },
    { type: 'response.output_item.done', output_index, item: { ...item, content: [{ ...part, text }] } },
  ].flatMap(raw);
}

export function toolCalled(name: string, callId: string, args = '{}'): RunEvent {
  const rawItem = { type: 'function_call', id: `fc_${callId}`, callId, name, arguments: args };
  return { type: 'run_item_stream_event', name: 'tool_called', item: { rawItem } };
}

export function toolOutput(callId: string, output: unknown): RunEvent {
  const rawItem = { type: 'function_call_result', callId };
  return { type: 'run_item_stream_event', name: 'tool_output', item: { rawItem, output } };
}

export interface ScriptedTurn {
  readonly events: ThreadStreamEvent[];
  /** What the stream threw. */
  readonly error: unknown;
  readonly store: MemoryStore<null>;
}

/** Runs the steps and collects what comes out. A step that is a function gets the context of the turn. */
export async function play(
  steps: (context: AgentContext<null>) => readonly Step[],
  options: { converter?: ResponseStreamConverter; items?: readonly ThreadItem[]; now?: () => Date } = {},
): Promise<ScriptedTurn> {
  const store = memoryStore<null>();
  const thread: ThreadMetadata = {
    id: 'thr_1',
    created_at: '2026-01-01T00:00:00Z',
    status: { type: 'active' },
    metadata: {},
  };
  for (const item of options.items ?? []) await store.addThreadItem(thread.id, item, null);
  store.writes.length = 0;
  const context = new AgentContext<null>({
    thread,
    store,
    requestContext: null,
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  async function* run(): AsyncGenerator<RunEvent> {
    for (const step of steps(context)) {
      if (step instanceof Error) throw step;
      if (typeof step === 'function') await step();
      else yield step;
    }
  }
  const events: ThreadStreamEvent[] = [];
  try {
    for await (const event of streamAgentResponse(context, run(), options.converter)) {
      events.push(threadStreamEventSchema.parse(structuredClone(event)));
    }
    return { events, error: null, store };
  } catch (error) {
    return { events, error, store };
  }
}

/** The kinds of events, with a run of deltas as one. */
export function outline(events: readonly ThreadStreamEvent[]): string[] {
  const names = events.map((event) => {
    if (event.type === 'thread.item.updated') {
      return event.update.type.replace(/^\w+\.(?:content_part\.)?/, '');
    }
    return 'item' in event ? `${event.type.slice('thread.item.'.length)} ${event.item.type}` : event.type;
  });
  return names.filter((name, at) => name !== 'text_delta' || names[at - 1] !== 'text_delta');
}

export const PROTOCOL = new ResponseStreamConverter({ itemIds: 'provider' });
