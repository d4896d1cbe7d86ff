/** One request to a model that has no tools: the runner, which would have nothing to decide, is left out. */
import type {
  AgentInputItem,
  AgentOutputItem,
  Model,
  ModelSettings,
  StreamEvent,
  Usage,
} from '@openai/agents-core';
import type { Sdk } from '../sdk.ts';

export interface ModelCall {
  readonly instructions: string;
  readonly input: AgentInputItem[];
  readonly settings: ModelSettings;
  readonly signal: AbortSignal;
}

/**
 * Asks the model and reads its answer to the end. Sends what a runner sends for an agent without tools; a runner needs
 * most of a millisecond before its request leaves, and a person waits for it.
 *
 * @param model is read where it comes from, see `turn-model.ts`
 * @param usage grows by what the server reports
 * @returns what the model wrote
 * @throws {sdk.core.ModelBehaviorError} when the answer had no end; what the model throws
 */
export async function callModel(
  { core }: Sdk,
  model: Model,
  { instructions, input, settings, signal }: ModelCall,
  usage: Usage,
): Promise<AgentOutputItem[]> {
  const events: AsyncIterable<StreamEvent> = model.getStreamedResponse({
    systemInstructions: instructions,
    input,
    modelSettings: settings,
    tools: [],
    toolsExplicitlyProvided: true,
    handoffs: [],
    outputType: 'text',
    tracing: false,
    signal,
  });
  let output: AgentOutputItem[] | null = null;
  for await (const event of events) {
    if (event.type !== 'response_done') continue;
    const { requests, inputTokens, outputTokens, totalTokens } = event.response.usage;
    usage.add(new core.Usage({ requests: requests ?? 1, inputTokens, outputTokens, totalTokens }));
    output = event.response.output;
  }
  if (output === null) throw new core.ModelBehaviorError('the answer has no end');
  return output;
}

/**
 * What to say to a model that called tools which it does not have; null when it called none.
 *
 * @param output what it wrote
 */
export function refuseCalls(output: readonly AgentOutputItem[]): AgentInputItem[] | null {
  const calls = output.filter((item) => item.type === 'function_call');
  if (calls.length === 0) return null;
  const refusals = calls.map(
    ({ callId, name }): AgentInputItem => ({
      type: 'function_call_result',
      callId,
      name,
      status: 'completed',
      output: { type: 'text', text: `There is no tool "${name}". Answer without tools.` },
    }),
  );
  return [...output, ...refusals];
}
