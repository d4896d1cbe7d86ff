/** Items that were announced but are not done: what is kept of them when the turn is cancelled (protocol §1.7). */
import type {
  AssistantContent,
  AssistantMessageItem,
  ItemUpdate,
  ThreadItem,
  ThreadStreamEvent,
  WorkflowItem,
} from '../../src-shared/chatkit/index.ts';

export class PendingItems {
  readonly #items = new Map<string, ThreadItem>();

  /** Follows one event of the stream. The caller's objects are copied, never kept. */
  follow(event: ThreadStreamEvent): void {
    switch (event.type) {
      case 'thread.item.added':
        this.#items.set(event.item.id, copyItem(event.item));
        break;
      case 'thread.item.updated': {
        const item = this.#items.get(event.item_id);
        if (item?.type === 'assistant_message') updateMessage(item, event.update);
        else if (item?.type === 'workflow') updateWorkflow(item, event.update);
        break;
      }
      case 'thread.item.done':
      case 'thread.item.replaced':
        this.#items.delete(event.item.id);
        break;
      case 'thread.item.removed':
        this.#items.delete(event.item_id);
        break;
      default:
        break;
    }
  }

  list(): ThreadItem[] {
    return [...this.#items.values()];
  }
}

/** True when at least one part has text that is more than blanks. */
export function hasText(item: AssistantMessageItem): boolean {
  return item.content.some((part) => part.text.trim() !== '');
}

function updateMessage(item: AssistantMessageItem, update: ItemUpdate): void {
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      partAt(item, update.content_index);
      item.content[update.content_index] = copyContent(update.content);
      break;
    case 'assistant_message.content_part.text_delta':
      partAt(item, update.content_index).text += update.delta;
      break;
    case 'assistant_message.content_part.annotation_added': {
      const { annotations } = partAt(item, update.content_index);
      annotations.splice(update.annotation_index, 0, structuredClone(update.annotation));
      break;
    }
    default:
      break;
  }
}

/** The part at an index; parts before it that were never announced are empty. */
function partAt(item: AssistantMessageItem, index: number): AssistantContent {
  while (item.content.length <= index) item.content.push({ type: 'output_text', text: '', annotations: [] });
  return item.content[index] as AssistantContent;
}

function updateWorkflow(item: WorkflowItem, update: ItemUpdate): void {
  const { tasks } = item.workflow;
  if (update.type === 'workflow.task.added') tasks.push(structuredClone(update.task));
  else if (update.type === 'workflow.task.updated' && update.task_index < tasks.length) {
    tasks[update.task_index] = structuredClone(update.task);
  }
}

/** Messages begin every answer, nearly always empty: what the general clone takes for them, a reader waits. */
function copyItem(item: ThreadItem): ThreadItem {
  return item.type === 'assistant_message'
    ? { ...item, content: item.content.map(copyContent) }
    : structuredClone(item);
}

function copyContent(content: AssistantContent): AssistantContent {
  return { ...content, annotations: content.annotations.map((annotation) => structuredClone(annotation)) };
}
