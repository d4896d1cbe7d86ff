/** Runs one turn of a model and turns it into ChatKit events. */
import type { AgentInputItem, ModelProvider, ModelSettings, Usage } from '@openai/agents-core';
import { z } from 'zod';
import type { ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import type { IdKind } from '../chatkit/store.ts';
import type { RequestContext } from '../context.ts';
import { classify } from './failures/classify.ts';
import { ModelProblem } from './failures/problem.ts';
import type { Sdk } from './sdk.ts';
import { type EventQueue, eventQueue } from './stream/queue.ts';
import { chatReader } from './stream/readers/chat.ts';
import { plainReader } from './stream/readers/plain.ts';
import type { ModelReader } from './stream/readers/reader.ts';
import { responsesReader } from './stream/readers/responses.ts';
import { type TurnWriter, turnWriter } from './stream/turn-writer.ts';
import { type AssistantTool, toSdkTool } from './tools.ts';

/** How the events of a model are to be read. */
export type Dialect = 'responses' | 'chat' | 'plain';

export interface TurnOptions {
  readonly sdk: Sdk;
  readonly modelProvider: ModelProvider;
  readonly modelName: string;
  readonly dialect: Dialect;
  readonly settings: ModelSettings;
  readonly instructions: string;
  readonly input: AgentInputItem[];
  readonly tools: readonly AssistantTool[];
  readonly threadId: string;
  readonly context: RequestContext;
  readonly signal: AbortSignal;
  readonly limits: { readonly modelCalls: number; readonly answerCharacters: number };
  newId(kind: IdKind): string;
  now(): Date;
}

/** How a turn ended; `partial`: a person has been shown some text. */
export type TurnOutcome =
  | { readonly kind: 'complete'; readonly usage: Usage }
  | { readonly kind: 'aborted'; readonly usage: Usage | null }
  | {
      readonly kind: 'failed';
      readonly problem: ModelProblem;
      readonly usage: Usage | null;
      /** Whether anything reached the reader: a turn without can be run again. */
      readonly silent: boolean;
      readonly partial: boolean;
    };

/**
 * Yields the events and returns how it ended; never throws for what the model or its server did. The run is stopped
 * when `signal` aborts, and when the reader stops reading.
 */
export async function* runTurn(
  options: TurnOptions,
): AsyncGenerator<ThreadStreamEvent, TurnOutcome, undefined> {
  const queue = eventQueue();
  const stop = new AbortController();
  const halt = () => {
    queue.discard();
    stop.abort();
  };
  if (options.signal.aborted) halt();
  else options.signal.addEventListener('abort', halt, { once: true });
  const outcome = drive(options, queue, stop.signal);
  // After a failure something may still be under way: a sibling tool, the rest of an answer.
  void outcome.then(() => stop.abort());
  try {
    yield* queue.read();
    return await outcome;
  } finally {
    options.signal.removeEventListener('abort', halt);
    halt();
  }
}

/**
 * Reads the run without ever waiting for our own reader: an error makes the SDK throw away what was not read
 * (agents.md §1.3-2).
 */
async function drive(options: TurnOptions, queue: EventQueue, signal: AbortSignal): Promise<TurnOutcome> {
  const { sdk, limits } = options;
  let silent = true;
  const writer = turnWriter(
    {
      threadId: options.threadId,
      newId: options.newId,
      now: options.now,
      emit: (event) => {
        silent = false;
        queue.push(event);
      },
    },
    limits.answerCharacters,
  );
  const reader = readerFor(options, writer);
  let usage: Usage | null = null;
  try {
    const { agent, runner } = prepare(options, writer);
    const run = await runner.run(agent, options.input, {
      stream: true,
      signal,
      maxTurns: limits.modelCalls,
      toolNotFoundBehavior: 'return_error_to_model',
    });
    usage = run.state.usage;
    // Otherwise a failure that is reported below would be an unhandled rejection as well.
    run.completed.catch(() => undefined);
    for await (const event of run) {
      if (event.type === 'raw_model_stream_event') reader.read(event.data);
    }
    if (signal.aborted) return { kind: 'aborted', usage };
    if (reader.stop !== null)
      throw new ModelProblem(reader.stop === 'failed' ? 'provider-error' : reader.stop);
    if (!writer.wroteText) throw new ModelProblem('empty');
    writer.finish('complete');
    queue.end();
    return { kind: 'complete', usage };
  } catch (error) {
    if (signal.aborted) return { kind: 'aborted', usage };
    if (error instanceof sdk.core.ModelRefusalError && writer.wroteText && reader.stop === null) {
      writer.finish('complete');
      queue.end();
      return { kind: 'complete', usage: usage ?? new sdk.core.Usage() };
    }
    const problem = classify(error, reader.stop, sdk);
    writer.finish('interrupted');
    queue.end();
    return { kind: 'failed', problem, usage, silent, partial: writer.wroteText };
  }
}

function readerFor({ dialect, context }: TurnOptions, writer: TurnWriter): ModelReader {
  if (dialect === 'responses') return responsesReader(writer, context.locale);
  return dialect === 'chat' ? chatReader(writer) : plainReader(writer);
}

const argumentsSchema = z.string().transform((text): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
});

/** An agent and a runner for this turn alone: listeners on a shared runner would see everybody's tools. */
function prepare(options: TurnOptions, writer: TurnWriter) {
  const { sdk, context } = options;
  const { core } = sdk;
  const failed = new Set<string>();
  const tools = new Map(options.tools.map((tool) => [tool.name, tool]));
  const runner = new core.Runner({ modelProvider: options.modelProvider, tracingDisabled: true });
  const show = (
    name: string,
    call: { type: string; callId?: string; arguments?: unknown },
    done: boolean,
  ) => {
    const tool = tools.get(name);
    if (tool === undefined || call.callId === undefined) return;
    const { title, icon } = tool.title(argumentsSchema.safeParse(call.arguments).data, context.locale);
    writer.task(`call ${call.callId}`, {
      type: 'custom',
      status_indicator: done ? 'complete' : 'loading',
      title,
      ...(icon === undefined ? {} : { icon }),
      ...(done && failed.has(call.callId) ? { content: FAILED[context.locale] } : {}),
    });
  };
  runner.on('agent_tool_start', (_run, _agent, tool, { toolCall }) => show(tool.name, toolCall, false));
  runner.on('agent_tool_end', (_run, _agent, tool, _result, { toolCall }) => show(tool.name, toolCall, true));
  const agent = new core.Agent({
    name: 'Foyer',
    instructions: options.instructions,
    model: options.modelName,
    modelSettings: options.settings,
    tools: options.tools.map((tool) => toSdkTool(tool, core, context, (callId) => failed.add(callId))),
  });
  return { agent, runner };
}

const FAILED = { en: 'This did not work.', fr: 'Cela n’a pas fonctionné.' } as const;
