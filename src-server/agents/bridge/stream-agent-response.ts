/** Answers with a run of the Agents SDK (protocol §8.1). */
import type { ThreadItem, ThreadStreamEvent, WorkflowItem } from '../../../src-shared/chatkit/index.ts';
import { interruptedCalls } from '../approvals/paused-run.ts';
import { askForApproval } from '../approvals/tool-approvals.ts';
import { loadSdk } from '../sdk.ts';
import { eventQueue } from '../stream/queue.ts';
import type { AgentContext } from './agent-context.ts';
import { ResponseStreamConverter } from './converter.ts';
import { type RunBridge, runBridge } from './run-bridge.ts';
import { type EventSource, eventSource, type Run } from './run-events.ts';

/** A server that never ends must not fill the memory. */
const MAX_CHARACTERS = 2_000_000;

/**
 * Yields what a run shows, for `respond`: what the model says and what tools send through the context, in the order it
 * happens. The run is read at once, whatever the pace of the reader: a failure makes the SDK drop what was not read
 * (agents.md §1.3-2). Ends the run when the reader stops. A run that stops at tools that need permission ends with a
 * widget that asks for it; `ToolApprovals` reads the answer.
 *
 * @throws what the run threw, after everything it had shown; a tripwire of a guardrail after taking all of it away
 */
export async function* streamAgentResponse<Context>(
  context: AgentContext<Context>,
  run: Run,
  converter: ResponseStreamConverter = new ResponseStreamConverter(),
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  if (context.workflowItem === null) context.workflowItem = await openWorkflow(context);
  const queue = eventQueue({ join: converter.detail === 'full' });
  const bridge = runBridge({
    context,
    converter,
    emit: queue.push,
    whenRead: queue.pushWork,
    maxCharacters: MAX_CHARACTERS,
  });
  const events = eventSource(run);
  const finish = async () => {
    const calls = interruptedCalls(run);
    if (calls.length === 0) return bridge.finish();
    await bridge.interrupt();
    for (const event of askForApproval(context, run, calls, converter.locale)) queue.push(event);
  };
  pump(events, bridge, finish).then(
    () => queue.end(),
    (error: unknown) => queue.end(error),
  );
  try {
    yield* queue.read();
  } finally {
    queue.discard();
    bridge.close();
    events.cancel();
  }
}

async function pump(events: EventSource, bridge: RunBridge, finish: () => Promise<void>): Promise<void> {
  try {
    for (let event = await events.next(); event !== null; event = await events.next()) bridge.read(event);
    await finish();
  } catch (error) {
    events.cancel();
    await ((await isTripwire(error)) ? bridge.retract() : bridge.interrupt());
    throw error;
  }
}

/** Whether a guardrail stopped the run: nothing of it may stay. */
export async function isTripwire(error: unknown): Promise<boolean> {
  const { core } = await loadSdk();
  return (
    error instanceof core.InputGuardrailTripwireTriggered ||
    error instanceof core.OutputGuardrailTripwireTriggered
  );
}

/** The workflow that the turn before left open: the newest item, or right before a client tool call (protocol §8.1). */
async function openWorkflow<Context>(context: AgentContext<Context>): Promise<WorkflowItem | null> {
  const { store, thread, requestContext } = context;
  const page = { limit: 2, after: null, order: 'desc' } as const;
  const { data } = await store.loadThreadItems(thread.id, page, requestContext);
  return workflowToResume(data);
}

/** @param newest the newest items of a thread, newest first */
export function workflowToResume(newest: readonly ThreadItem[]): WorkflowItem | null {
  const [last, before] = newest;
  const found = last?.type === 'client_tool_call' ? before : last;
  return found?.type === 'workflow' ? found : null;
}
