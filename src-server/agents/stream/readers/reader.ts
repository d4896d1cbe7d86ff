import type { ResponseStreamEvent } from '@openai/agents-core';
import type { Annotation, Task } from '../../../../src-shared/chatkit/index.ts';
import type { Stop } from '../../failures/classify.ts';

/** What a model yields through the SDK, event by event. */
export type ModelEvent = ResponseStreamEvent;

/** Turns the events of one kind of model into calls of a turn writer. */
export interface ModelReader {
  read(event: ModelEvent): void;
  /** The model's own last word, when it stopped before the answer was complete. */
  readonly stop: Stop | null;
}

/** How what a model says becomes what people see; null: not shown. */
export interface ReaderHooks {
  toAnnotation(citation: unknown): Annotation | null;
  /** The task for an output item of the Responses API: a tool that ran on the model's side. */
  hostedToolToTask(item: unknown, done: boolean): Task | null;
}

/** A complete model call, from `response_done`. */
export type FinishedResponse = Extract<ModelEvent, { type: 'response_done' }>['response'];

/** The texts of a complete answer, for servers that send them only at the end. */
export function textsOf(response: FinishedResponse): string[] {
  return response.output.flatMap((item) => {
    if (item.type !== 'message' || item.role !== 'assistant') return [];
    return item.content.flatMap((part) =>
      part.type === 'output_text' ? [part.text] : part.type === 'refusal' ? [part.refusal] : [],
    );
  });
}
