import type { ThreadItem } from '../../../../src-shared/chatkit/index.ts';
import { LazyWidget } from '../widgets/LazyWidget.tsx';
import { AssistantMessage } from './AssistantMessage.tsx';
import { ClientToolCall, GeneratedImage, StructuredInput } from './OtherItems.tsx';
import { TaskView, WorkflowView } from './WorkflowView.tsx';

interface ItemViewProps {
  item: ThreadItem;
  /** Announced and not done. */
  open: boolean;
  /** The turn of this item is running. */
  running: boolean;
  /** 0…1, for images. */
  progress: number | undefined;
}

/** One item of a response. */
export function ItemView({ item, open, running, progress }: ItemViewProps) {
  switch (item.type) {
    case 'assistant_message':
      return <AssistantMessage item={item} streaming={open} />;
    case 'workflow':
      return <WorkflowView item={item} running={open} />;
    case 'task':
      return (
        <div data-item={item.id}>
          <TaskView task={item.task} running={running} />
        </div>
      );
    case 'generated_image':
      return <GeneratedImage item={item} progress={progress} running={open} />;
    case 'client_tool_call':
      return <ClientToolCall item={item} running={running} />;
    case 'widget':
      return <LazyWidget item={item} streaming={open} />;
    case 'structured_input':
      return <StructuredInput item={item} />;
    case 'user_message':
    case 'end_of_turn':
    case 'hidden_context_item':
    case 'sdk_hidden_context':
      return null;
  }
}
