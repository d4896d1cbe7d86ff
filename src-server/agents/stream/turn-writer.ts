/** One turn of the assistant as ChatKit events: messages, images, and the workflows between them. */
import type { Annotation, AssistantContent, Task } from '../../../src-shared/chatkit/index.ts';
import { ModelProblem } from '../failures/problem.ts';
import { messageWriter } from './message-writer.ts';
import { type WorkflowWriter, workflowWriter } from './workflow-writer.ts';
import type { WriterContext } from './writer-context.ts';

/** `summary`: what the provider tells of the model's thoughts; `whole`: the thoughts themselves. */
export type ThoughtKind = 'summary' | 'whole';

/** What the readers of models write to. Keys are the readers' own, one for each message, part and thought. */
export interface TurnWriter {
  /** The model has announced a message, with what is in it already. */
  openMessage(message: string, content: readonly AssistantContent[]): void;
  openPart(message: string, part: string, content: AssistantContent): void;
  text(message: string, part: string, delta: string): void;
  refusal(message: string, part: string, delta: string): void;
  /** Adds a citation to a part; `index` is the model's position. */
  annotate(message: string, part: string, annotation: Annotation): void;
  /** The text of a part is whole; citations may follow. */
  endText(message: string, part: string, text: string): void;
  endPart(message: string, part: string): void;
  /** @param whole the model's own last version, where it gives one */
  endMessage(message: string, whole?: readonly AssistantContent[]): void;
  /** A model call is over: its messages are complete. Workflows go on until the next message. */
  endResponse(): void;
  /** The model has begun to think, though nothing can be shown yet. */
  think(): void;
  /** @param kind default: `summary` */
  thought(key: string, delta: string, kind?: ThoughtKind): void;
  /** @param text the whole thought, where the model repeats it */
  endThought(key: string, text?: string, kind?: ThoughtKind): void;
  /** Shows a task, or its new state. */
  task(key: string, task: Task): void;
  /** The turn is over: everything open is finished with what is there. */
  finish(outcome: 'complete' | 'interrupted'): void;
  /** Whether a person has been given any text. */
  readonly wroteText: boolean;
}

export interface TurnWriterOptions {
  /** Shared with tools that show tasks of their own. Default: a new one. */
  readonly workflow?: WorkflowWriter;
  /** The id of a message by its key. Default: an id of our own. */
  readonly messageId?: (message: string) => string;
}

/**
 * A message ends the workflow before it; what follows the message begins a new one.
 *
 * @param maxCharacters text and thoughts together; beyond, writing throws a {@link ModelProblem} `answer-too-long`
 */
export function turnWriter(
  context: WriterContext,
  maxCharacters: number,
  { workflow = workflowWriter(context), messageId }: TurnWriterOptions = {},
): TurnWriter {
  const messages = messageWriter(context, () => workflow.end(), messageId);
  const count = characterCount(maxCharacters);
  const text = (message: string, part: string, delta: string) => {
    count(delta);
    messages.text(message, part, delta);
  };

  return {
    // Messages and parts begin with their first text: some models announce what they never write.
    openMessage: () => undefined,
    openPart: () => undefined,
    text,
    refusal: text,
    annotate: messages.annotate,
    endText: () => undefined,
    endPart: messages.endPart,
    endMessage(message, whole = []) {
      messages.endMessage(message, whole);
    },
    endResponse: messages.endAll,
    think: workflow.think,
    thought(key, delta, kind = 'summary') {
      count(delta);
      workflow.thought(`${kind} ${key}`, delta);
    },
    endThought(key, whole, kind = 'summary') {
      if (whole !== undefined) workflow.wholeThought(`${kind} ${key}`, whole);
      else workflow.endThought(`${kind} ${key}`);
    },
    task: workflow.task,
    finish(outcome) {
      messages.endAll();
      workflow.end({ outcome });
    },
    get wroteText() {
      return messages.wroteText;
    },
  };
}

/** Counts what a model writes, and stops it: a server that never ends must not fill the memory. */
export function characterCount(max: number): (delta: string) => void {
  let characters = 0;
  return (delta) => {
    characters += delta.length;
    if (characters > max) throw new ModelProblem('answer-too-long');
  };
}
