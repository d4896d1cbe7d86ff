/** Writes what the protocol's own table says (protocol §8.1), event by event, and nothing else. */
import type { Annotation, AssistantContent, ItemUpdate, Task } from '../../../src-shared/chatkit/index.ts';
import { characterCount, type TurnWriter } from './turn-writer.ts';
import type { WorkflowWriter } from './workflow-writer.ts';
import type { WriterContext } from './writer-context.ts';

/**
 * For hosts that rely on the exact stream of the reference. Against {@link turnWriter}: only the first summary of a
 * workflow is streamed, later ones are shown when complete; tools of the model's side, whole thoughts and refusals in
 * the making are not shown; what the model leaves open stays open.
 *
 * @param itemId the id of a message by its key; undefined for a message that was never announced
 */
export function protocolWriter(
  context: WriterContext,
  maxCharacters: number,
  workflow: WorkflowWriter,
  itemId: { open(message: string): string; find(message: string): string | undefined },
): TurnWriter {
  const count = characterCount(maxCharacters);
  /** Citations that were streamed, by message and part: their indices stay dense. */
  const annotations = new Map<string, Annotation[]>();
  let streamed: {
    readonly workflow: string;
    readonly key: string;
    readonly index: number;
    text: string;
  } | null = null;
  let wroteText = false;

  const update = (message: string, change: ItemUpdate) => {
    const item_id = itemId.find(message);
    if (item_id !== undefined) context.emit({ type: 'thread.item.updated', item_id, update: change });
  };
  const item = (id: string, content: readonly AssistantContent[]) => ({
    type: 'assistant_message' as const,
    id,
    thread_id: context.threadId,
    created_at: context.now().toISOString(),
    content: [...content],
  });

  return {
    openMessage(message, content) {
      workflow.end();
      context.emit({ type: 'thread.item.added', item: item(itemId.open(message), content) });
    },
    openPart(message, part, content) {
      update(message, {
        type: 'assistant_message.content_part.added',
        content_index: Number(part),
        content,
      });
    },
    text(message, part, delta) {
      count(delta);
      wroteText = true;
      update(message, {
        type: 'assistant_message.content_part.text_delta',
        content_index: Number(part),
        delta,
      });
    },
    refusal: () => undefined,
    annotate(message, part, annotation) {
      const key = `${message} ${part}`;
      const known = annotations.get(key) ?? [];
      annotations.set(key, known);
      known.push(annotation);
      update(message, {
        type: 'assistant_message.content_part.annotation_added',
        content_index: Number(part),
        annotation_index: known.length - 1,
        annotation,
      });
    },
    endText(message, part, text) {
      update(message, {
        type: 'assistant_message.content_part.done',
        content_index: Number(part),
        // Without those that were streamed, a client would take them away until the item is done.
        content: {
          type: 'output_text',
          text,
          annotations: [...(annotations.get(`${message} ${part}`) ?? [])],
        },
      });
    },
    endPart: () => undefined,
    endMessage(message, whole) {
      const id = itemId.find(message);
      if (id === undefined || whole === undefined) return;
      wroteText ||= whole.some(({ text }) => text.trim() !== '');
      context.emit({ type: 'thread.item.done', item: item(id, whole) });
    },
    endResponse: () => undefined,
    think() {
      if (workflow.item === null) workflow.start({ type: 'reasoning', tasks: [], expanded: false });
    },
    thought(key, delta, kind = 'summary') {
      count(delta);
      const open = workflow.item;
      if (kind !== 'summary' || open === null) return;
      if (streamed?.key === key && streamed.workflow === open.id) {
        streamed.text += delta;
        workflow.updateTask(streamed.index, thoughtTask(streamed.text));
      } else if (open.workflow.type === 'reasoning' && open.workflow.tasks.length === 0) {
        streamed = { workflow: open.id, key, index: workflow.addTask(thoughtTask(delta)), text: delta };
      }
    },
    endThought(key, text, kind = 'summary') {
      const open = workflow.item;
      if (kind !== 'summary' || text === undefined || open === null) return;
      if (streamed?.key === key && streamed.workflow === open.id) {
        workflow.updateTask(streamed.index, thoughtTask(text));
        streamed = null;
      } else {
        workflow.addTask(thoughtTask(text));
      }
    },
    task: () => undefined,
    finish: () => undefined,
    get wroteText() {
      return wroteText;
    },
  };
}

function thoughtTask(content: string): Task {
  return { type: 'thought', status_indicator: 'none', content };
}
