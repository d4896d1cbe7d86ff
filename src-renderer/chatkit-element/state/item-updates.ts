/** The ten item updates (protocol §3), applied to one item. An update that does not fit the item changes nothing. */
import type {
  AssistantContent,
  AssistantMessageItem,
  ItemUpdate,
  ThreadItem,
  WorkflowItem,
} from '../../../src-shared/chatkit/index.ts';
import { appendWidgetText, isWidgetRoot, replaceWidgetNode } from './widget-tree.ts';

/** An index far beyond what any server means; keeps a hostile one from growing arrays without end. */
const MAX_PARTS = 1000;

export function applyItemUpdate(item: ThreadItem, update: ItemUpdate): ThreadItem {
  switch (item.type) {
    case 'assistant_message':
      return updateMessage(item, update);
    case 'workflow':
      return updateWorkflow(item, update);
    case 'widget': {
      if (update.type === 'widget.root.updated') return { ...item, widget: update.widget };
      if (update.type === 'widget.streaming_text.value_delta') {
        const widget = appendWidgetText(item.widget, update.component_id, update.delta);
        return isWidgetRoot(widget) ? { ...item, widget } : item;
      }
      if (update.type === 'widget.component.updated') {
        const widget = replaceWidgetNode(item.widget, update.component_id, update.component);
        return isWidgetRoot(widget) ? { ...item, widget } : item;
      }
      return item;
    }
    case 'generated_image':
      return update.type === 'generated_image.updated' ? { ...item, image: update.image } : item;
    default:
      return item;
  }
}

function updateMessage(item: AssistantMessageItem, update: ItemUpdate): AssistantMessageItem {
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      return withPart(item, update.content_index, (part) => keepAnnotations(part, update.content));
    case 'assistant_message.content_part.text_delta':
      return withPart(item, update.content_index, (part) => ({ ...part, text: part.text + update.delta }));
    case 'assistant_message.content_part.annotation_added':
      return withPart(item, update.content_index, (part) => {
        const annotations = part.annotations.toSpliced(update.annotation_index, 0, update.annotation);
        return { ...part, annotations };
      });
    default:
      return item;
  }
}

/** `content_part.done` comes with empty annotations from the reference; the final item restores them (§8.1). */
function keepAnnotations(part: AssistantContent, next: AssistantContent): AssistantContent {
  return next.annotations.length === 0 ? { ...next, annotations: part.annotations } : next;
}

function withPart(
  item: AssistantMessageItem,
  index: number,
  change: (part: AssistantContent) => AssistantContent,
): AssistantMessageItem {
  if (index >= MAX_PARTS) return item;
  const content = [...item.content];
  while (content.length <= index) content.push({ type: 'output_text', text: '', annotations: [] });
  const part = content[index];
  if (part === undefined) return item;
  return { ...item, content: content.with(index, change(part)) };
}

function updateWorkflow(item: WorkflowItem, update: ItemUpdate): WorkflowItem {
  const { workflow } = item;
  if (update.type === 'workflow.task.added') {
    return { ...item, workflow: { ...workflow, tasks: [...workflow.tasks, update.task] } };
  }
  if (update.type === 'workflow.task.updated') {
    if (update.task_index >= workflow.tasks.length) return item;
    return { ...item, workflow: { ...workflow, tasks: workflow.tasks.with(update.task_index, update.task) } };
  }
  return item;
}
