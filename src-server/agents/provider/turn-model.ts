/** A model as one turn uses it: read without the runner, and stopped at the first empty answer. */
import { setImmediate } from 'node:timers/promises';
import type { AgentOutputItem, Model, ModelProvider, StreamEvent } from '@openai/agents-core';
import { ModelProblem } from '../failures/problem.ts';
import type { Arrivals } from './arrivals.ts';

/** What becomes of a model's events. */
export interface TurnReading {
  /** Gets each event that the SDK makes; raw ones were read when they arrived. Must not wait. What it throws ends the run. */
  readonly read: (event: StreamEvent) => void;
  /** What could not be read when it arrived. */
  readonly arrivals: Pick<Arrivals, 'check'>;
}

/**
 * The runner, which would only hand the events on, a fifth of a millisecond of work each, gets no more than it needs
 * for its own decisions.
 *
 * An empty answer is an error: without this the runner asks the model again and again until it runs out of turns
 * (agents.md §1.3-9).
 */
export function turnModels(provider: ModelProvider, reading: TurnReading): ModelProvider {
  return {
    async getModel(name) {
      return turnModel(await provider.getModel(name), reading);
    },
  };
}

function turnModel(model: Model, { read, arrivals }: TurnReading): Model {
  let called = false;
  return {
    getResponse: (request) => model.getResponse(request),
    async *getStreamedResponse(request) {
      // What the run tells of the call before this one has been read by then.
      if (called) await setImmediate();
      called = true;
      for await (const event of model.getStreamedResponse(request)) {
        arrivals.check();
        if (event.type === 'model') continue;
        read(event);
        if (event.type === 'output_text_delta') continue;
        yield event;
        if (event.type === 'response_done' && !event.response.output.some(isUsable)) {
          throw new ModelProblem('empty');
        }
      }
    },
    ...(model.getRetryAdvice === undefined ? {} : { getRetryAdvice: (args) => model.getRetryAdvice?.(args) }),
  };
}

function isUsable(item: AgentOutputItem): boolean {
  if (item.type === 'reasoning') return false;
  if (item.type !== 'message') return true;
  if (item.role !== 'assistant') return false;
  return item.content.some((part) =>
    part.type === 'output_text'
      ? part.text.trim() !== ''
      : part.type === 'refusal'
        ? part.refusal.trim() !== ''
        : true,
  );
}
