/** Writes what happens before and between messages (thoughts, tools) as one workflow item with tasks (protocol §8.1). */
import type {
  ItemUpdate,
  Task,
  Workflow,
  WorkflowItem,
  WorkflowSummary,
} from '../../../src-shared/chatkit/index.ts';
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
  readonly item: WorkflowItem;
  /** Whether the client has heard of it; a custom workflow waits for its first task. */
  announced: boolean;
  /** May go without a trace while nothing is in it. */
  readonly tentative: boolean;
  /** Index of a task by its key. */
  readonly keys: Map<string, number>;
  readonly thoughts: Map<string, Thought>;
}

/** How a workflow ends. */
export interface WorkflowEnd {
  /** Tasks that this writer shows are complete, unless they were interrupted; then no task stays at work. */
  readonly outcome?: 'complete' | 'interrupted';
  /** Default: the one it has, else how long it took. */
  readonly summary?: WorkflowSummary | undefined;
  readonly expanded?: boolean | undefined;
}

export interface WorkflowWriter {
  /** A copy of the open workflow. */
  readonly item: WorkflowItem | null;
  /** Goes on with a workflow that was announced already: that of an earlier turn, or one that a tool made itself. */
  resume(item: WorkflowItem): void;
  /** Begins a workflow: a custom one without tasks is announced with its first task. */
  start(workflow: Workflow): void;
  /** Adds a task, beginning a custom workflow if none is open; returns its index. */
  addTask(task: Task): number;
  /** @throws {RangeError} when there is no such task */
  updateTask(index: number, task: Task): void;
  /** The model has begun to think, though nothing can be shown yet. */
  think(): void;
  thought(key: string, delta: string): void;
  endThought(key: string): void;
  /** Ends a thought that is told again whole; one that was never told is shown now. */
  wholeThought(key: string, text: string): void;
  /** Shows a task, or its new state. */
  task(key: string, task: Task): void;
  /** Ends the open workflow, if there is one. */
  end(how?: WorkflowEnd): void;
  /** Gives the open workflow away, without a word to the client: a later turn will go on with it. */
  release(): WorkflowItem | null;
}

export function workflowWriter(context: WriterContext): WorkflowWriter {
  let open: Open | null = null;
  /** Thoughts that were shown, also in workflows before this one. */
  const told = new Set<string>();

  const copy = ({ item }: Open): WorkflowItem => ({
    ...item,
    workflow: { ...item.workflow, tasks: [...item.workflow.tasks] },
  });
  const update = ({ item }: Open, change: ItemUpdate) =>
    context.emit({ type: 'thread.item.updated', item_id: item.id, update: change });
  const announce = (opened: Open) => {
    opened.announced = true;
    context.emit({ type: 'thread.item.added', item: copy(opened) });
  };
  const begin = (item: WorkflowItem, announced: boolean, tentative: boolean): Open => {
    const opened = { item, announced, tentative, keys: new Map(), thoughts: new Map() };
    open = opened;
    return opened;
  };
  const create = (workflow: Workflow, tentative = false): Open => {
    const item: WorkflowItem = {
      type: 'workflow',
      id: context.newId('workflow'),
      thread_id: context.threadId,
      created_at: context.now().toISOString(),
      workflow: { ...workflow, tasks: [...workflow.tasks] },
    };
    const opened = begin(item, false, tentative);
    if (workflow.type === 'reasoning' || workflow.tasks.length > 0) announce(opened);
    return opened;
  };
  const add = (opened: Open, task: Task): number => {
    const task_index = opened.item.workflow.tasks.push(task) - 1;
    if (opened.announced) update(opened, { type: 'workflow.task.added', task_index, task });
    else announce(opened);
    return task_index;
  };
  const replace = (opened: Open, task_index: number, task: Task) => {
    opened.item.workflow.tasks[task_index] = task;
    if (opened.announced) update(opened, { type: 'workflow.task.updated', task_index, task });
  };
  const finishThought = (opened: Open, key: string) => {
    const thought = opened.thoughts.get(key);
    if (thought === undefined) return;
    opened.thoughts.delete(key);
    replace(opened, thought.index, thoughtTask(thought.text, 'complete'));
  };
  const settle = (opened: Open, outcome: 'complete' | 'interrupted') => {
    for (const key of [...opened.thoughts.keys()]) finishThought(opened, key);
    const own = new Set(opened.keys.values());
    for (const [index, task] of opened.item.workflow.tasks.entries()) {
      if (task.status_indicator !== 'loading') continue;
      if (outcome === 'interrupted') replace(opened, index, { ...task, status_indicator: 'none' });
      else if (own.has(index)) replace(opened, index, { ...task, status_indicator: 'complete' });
    }
  };

  return {
    get item() {
      return open === null ? null : copy(open);
    },
    resume(item) {
      const { workflow } = item;
      begin({ ...item, workflow: { ...workflow, tasks: [...workflow.tasks] } }, true, false);
    },
    start(workflow) {
      create(workflow);
    },
    addTask(task) {
      return add(open ?? create({ type: 'custom', tasks: [], expanded: false }), task);
    },
    updateTask(index, task) {
      if (open?.item.workflow.tasks[index] === undefined) throw new RangeError(`There is no task ${index}.`);
      replace(open, index, task);
    },
    think() {
      if (open === null) create(THINKING, true);
    },
    thought(key, delta) {
      const workflow = open ?? create(THINKING, true);
      const thought = workflow.thoughts.get(key);
      const now = context.now().getTime();
      if (thought === undefined) {
        if (delta.trim() === '') return;
        const index = add(workflow, thoughtTask(delta, 'loading'));
        workflow.thoughts.set(key, { index, text: delta, sentAt: now });
        told.add(key);
        return;
      }
      thought.text += delta;
      if (now - thought.sentAt < THOUGHT_INTERVAL_MS) return;
      thought.sentAt = now;
      replace(workflow, thought.index, thoughtTask(thought.text, 'loading'));
    },
    endThought(key) {
      if (open !== null) finishThought(open, key);
    },
    wholeThought(key, text) {
      const thought = open?.thoughts.get(key);
      if (open !== null && thought !== undefined) {
        if (text.trim() !== '') thought.text = text;
        finishThought(open, key);
      } else if (!told.has(key) && text.trim() !== '') {
        told.add(key);
        add(open ?? create(THINKING), thoughtTask(text, 'complete'));
      }
    },
    task(key, task) {
      const workflow = open ?? create({ type: 'custom', tasks: [], expanded: false });
      const index = workflow.keys.get(key);
      if (index === undefined) workflow.keys.set(key, add(workflow, task));
      else replace(workflow, index, task);
    },
    end({ outcome = 'complete', summary, expanded = false } = {}) {
      if (open === null) return;
      const ending = open;
      settle(ending, outcome);
      open = null;
      const { item } = ending;
      const elapsed = Math.max(0, context.now().getTime() - Date.parse(item.created_at));
      if (ending.tentative && item.workflow.tasks.length === 0 && elapsed < WORTH_MENTIONING_MS) {
        context.emit({ type: 'thread.item.removed', item_id: item.id });
        return;
      }
      const duration = { duration: Math.max(1, Math.round(elapsed / 1_000)) };
      item.workflow.summary = summary ?? item.workflow.summary ?? duration;
      item.workflow.expanded = expanded;
      context.emit({ type: 'thread.item.done', item: copy(ending) });
    },
    release() {
      if (open === null) return null;
      settle(open, 'complete');
      const released = copy(open);
      open = null;
      return released;
    },
  };
}

const THINKING: Workflow = { type: 'reasoning', tasks: [], expanded: false };

function thoughtTask(text: string, status: 'loading' | 'complete'): Task {
  return { type: 'thought', status_indicator: status, content: text.trim() };
}
