/** Writes what happens before and between messages (thoughts, tools) as one workflow item with tasks. */
import type { ItemUpdate, Task, WorkflowItem } from '../../../src-shared/chatkit/index.ts';
import type { WriterContext } from './writer-context.ts';

/** A thought is sent whole each time it grows, so not at each word of it. */
const THOUGHT_INTERVAL_MS = 100;

/** A model that thought for less than this, without a word of it, need not be mentioned. */
const WORTH_MENTIONING_MS = 1_000;

interface Thought {
  readonly index: number;
  text: string;
  sentAt: number;
}

interface Open {
  readonly id: string;
  readonly startedAt: Date;
  readonly type: 'custom' | 'reasoning';
  readonly tasks: Task[];
  /** Index of a task by its key. */
  readonly keys: Map<string, number>;
  readonly thoughts: Map<string, Thought>;
}

export interface WorkflowWriter {
  /** The model has begun to think, though nothing can be shown yet. */
  think(): void;
  thought(key: string, delta: string): void;
  endThought(key: string): void;
  /** Shows a task, or its new state. */
  task(key: string, task: Task): void;
  /** Ends the open workflow, if there is one; tasks still at work are complete, unless they were interrupted. */
  end(outcome?: 'complete' | 'interrupted'): void;
}

export function workflowWriter(context: WriterContext): WorkflowWriter {
  let open: Open | null = null;

  const item = (workflow: Open, elapsedMs?: number): WorkflowItem => ({
    type: 'workflow',
    id: workflow.id,
    thread_id: context.threadId,
    created_at: workflow.startedAt.toISOString(),
    workflow: {
      type: workflow.type,
      tasks: [...workflow.tasks],
      expanded: false,
      ...(elapsedMs === undefined
        ? {}
        : { summary: { duration: Math.max(1, Math.round(elapsedMs / 1_000)) } }),
    },
  });
  const update = (workflow: Open, change: ItemUpdate) =>
    context.emit({ type: 'thread.item.updated', item_id: workflow.id, update: change });

  /** A reasoning workflow is shown at once, one of tools with its first task (protocol §8.1). */
  const start = (type: Open['type'], first?: Task): Open => {
    open = {
      id: context.newId('workflow'),
      startedAt: context.now(),
      type,
      tasks: first === undefined ? [] : [first],
      keys: new Map(),
      thoughts: new Map(),
    };
    context.emit({ type: 'thread.item.added', item: item(open) });
    return open;
  };
  const add = (workflow: Open, task: Task): number => {
    const task_index = workflow.tasks.push(task) - 1;
    update(workflow, { type: 'workflow.task.added', task_index, task });
    return task_index;
  };
  const replace = (workflow: Open, task_index: number, task: Task) => {
    workflow.tasks[task_index] = task;
    update(workflow, { type: 'workflow.task.updated', task_index, task });
  };
  const endThought = (workflow: Open, key: string) => {
    const thought = workflow.thoughts.get(key);
    if (thought === undefined) return;
    workflow.thoughts.delete(key);
    replace(workflow, thought.index, thoughtTask(thought.text, 'complete'));
  };

  return {
    think() {
      if (open === null) start('reasoning');
    },
    thought(key, delta) {
      const workflow = open ?? start('reasoning');
      const thought = workflow.thoughts.get(key);
      const now = context.now().getTime();
      if (thought === undefined) {
        if (delta.trim() === '') return;
        const index = add(workflow, thoughtTask(delta, 'loading'));
        workflow.thoughts.set(key, { index, text: delta, sentAt: now });
        return;
      }
      thought.text += delta;
      if (now - thought.sentAt < THOUGHT_INTERVAL_MS) return;
      thought.sentAt = now;
      replace(workflow, thought.index, thoughtTask(thought.text, 'loading'));
    },
    endThought(key) {
      if (open !== null) endThought(open, key);
    },
    task(key, task) {
      if (open === null) {
        start('custom', task).keys.set(key, 0);
        return;
      }
      const index = open.keys.get(key);
      if (index === undefined) open.keys.set(key, add(open, task));
      else replace(open, index, task);
    },
    end(outcome = 'complete') {
      if (open === null) return;
      const workflow = open;
      for (const key of [...workflow.thoughts.keys()]) endThought(workflow, key);
      for (const [index, task] of workflow.tasks.entries()) {
        if (task.status_indicator === 'loading') {
          replace(workflow, index, {
            ...task,
            status_indicator: outcome === 'complete' ? 'complete' : 'none',
          });
        }
      }
      open = null;
      const elapsed = context.now().getTime() - workflow.startedAt.getTime();
      if (workflow.tasks.length === 0 && elapsed < WORTH_MENTIONING_MS) {
        context.emit({ type: 'thread.item.removed', item_id: workflow.id });
      } else {
        context.emit({ type: 'thread.item.done', item: item(workflow, elapsed) });
      }
    },
  };
}

function thoughtTask(text: string, status: 'loading' | 'complete'): Task {
  return { type: 'thought', status_indicator: status, content: text.trim() };
}
