/** One turn: the request, its stream, and the client tools that the assistant asks for on the way. */
import type { ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { ChatKitError, isAbort, toChatKitError } from '../errors.ts';
import type { Emit } from '../host/public-events.ts';
import type { ProtocolClient, StreamRequest } from '../protocol/client.ts';
import type { Store } from '../state/store.ts';
import { applyEvent, startTurn } from '../state/transcript.ts';
import type { SessionState } from './session-state.ts';

/** The page's own handler for tools that run in the client. */
export type ClientTool = (call: { name: string; params: Record<string, unknown> }) => unknown;

/** An assistant that asks for client tools without end is stopped after this many rounds. */
const MAX_TOOL_ROUNDS = 50;

/** What a turn begins with: a request, or a run that is under way already. */
export type TurnBeginning = StreamRequest | { readonly type: 'follow'; readonly run: string };

export interface TurnSetup {
  host: { client: ProtocolClient; emit: Emit; clientTool(): ClientTool | undefined };
  store: Store<SessionState>;
  request: TurnBeginning;
  stop: AbortSignal;
  created(threadId: string): void;
}

export interface RunningTurn {
  /** Settles when the server has taken the message, or could not. Safe to ignore. */
  accepted: Promise<void>;
  /** Never rejects: the failure, or null when the turn ended well or was stopped. */
  done: Promise<ChatKitError | null>;
}

export function runTurn(setup: TurnSetup): RunningTurn {
  const { host, store, stop } = setup;
  let accept = () => {};
  let refuse = (_reason: ChatKitError) => {};
  const accepted = new Promise<void>((resolve, reject) => {
    accept = resolve;
    refuse = reject;
  });
  accepted.catch(() => {});
  const calls = new Set<string>();

  function apply(event: ThreadStreamEvent) {
    store.updateSoon((state) => {
      const transcript = applyEvent(state.transcript, event);
      const answering = transcript.open.size > 0 || event.type === 'thread.item.done';
      const came = answering && transcript.unconfirmed === null && !isOwnMessage(event);
      const found = state.turn.kind === 'running' && state.turn.stage === 'lost';
      const stage = came ? 'answering' : found ? 'waiting' : undefined;
      return {
        ...state,
        transcript,
        turn: stage !== undefined && state.turn.kind === 'running' ? { kind: 'running', stage } : state.turn,
      };
    });
    if (event.type === 'thread.created') setup.created(event.thread.id);
    if (event.type === 'client_effect') host.emit('chatkit.effect', { name: event.name, data: event.data });
    if (event.type === 'thread.item.done' && event.item.type === 'client_tool_call') calls.add(event.item.id);
    if (store.get().transcript.unconfirmed === null) accept();
  }

  function lost() {
    store.update((state) =>
      state.turn.kind === 'running' ? { ...state, turn: { kind: 'running', stage: 'lost' } } : state,
    );
  }

  async function consume(request: TurnBeginning) {
    const { client } = host;
    const events =
      request.type === 'follow'
        ? client.followRun(request.run, stop, lost)
        : client.stream(request, stop, lost);
    for await (const event of events) {
      if (stop.aborted) return;
      apply(event);
    }
  }

  /** Runs the tool call that the stream ended on, if any, and gives back the request that resumes the turn. */
  async function resume(): Promise<StreamRequest | null> {
    const { transcript, threadId } = store.get();
    const call = transcript.items.findLast((item) => item.type === 'client_tool_call' && calls.has(item.id));
    if (call?.type !== 'client_tool_call' || call.status !== 'pending' || threadId === null) return null;
    calls.clear();
    store.update((state) => ({ ...state, turn: { kind: 'running', stage: 'tool' } }));
    const result = await raceAbort(callTool(host.clientTool(), call.name, call.arguments), stop);
    const done = { ...call, status: 'completed' as const, output: result };
    store.update((state) => {
      const fresh = startTurn(state.transcript);
      const index = fresh.items.findIndex((item) => item.id === call.id);
      return {
        ...state,
        transcript: index < 0 ? fresh : { ...fresh, items: fresh.items.with(index, done) },
        turn: { kind: 'running', stage: 'waiting' },
      };
    });
    return { type: 'threads.add_client_tool_output', params: { thread_id: threadId, result } };
  }

  async function run(): Promise<ChatKitError | null> {
    host.emit('chatkit.response.start');
    try {
      let request: TurnBeginning | null = setup.request;
      for (let round = 0; request !== null; round += 1) {
        if (round > MAX_TOOL_ROUNDS) throw new ChatKitError('stream', 'The assistant called too many tools.');
        await consume(request);
        const { error, unconfirmed } = store.get().transcript;
        if (error !== null) throw streamError(error.code, error.message);
        if (unconfirmed !== null && !stop.aborted) {
          throw new ChatKitError('interrupted', 'The response ended before the message was confirmed.');
        }
        request = stop.aborted ? null : await resume();
      }
      accept();
      return null;
    } catch (thrown) {
      if (stop.aborted || isAbort(thrown)) {
        refuse(new ChatKitError('interrupted', 'The message was stopped before it was sent.'));
        return null;
      }
      const error = toChatKitError(thrown);
      refuse(error);
      return error;
    }
  }

  return { accepted, done: run() };
}

function isOwnMessage(event: ThreadStreamEvent): boolean {
  return event.type === 'thread.item.done' && event.item.type === 'user_message';
}

function streamError(serverCode: string, message: string | null): ChatKitError {
  return new ChatKitError('stream', message ?? 'The server reported an error.', {
    serverCode,
    forPeople: message !== null,
  });
}

/** A tool that throws, or that nobody handles, answers with its error: the assistant can say so. */
async function callTool(tool: ClientTool | undefined, name: string, params: Record<string, unknown>) {
  if (tool === undefined) return { error: `This page has no client tool named "${name}".` };
  try {
    return (await tool({ name, params })) ?? {};
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('stopped', 'AbortError'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
