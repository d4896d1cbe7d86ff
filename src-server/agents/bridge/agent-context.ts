/** What an agent and its tools have of the conversation they work in (protocol §8.1). */
import type { z } from 'zod';
import {
  isHiddenItem,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  taskSchema,
  type WidgetRoot,
  type WorkflowItem,
  type WorkflowSummary,
  workflowItemSchema,
  workflowSchema,
} from '../../../src-shared/chatkit/index.ts';
import type { Store } from '../../chatkit/store.ts';
import { streamWidget } from '../../chatkit/widgets/index.ts';
import { type WorkflowWriter, workflowWriter } from '../stream/workflow-writer.ts';
import type { RunEvent } from './run-events.ts';

/** A task as a tool writes it: what the protocol has a default for may be left out. */
export type TaskInput = z.input<typeof taskSchema>;
/** A workflow as a tool writes it. */
export type WorkflowInput = z.input<typeof workflowSchema>;

/** A tool that runs in the browser: the turn ends with its call, and goes on with its result. */
export interface ClientToolCall {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
  /** The model's id of the call that asks for it; needed only where the model may call the same tool twice at once. */
  readonly callId?: string | undefined;
}

/** An event of an agent that works as a tool of another, as the SDK's `onStream` gives it. */
export interface NestedEvent {
  readonly event: RunEvent;
  readonly toolCall?: { readonly callId?: string | undefined } | undefined;
}

/** Who reads what is sent through a context, while its run goes on. */
export interface ContextReader {
  emit(event: ThreadStreamEvent): void;
  nested(event: NestedEvent): void;
}

export interface AgentContextOptions<Context> {
  readonly thread: ThreadMetadata;
  readonly store: Store<Context>;
  readonly requestContext: Context;
  /** The provider's id of its last answer, for hosts that let the provider keep the conversation. */
  readonly previousResponseId?: string | null;
  /** An open workflow to go on with. */
  readonly workflowItem?: WorkflowItem | null;
  readonly now?: () => Date;
}

/**
 * Made for one turn. Tools show things through it: events go to the person as they are written, or wait until
 * `streamAgentResponse` reads them.
 */
export class AgentContext<Context> {
  readonly thread: ThreadMetadata;
  readonly store: Store<Context>;
  readonly requestContext: Context;
  previousResponseId: string | null;
  /** Set by {@link callClientTool}; the last call of a turn counts. */
  clientToolCall: ClientToolCall | null = null;
  /** The workflow that tools and thoughts are shown in. */
  readonly workflow: WorkflowWriter;
  readonly now: () => Date;
  #waiting: ThreadStreamEvent[] = [];
  #reader: ContextReader | null = null;

  constructor(options: AgentContextOptions<Context>) {
    const { thread, store, requestContext, previousResponseId = null, workflowItem = null } = options;
    this.thread = thread;
    this.store = store;
    this.requestContext = requestContext;
    this.previousResponseId = previousResponseId;
    this.now = options.now ?? (() => new Date());
    this.workflow = workflowWriter({
      threadId: thread.id,
      newId: (kind) => this.newId(kind),
      now: this.now,
      emit: (event) => this.emit(event),
    });
    this.workflowItem = workflowItem;
  }

  /** A copy of the open workflow, or null. Set: goes on with another, from a store. */
  get workflowItem(): WorkflowItem | null {
    return this.workflow.item;
  }

  set workflowItem(item: WorkflowItem | null) {
    if (item === null) this.workflow.release();
    else this.workflow.resume(workflowItemSchema.parse(item));
  }

  /** An id of the store, for an item of this thread. */
  newId(kind: Parameters<Store<Context>['generateItemId']>[0]): string {
    return this.store.generateItemId(kind, this.thread, this.requestContext);
  }

  /** Sends any event. A visible item ends the open workflow; a workflow that is added becomes the open one. */
  stream(event: ThreadStreamEvent): void {
    if (event.type === 'thread.item.added' || event.type === 'thread.item.done') {
      const { item } = event;
      const open = this.workflow.item;
      if (open !== null && item.id !== open.id && endsWorkflow(item)) this.workflow.end();
      if (item.type === 'workflow') {
        if (event.type === 'thread.item.added') this.workflow.resume(item);
        else if (item.id === open?.id) this.workflow.release();
      }
    }
    this.emit(event);
  }

  /**
   * Shows a widget: a finished one at once, a growing one state by state.
   *
   * @param copyText what is copied when a person copies the widget
   * @throws what the states throw, after the widget is done with the last of them
   */
  async streamWidget(widget: WidgetRoot | AsyncIterable<WidgetRoot>, copyText?: string): Promise<void> {
    const options = { id: this.newId('message'), now: this.now, copyText: copyText ?? null };
    for await (const event of streamWidget(this.thread, widget, options)) this.stream(event);
  }

  /**
   * Begins a workflow. One of reasoning, or with tasks, is shown at once, another with its first task. A workflow that
   * is open is ended first.
   *
   * @throws {z.ZodError} when it is no workflow of the protocol
   */
  startWorkflow(workflow: WorkflowInput): void {
    const parsed = workflowSchema.parse(workflow);
    this.workflow.end();
    this.workflow.start(parsed);
  }

  /**
   * Adds a task to the open workflow, or begins one with it.
   *
   * @returns the task's index, for {@link updateWorkflowTask}
   * @throws {z.ZodError} when it is no task of the protocol
   */
  addWorkflowTask(task: TaskInput): number {
    return this.workflow.addTask(taskSchema.parse(task));
  }

  /** @throws {RangeError} when there is no such task @throws {z.ZodError} when it is no task of the protocol */
  updateWorkflowTask(task: TaskInput, index: number): void {
    this.workflow.updateTask(index, taskSchema.parse(task));
  }

  /** Ends the open workflow, if there is one. Without a summary it keeps its own, or tells how long it took. */
  endWorkflow(summary?: WorkflowSummary, expanded = false): void {
    this.workflow.end({ summary, expanded });
  }

  /**
   * Asks for a tool of the browser. The call is sent once, when the run is over: the agent has to be told to stop at
   * this tool.
   */
  callClientTool(name: string, args: Record<string, unknown>, callId?: string): void {
    this.clientToolCall = { name, arguments: args, callId };
  }

  /** Sends an event as it is, or keeps it until somebody reads. */
  emit(event: ThreadStreamEvent): void {
    if (this.#reader === null) this.#waiting.push(event);
    else this.#reader.emit(event);
  }

  /**
   * For `agent.asTool({ onStream: context.nested })`: the tools of an agent inside a tool are shown like those of the
   * outer one, in the same workflow. Its text is not shown; it is the tool's result.
   */
  readonly nested = (event: NestedEvent): void => {
    this.#reader?.nested(event);
  };

  /**
   * From now on events go to `reader`, first those that wait.
   *
   * @returns ends this; later events wait again
   */
  attach(reader: ContextReader): () => void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#reader = reader;
    for (const event of waiting) reader.emit(event);
    return () => {
      if (this.#reader === reader) this.#reader = null;
    };
  }
}

function endsWorkflow(item: ThreadItem): boolean {
  return item.type !== 'client_tool_call' && !isHiddenItem(item);
}
