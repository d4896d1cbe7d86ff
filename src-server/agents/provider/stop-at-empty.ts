import type { AgentOutputItem, Model } from '@openai/agents-core';
import { ModelProblem } from '../failures/problem.ts';

/**
 * Makes the first empty answer an error. Without this the runner asks the model again and again until it runs out of
 * turns (agents.md §1.3-9).
 */
export function stopAtEmptyAnswers(model: Model): Model {
  return {
    getResponse: (request) => model.getResponse(request),
    async *getStreamedResponse(request) {
      for await (const event of model.getStreamedResponse(request)) {
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
