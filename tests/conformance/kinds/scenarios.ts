/** `transport` and `flow`: scenarios that are told in words; each is played in full and compared with what is stated. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { RunEvent } from '../../../src-server/agents/index.ts';
import { keepCancelledTurn } from '../../../src-server/chatkit/cancellation.ts';
import type { Store, ThreadStreamEvent } from '../../../src-server/chatkit-server.ts';
import {
  AgentContext,
  type ChatKitHandlers,
  ChatKitServer,
  chatKitEndpoint,
  memoryStore,
  ResponseStreamConverter,
  streamAgentResponse,
  streamText,
} from '../../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../../src-server/context.ts';
import type { CaseOf } from '../cases.ts';
import { Bindings, differences } from '../match.ts';
import type { Outcome } from '../run.ts';
import { PERSON } from '../stores.ts';

const MESSAGE = { content: [{ type: 'input_text', text: 'Hello' }], attachments: [], inference_options: {} };

/** A client that goes away, at the pace and with the sizes that the scenario names. */
export async function runTransport({ scenario, expect }: CaseOf<'transport'>): Promise<Outcome> {
  const size = /(\d+) kB deltas/.exec(scenario.responder);
  const pause = /every (\d+) ms/.exec(scenario.responder);
  const rate = /(\d+) kB\/s/.exec(scenario.client);
  const delta = 'x'.repeat(size === null ? 8 : Number(size[1]) * 1_000);
  const store = memoryStore<RequestContext>();
  let cancelled = false;
  const over = Promise.withResolvers<void>();
  const handlers: ChatKitHandlers<RequestContext> = {
    async *respond(thread, _message, _context, signal) {
      const deltas = (async function* () {
        while (!signal.aborted) {
          if (pause !== null) await sleep(Number(pause[1]));
          yield delta;
        }
      })();
      yield* streamText(thread, deltas);
    },
    async handleStreamCancelled(thread, pending, context) {
      cancelled = true;
      await keepCancelledTurn({ store, thread, pending, context, now: () => new Date() });
      over.resolve();
    },
  };
  const host = await listen(store, handlers);
  try {
    await readThenLeave(host.url, rate === null ? null : Number(rate[1]) * 1_000);
    await Promise.race([over.promise, sleep(5_000)]);
    const actual = { handle_stream_cancelled_called: cancelled, stored_item_types: await itemTypes(store) };
    return { found: differences(expect, actual, new Bindings()), rules: [] };
  } finally {
    await host.close();
  }
}

/** Reads for a second, at most so many bytes in it, and closes the socket. */
function readThenLeave(url: string, bytesPerSecond: number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method: 'POST', headers: { 'Content-Type': 'application/json' } },
      (response) => {
        response.on('error', () => undefined);
        if (bytesPerSecond === null) response.resume();
        else response.once('readable', () => void response.read(bytesPerSecond));
        setTimeout(() => {
          request.destroy();
          resolve();
        }, 1_000);
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify({ type: 'threads.create', params: { input: MESSAGE } }));
  });
}

/** Scenarios of several requests, by what they do. */
export async function runFlow(test: CaseOf<'flow'>): Promise<Outcome> {
  const text = JSON.stringify(test.flow);
  if (text.includes('threads.add_client_tool_output') && text.includes('reasoning'))
    return resumeWorkflow(test);
  if (text.includes('uploadUrl') || text.includes('attachments.create')) {
    const { runUpload } = await import('./uploads.ts');
    return runUpload(text.includes('attachments.create') ? 'two_phase' : 'direct');
  }
  return {
    found: [{ path: 'flow', expected: 'a flow that the runner knows', actual: test.flow }],
    rules: [],
  };
}

/** A run that stops at a client tool leaves its workflow open; the next request goes on with the same one. */
async function resumeWorkflow(test: CaseOf<'flow'>): Promise<Outcome> {
  const store = memoryStore<RequestContext>();
  const raw = (event: Record<string, unknown>): RunEvent => ({
    type: 'raw_model_stream_event',
    data: { type: 'model', event },
  });
  const thought = (id: string, summary: string) => [
    raw({ type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id } }),
    raw({ type: 'response.reasoning_summary_text.done', item_id: id, summary_index: 0, text: summary }),
  ];
  const reply = { type: 'message', id: 'm_1', role: 'assistant' };
  const content = [{ type: 'output_text', text: 'Done.', annotations: [] }];
  const turns: readonly RunEvent[][] = [
    thought('r_1', 'one'),
    [
      ...thought('r_2', 'two'),
      raw({ type: 'response.output_item.added', output_index: 0, item: { ...reply, content: [] } }),
      raw({ type: 'response.output_item.done', output_index: 0, item: { ...reply, content } }),
    ],
  ];
  let turn = 0;
  const handlers: ChatKitHandlers<RequestContext> = {
    respond(thread) {
      const context = new AgentContext<RequestContext>({ thread, store, requestContext: PERSON });
      const events = turns[turn] ?? [];
      if (turn === 0) context.callClientTool('pick', {});
      turn += 1;
      const run = (async function* () {
        yield* events;
      })();
      return streamAgentResponse(context, run, new ResponseStreamConverter({ itemIds: 'provider' }));
    },
  };
  const server = new ChatKitServer<RequestContext>({ store, handlers, coalesceMs: 0 });
  const play = async (type: string, params: unknown): Promise<ThreadStreamEvent[]> => {
    const answer = await server.process({ type, params }, PERSON, new AbortController().signal);
    if (answer.kind !== 'stream') throw new Error('no stream');
    const events: ThreadStreamEvent[] = [];
    for await (const frame of answer.frames)
      events.push(JSON.parse(frame.slice('data: '.length)) as ThreadStreamEvent);
    return events;
  };
  const [created] = await play('threads.create', { input: MESSAGE });
  const thread_id = created?.type === 'thread.created' ? created.thread.id : '';
  const [open] = (
    await store.loadThreadItems(thread_id, { limit: 2, after: null, order: 'desc' }, PERSON)
  ).data.filter((item) => item.type === 'workflow');
  const resumed = await play('threads.add_client_tool_output', { thread_id, result: {} });
  const actual = resumed.map((event) => {
    if (event.type === 'thread.item.updated') return `${event.type}(${event.update.type})`;
    if (event.type !== 'thread.item.added' && event.type !== 'thread.item.done') return event.type;
    const same = event.item.type === 'workflow' && event.item.id === open?.id ? ', same id' : '';
    return `${event.type}(${event.item.type}${same})`;
  });
  return { found: differences(test.expect, actual, new Bindings()), rules: [] };
}

async function itemTypes(store: Store<RequestContext>): Promise<string[]> {
  const threads = await store.loadThreads({ limit: 1, after: null, order: 'asc' }, PERSON);
  const items = await store.loadThreadItems(
    threads.data[0]?.id ?? '',
    { limit: 50, after: null, order: 'asc' },
    PERSON,
  );
  return items.data.map((item) => item.type);
}

async function listen(store: Store<RequestContext>, handlers: ChatKitHandlers<RequestContext>) {
  const server = new ChatKitServer<RequestContext>({ store, handlers });
  const app = express();
  app.use('/chatkit', chatKitEndpoint<RequestContext>({ server, contextOf: () => PERSON }));
  const listener = http.createServer(app);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/chatkit`,
    close: async () => {
      const closed = new Promise((resolve) => listener.close(resolve));
      listener.closeAllConnections();
      await closed;
    },
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
