/** `agent_bridge`: recorded events of a model run, through the bridge, to ChatKit events. */
import { z } from 'zod';
import type { RunEvent } from '../../../src-server/agents/index.ts';
import { loadSdk } from '../../../src-server/agents/sdk.ts';
import { toWire } from '../../../src-server/chatkit/wire.ts';
import {
  AgentContext,
  memoryStore,
  ResponseStreamConverter,
  streamAgentResponse,
  type ThreadMetadata,
} from '../../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../../src-server/context.ts';
import {
  taskSchema,
  threadItemSchema,
  threadStreamEventSchema,
  workflowSchema,
  workflowSummarySchema,
} from '../../../src-shared/chatkit/index.ts';
import type { CaseOf } from '../cases.ts';
import { Bindings, differences } from '../match.ts';
import { recordedStore } from '../recorded-store.ts';
import type { Outcome } from '../run.ts';
import { PERSON } from '../stores.ts';

const THREAD: ThreadMetadata = {
  id: 't1',
  created_at: '2001-01-01T00:00:00',
  status: { type: 'active' },
  metadata: {},
};

/** What a tool does through its context while the run goes on. */
const toolStepSchema = z.union([
  z.tuple([z.literal('stream'), z.unknown()]),
  z.tuple([z.literal('start_workflow'), workflowSchema]),
  z.tuple([z.literal('add_workflow_task'), taskSchema]),
  z.tuple([z.literal('update_workflow_task'), z.object({ index: z.int(), task: taskSchema })]),
  z.tuple([
    z.literal('end_workflow'),
    z
      .object({ summary: workflowSummarySchema.nullish(), expanded: z.boolean().default(false) })
      .default({ expanded: false }),
  ]),
]);

export async function runAgentBridge(test: CaseOf<'agent_bridge'>): Promise<Outcome> {
  const store = recordedStore(memoryStore<RequestContext>());
  await store.saveThread(THREAD, PERSON);
  for (const item of test.seed_items)
    await store.addThreadItem(THREAD.id, threadItemSchema.parse(item), PERSON);
  store.takeWrites();
  const context = new AgentContext<RequestContext>({ thread: THREAD, store, requestContext: PERSON });
  const { workflow, client_tool_call: call } = test.context;
  if (workflow !== undefined) {
    const { created_at } = THREAD;
    context.workflowItem = { type: 'workflow', id: 'wf_given', thread_id: THREAD.id, created_at, workflow };
  }
  if (call !== undefined) context.callClientTool(call.name, call.arguments);
  const partialImages = test.partial_images ?? test.converter.partial_images ?? test.context.partial_images;
  const converter = new ResponseStreamConverter({
    itemIds: 'provider',
    ...(partialImages === undefined ? {} : { partialImages }),
  });
  const events: unknown[] = [];
  let raised: unknown = null;
  try {
    for await (const event of streamAgentResponse(context, replay(test, context), converter)) {
      events.push(toWire(structuredClone(event)));
    }
  } catch (error) {
    raised = error;
  }
  const bindings = new Bindings();
  const found = [
    ...differences(test.expect.events, events, bindings, 'events'),
    ...differences(test.expect.store_writes, store.takeWrites(), bindings, 'store_writes'),
  ];
  const shouldRaise = test.expect.raises !== undefined;
  if (shouldRaise !== (raised !== null)) {
    found.push({
      path: 'raises',
      expected: test.expect.raises ?? 'nothing',
      actual: raised === null ? 'nothing' : String(raised),
    });
  }
  return { found, rules: [] };
}

async function* replay(
  test: CaseOf<'agent_bridge'>,
  context: AgentContext<RequestContext>,
): AsyncGenerator<RunEvent> {
  for (const event of test.run_events) {
    if ('$context' in event) {
      doInTool(context, event.$context);
      // Lets the bridge pass it on while the run is silent.
      await new Promise((resolve) => setImmediate(resolve));
    } else if ('$tool_called' in event) {
      yield { type: 'run_item_stream_event', name: 'tool_called', item: { rawItem: event.$tool_called } };
    } else {
      if (event.type === 'response.output_text.delta') {
        // The SDK gives each piece of text in its own form first.
        yield {
          type: 'raw_model_stream_event',
          data: { type: 'output_text_delta', delta: String(event.delta) },
        };
      }
      yield { type: 'raw_model_stream_event', data: { type: 'model', event } };
    }
  }
  if (test.run_raises !== undefined) throw await toTripwire(test.run_raises);
}

function doInTool(context: AgentContext<RequestContext>, step: unknown): void {
  const [name, value] = toolStepSchema.parse(fillNow(step));
  switch (name) {
    case 'stream':
      context.stream(threadStreamEventSchema.parse(value));
      break;
    case 'start_workflow':
      context.startWorkflow(value);
      break;
    case 'add_workflow_task':
      context.addWorkflowTask(value);
      break;
    case 'update_workflow_task':
      context.updateWorkflowTask(value.task, value.index);
      break;
    case 'end_workflow':
      context.endWorkflow(value.summary ?? undefined, value.expanded);
      break;
    default:
      name satisfies never;
  }
}

function fillNow(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('{{now}}', new Date().toISOString()));
}

/** The error that the SDK throws for what a recording calls by its name. */
async function toTripwire(what: string): Promise<Error> {
  const { core } = await loadSdk();
  const Tripwire = what.includes('output')
    ? core.OutputGuardrailTripwireTriggered
    : core.InputGuardrailTripwireTriggered;
  if (!what.includes('guardrail')) return new Error(what);
  return Object.assign(Object.create(Tripwire.prototype) as Error, { message: what });
}
