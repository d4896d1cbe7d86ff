/** A model as one turn uses it: read at the source, and stopped at the first empty answer. */
import { setImmediate } from 'node:timers/promises';
import type { AgentOutputItem, Model, ModelProvider, StreamEvent } from '@openai/agents-core';
import { ModelProblem } from '../failures/problem.ts';

/**
 * Gives each event of the model to `read` as it comes. The runner, which would only hand them on, a fifth of a
 * millisecond of work each, gets no more than it needs for its own decisions.
 *
 * An empty answer is an error: without this the runner asks the model again and again until it runs out of turns
 * (agents.md §1.3-9).
 *
 * @param read must not wait; what it throws ends the run
 */
export function turnModels(provider: ModelProvider, read: (event: StreamEvent) => void): ModelProvider {
  return {
    async getModel(name) {
      return turnModel(await provider.getModel(name), read);
    },
  };
}

function turnModel(model: Model, read: (event: StreamEvent) => void): Model {
  let called = false;
  return {
    getResponse: (request) => model.getResponse(request),
    async *getStreamedResponse(request) {
      // What the run tells of the call before this one has been read by then.
      if (called) await setImmediate();
      called = true;
      for await (const event of model.getStreamedResponse(request)) {
        read(event);
        if (event.type === 'output_text_delta' || event.type === 'model') continue;
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
