/** One turn of the assistant as ChatKit events: messages, and the workflows between them. */
import { ModelProblem } from '../failures/problem.ts';
import { type MessageWriter, messageWriter } from './message-writer.ts';
import { type WorkflowWriter, workflowWriter } from './workflow-writer.ts';
import type { WriterContext } from './writer-context.ts';

export interface TurnWriter extends Omit<MessageWriter, 'endAll'>, Omit<WorkflowWriter, 'end'> {
  /** A model call is over: its messages are complete. Workflows go on until the next message. */
  endResponse(): void;
  /** The turn is over: everything open is finished with what is there. */
  finish(outcome: 'complete' | 'interrupted'): void;
}

/**
 * A message ends the workflow before it; what follows the message begins a new one.
 *
 * @param maxCharacters text and thoughts together; beyond, writing throws a {@link ModelProblem} `answer-too-long`
 */
export function turnWriter(context: WriterContext, maxCharacters: number): TurnWriter {
  const workflow = workflowWriter(context);
  const messages = messageWriter(context, () => workflow.end());
  let characters = 0;
  const count = (delta: string) => {
    characters += delta.length;
    if (characters > maxCharacters) throw new ModelProblem('answer-too-long');
  };

  return {
    text(message, part, delta) {
      count(delta);
      messages.text(message, part, delta);
    },
    annotate: messages.annotate,
    endPart: messages.endPart,
    endMessage: messages.endMessage,
    endResponse: messages.endAll,
    think: workflow.think,
    thought(key, delta) {
      count(delta);
      workflow.thought(key, delta);
    },
    endThought: workflow.endThought,
    task: workflow.task,
    finish(outcome) {
      messages.endAll();
      workflow.end(outcome);
    },
    get wroteText() {
      return messages.wroteText;
    },
  };
}
