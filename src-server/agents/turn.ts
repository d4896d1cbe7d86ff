/** Runs one turn of a model and turns it into ChatKit events. */
import type { AgentInputItem, ModelProvider, ModelSettings, StreamEvent, Usage } from '@openai/agents-core';
import type { RequestContext } from '../context.ts';
import type { AgentContext } from './bridge/agent-context.ts';
import type { ResponseStreamConverter } from './bridge/converter.ts';
import { type RunBridge, runBridge } from './bridge/run-bridge.ts';
import { readCall } from './bridge/run-events.ts';
import { classify } from './failures/classify.ts';
import { ModelProblem } from './failures/problem.ts';
import { toolMemory } from './input/tool-memory.ts';
import { arrivals } from './provider/arrivals.ts';
import { callModel, refuseCalls } from './provider/model-call.ts';
import { turnModels } from './provider/turn-model.ts';
import type { Sdk } from './sdk.ts';
import type { EventQueue } from './stream/queue.ts';
import type { Dialect } from './stream/readers/auto.ts';
import { type AssistantTool, toSdkTool } from './tools.ts';

export interface TurnOptions {
  readonly sdk: Sdk;
  /** @param onEvent gets the data of each raw event of an answer when it arrives; must not throw */
  readonly modelProvider: (onEvent: (data: string) => void) => ModelProvider;
  readonly modelName: string;
  readonly dialect: Dialect;
  readonly settings: ModelSettings;
  readonly instructions: string;
  readonly input: AgentInputItem[];
  readonly tools: readonly AssistantTool[];
  /** The conversation, for the tools and for what they show. */
  readonly chat: AgentContext<RequestContext>;
  readonly converter: ResponseStreamConverter;
  readonly signal: AbortSignal;
  readonly limits: { readonly modelCalls: number; readonly answerCharacters: number };
}

/** How a turn ended; `partial`: a person has been shown some text. */
export type TurnOutcome =
  | { readonly kind: 'complete'; readonly usage: Usage }
  | { readonly kind: 'aborted'; readonly usage: Usage }
  | {
      readonly kind: 'failed';
      readonly problem: ModelProblem;
      readonly usage: Usage;
      /** Whether anything reached the reader: a turn without can be run again. */
      readonly silent: boolean;
      readonly partial: boolean;
    };

/**
 * Writes the events to the queue and tells how it ended; never rejects for what the model or its server did. The run is
 * stopped when `signal` aborts.
 */
export async function runTurn(options: TurnOptions, queue: EventQueue): Promise<TurnOutcome> {
  const stop = new AbortController();
  const halt = () => stop.abort();
  if (options.signal.aborted) halt();
  else options.signal.addEventListener('abort', halt, { once: true });
  try {
    return await drive(options, queue, stop.signal);
  } finally {
    options.signal.removeEventListener('abort', halt);
    // After a failure something may still be under way: a sibling tool, the rest of an answer.
    halt();
  }
}

/**
 * Reads the run without ever waiting for our own reader: an error makes the SDK throw away what was not read
 * (agents.md §1.3-2).
 */
async function drive(options: TurnOptions, queue: EventQueue, signal: AbortSignal): Promise<TurnOutcome> {
  const { sdk, limits, chat, converter, dialect } = options;
  let silent = true;
  const memory = toolMemory(chat, queue.pushWork);
  const remembered = new Set(options.tools.filter((tool) => tool.remember).map(({ name }) => name));
  const bridge = runBridge({
    context: chat,
    converter,
    dialect,
    maxCharacters: limits.answerCharacters,
    whenRead: queue.pushWork,
    emit: (event) => {
      silent = false;
      queue.push(event);
    },
    onToolResult: (call, output) => {
      if (remembered.has(call.name)) memory.add(call, output);
    },
  });
  const read = (data: StreamEvent) => bridge.read({ type: 'raw_model_stream_event', data });
  const arriving = arrivals(read);
  const modelProvider = turnModels(options.modelProvider(arriving.read), { read, arrivals: arriving });
  const usage = new sdk.core.Usage();
  try {
    const input =
      options.tools.length === 0
        ? await askOnce(modelProvider, { ...options, signal }, usage)
        : { items: options.input, calls: limits.modelCalls };
    if (input !== null) {
      const { agent, runner } = prepare(options, modelProvider, bridge);
      const run = await runner.run(agent, input.items, {
        stream: true,
        signal,
        maxTurns: input.calls,
        toolNotFoundBehavior: 'return_error_to_model',
      });
      // Otherwise a failure that is reported below would be an unhandled rejection as well.
      run.completed.catch(() => undefined);
      try {
        for await (const event of run) if (event.type !== 'raw_model_stream_event') bridge.read(event);
      } finally {
        usage.add(run.state.usage);
      }
    }
    if (signal.aborted) return { kind: 'aborted', usage };
    if (bridge.stop !== null)
      throw new ModelProblem(bridge.stop === 'failed' ? 'provider-error' : bridge.stop);
    if (!bridge.answered && chat.clientToolCall === null) throw new ModelProblem('empty');
    await bridge.finish();
    return { kind: 'complete', usage };
  } catch (error) {
    if (signal.aborted) return { kind: 'aborted', usage };
    if (error instanceof sdk.core.ModelRefusalError && bridge.wroteText && bridge.stop === null) {
      await bridge.finish();
      return { kind: 'complete', usage };
    }
    const problem = classify(error, bridge.stop, sdk);
    await bridge.interrupt().catch(() => undefined);
    return { kind: 'failed', problem, usage, silent, partial: bridge.wroteText };
  } finally {
    bridge.close();
  }
}

/**
 * Asks a model that has no tools.
 *
 * @returns null when that was the answer; what a runner is to go on with when the model called tools all the same
 */
async function askOnce(
  modelProvider: ModelProvider,
  options: TurnOptions,
  usage: Usage,
): Promise<{ readonly items: AgentInputItem[]; readonly calls: number } | null> {
  const model = await modelProvider.getModel(options.modelName);
  const refused = refuseCalls(await callModel(options.sdk, model, options, usage));
  if (refused === null) return null;
  return { items: [...options.input, ...refused], calls: options.limits.modelCalls - 1 };
}

/** An agent and a runner for this turn alone: listeners on a shared runner would see everybody's tools. */
function prepare(options: TurnOptions, modelProvider: ModelProvider, bridge: RunBridge) {
  const { sdk, chat } = options;
  const { core } = sdk;
  const failed = new Set<string>();
  const runner = new core.Runner({ modelProvider, tracingDisabled: true });
  runner.on('agent_tool_start', (_run, _agent, _tool, { toolCall }) => {
    const call = readCall({ rawItem: toolCall });
    if (call !== null) bridge.toolStarted(call);
  });
  runner.on('agent_tool_end', (_run, _agent, _tool, _result, { toolCall }) => {
    const callId = readCall({ rawItem: toolCall })?.callId;
    if (callId) bridge.toolEnded(callId, failed.has(callId) ? 'failed' : 'done');
  });
  const agent = new core.Agent({
    name: 'Foyer',
    instructions: options.instructions,
    model: options.modelName,
    modelSettings: options.settings,
    tools: options.tools.map((tool) => toSdkTool(tool, core, chat, (callId) => failed.add(callId))),
    toolUseBehavior: {
      stopAtToolNames: options.tools.filter(({ kind }) => kind === 'client').map(({ name }) => name),
    },
  });
  return { agent, runner };
}
