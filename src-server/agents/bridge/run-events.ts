/** The events of a run of the Agents SDK, as far as the bridge reads them (agents.md §1.1). */
import { z } from 'zod';
import type { ModelEvent } from '../stream/readers/reader.ts';
import type { FunctionCall } from './converter.ts';

/** One event of a run; a `RunStreamEvent` of the SDK is one. */
export type RunEvent =
  | { readonly type: 'raw_model_stream_event'; readonly data: ModelEvent }
  | { readonly type: 'run_item_stream_event'; readonly name: string; readonly item: unknown }
  | { readonly type: 'agent_updated_stream_event'; readonly agent: { readonly name: string } };

/** A run: a `StreamedRunResult`, or anything that yields its events. */
export type Run = AsyncIterable<RunEvent> & {
  toStream?(): AsyncIterable<RunEvent>;
  /** Calls that wait for permission, when the run has stopped at them; with them there has to be a state. */
  readonly interruptions?: readonly unknown[];
  readonly state?: unknown;
};

const callSchema = z.object({
  rawItem: z.object({
    type: z.literal('function_call'),
    id: z.string().nullish(),
    callId: z.string().nullish(),
    call_id: z.string().nullish(),
    name: z.string(),
    arguments: z.string().nullish(),
  }),
});

const resultSchema = z.object({
  rawItem: z.object({ callId: z.string().nullish(), call_id: z.string().nullish() }),
  output: z.unknown().optional(),
});

/** The call of a function tool in the item of a `tool_called` event; null for other tools. */
export function readCall(item: unknown): FunctionCall | null {
  const parsed = callSchema.safeParse(item).data?.rawItem;
  if (parsed === undefined) return null;
  return {
    callId: parsed.callId ?? parsed.call_id ?? null,
    itemId: parsed.id ?? null,
    name: parsed.name,
    arguments: parsed.arguments ?? '{}',
  };
}

/** The result of a function tool in the item of a `tool_output` event; null for other tools. */
export function readResult(item: unknown): { readonly callId: string; readonly output: string } | null {
  const parsed = resultSchema.safeParse(item).data;
  const callId = parsed?.rawItem.callId ?? parsed?.rawItem.call_id;
  if (parsed === undefined || !callId) return null;
  const { output } = parsed;
  return { callId, output: typeof output === 'string' ? output : (JSON.stringify(output) ?? '') };
}

/** A run as it is read: one event after the other, and to be stopped at any time. */
export interface EventSource {
  /** Null at the end. */
  next(): Promise<RunEvent | null>;
  /** Ends the run, also while an event is awaited. */
  cancel(): void;
}

/** A stream can be stopped while it is silent, an iterator only between two events; so the stream is taken if there. */
export function eventSource(run: Run): EventSource {
  const stream = run.toStream?.();
  if (stream instanceof ReadableStream) {
    const reader: ReadableStreamDefaultReader<RunEvent> = stream.getReader();
    return {
      async next() {
        const { done, value } = await reader.read();
        return done ? null : value;
      },
      cancel: () => void reader.cancel().catch(() => undefined),
    };
  }
  const iterator = run[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await iterator.next();
      return done ? null : value;
    },
    cancel: () => void Promise.resolve(iterator.return?.()).catch(() => undefined),
  };
}
