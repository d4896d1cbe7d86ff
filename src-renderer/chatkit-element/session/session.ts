/** One thread as it is open in this element: loading, paging, and the turns that run in it. */
import type {
  Action,
  StructuredSubmission,
  ThreadItem,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { ChatKitError, isAbort, toChatKitError } from '../errors.ts';
import type { Emit } from '../host/public-events.ts';
import type { ProtocolClient, StreamRequest } from '../protocol/client.ts';
import { StoppedByPerson } from '../protocol/runs.ts';
import { createStore, type ReadableStore, type Store } from '../state/store.ts';
import {
  addUnconfirmed,
  applyEvent,
  dropUnconfirmed,
  endTurn,
  prependItems,
  resync,
  startTurn,
  type Transcript,
  truncateAfter,
} from '../state/transcript.ts';
import { type Draft, type OutgoingMessage, toInput } from './drafts.ts';
import { initialSessionState, type SessionState } from './session-state.ts';
import { type ClientTool, runTurn, type TurnBeginning } from './turn.ts';

/** Items asked for at a time. */
const PAGE = 30;

/** What a session needs from around it. */
export interface SessionHost {
  client: ProtocolClient;
  emit: Emit;
  /** The page's handler for client tools, looked up when a call arrives. */
  clientTool(): ClientTool | undefined;
  /** The server has given the thread its id. */
  threadCreated(session: ThreadSession, threadId: string): void;
  /** A message could not be sent. */
  restoreDraft(threadId: string | null, draft: Draft): void;
  /** A turn has ended, well or not. */
  turnEnded(session: ThreadSession): void;
  /** A new id for something that only this page knows. */
  localId(): string;
}

export class ThreadSession {
  /** Identifies this object on the page, also before the thread has an id. */
  readonly key: string;
  readonly state: ReadableStore<SessionState>;
  readonly #store: Store<SessionState>;
  readonly #host: SessionHost;
  readonly #lifetime = new AbortController();
  #turn: AbortController | null = null;
  #turnDone: Promise<void> = Promise.resolve();

  constructor(host: SessionHost, threadId: string | null) {
    this.#host = host;
    this.key = host.localId();
    this.#store = createStore(initialSessionState(threadId));
    this.state = this.#store;
  }

  get threadId(): string | null {
    return this.#store.get().threadId;
  }

  get running(): boolean {
    return this.#store.get().turn.kind === 'running';
  }

  /** Ends everything that is under way. The session must not be used afterwards. */
  dispose() {
    this.#lifetime.abort();
    this.#turn?.abort();
  }

  /** Loads the newest part of the thread. Failures are shown, reported and thrown. */
  async load(): Promise<void> {
    const { threadId } = this;
    if (threadId === null) return;
    this.#patch({ load: { kind: 'loading' } });
    this.#host.emit('chatkit.thread.load.start', { threadId });
    try {
      await this.#refresh(threadId, PAGE);
      this.#patch({ load: { kind: 'ready' } });
      void this.#followRun(threadId);
    } catch (thrown) {
      if (isAbort(thrown)) return;
      const error = toChatKitError(thrown);
      this.#patch({ load: { kind: 'failed', error } });
      this.#host.emit('chatkit.error', { error });
      throw error;
    } finally {
      this.#host.emit('chatkit.thread.load.end', { threadId });
    }
  }

  /** Goes on with an answer that this page, or another one of the same person, was reading before. */
  async #followRun(threadId: string): Promise<void> {
    const run = await this.#host.client.findRun(threadId, this.#lifetime.signal);
    if (run === null || this.running || this.#lifetime.signal.aborted) return;
    await this.#start({ type: 'follow', run }, startTurn, null).catch(() => {});
  }

  /** Brings in changes made elsewhere, after the running turn if there is one. */
  async sync(): Promise<void> {
    await this.#turnDone;
    const { threadId } = this;
    if (threadId === null) return;
    await this.#refresh(threadId, Math.max(PAGE, this.#store.get().transcript.items.length));
  }

  /** Loads the page before the oldest item on screen. */
  async loadOlder(): Promise<void> {
    const { older, threadId } = this.#store.get();
    if (threadId === null || (older.kind !== 'more' && older.kind !== 'failed')) return;
    const { after } = older;
    this.#patch({ older: { kind: 'loading', after } });
    try {
      const page = await this.#page(threadId, PAGE, after);
      this.#store.update((state) => ({
        ...state,
        transcript: prependItems(state.transcript, page.items),
        older: page.after === null ? { kind: 'none' } : { kind: 'more', after: page.after },
      }));
    } catch (thrown) {
      if (!isAbort(thrown)) this.#patch({ older: { kind: 'failed', after } });
    }
  }

  /**
   * Sends a message. Resolves when the server has it; rejects with `busy` while a turn runs, and with the reason when
   * it could not be sent (the draft is then back in the composer).
   */
  send(message: OutgoingMessage): Promise<void> {
    const { threadId } = this;
    const input = toInput(message);
    const bubble: UserMessageItem = {
      type: 'user_message',
      id: this.#host.localId(),
      thread_id: threadId ?? '',
      created_at: new Date().toISOString(),
      content: input.content,
      attachments: [...message.draft.attachments],
      inference_options: input.inference_options,
      ...(input.quoted_text ? { quoted_text: input.quoted_text } : {}),
    };
    const request: StreamRequest =
      threadId === null
        ? { type: 'threads.create', params: { input } }
        : { type: 'threads.add_user_message', params: { thread_id: threadId, input } };
    return this.#start(request, (transcript) => addUnconfirmed(transcript, bubble), message.draft);
  }

  /** Answers a user message again; everything after it goes. */
  retry(userItemId: string): Promise<void> {
    return this.#startInThread(
      (thread_id) => ({ type: 'threads.retry_after_item', params: { thread_id, item_id: userItemId } }),
      (transcript) => startTurn(truncateAfter(transcript, userItemId)),
    );
  }

  /** Sends an action of the page, or of a widget, to the server. */
  customAction(action: Action, itemId: string | undefined): Promise<void> {
    const sender = itemId === undefined ? {} : { item_id: itemId };
    return this.#startInThread((thread_id) => ({
      type: 'threads.custom_action',
      params: { thread_id, action, ...sender },
    }));
  }

  /** The same outside of the conversation: answered at once, also while a response runs (protocol §2.6). */
  async syncAction(action: Action, itemId: string | undefined): Promise<void> {
    const { threadId } = this;
    if (threadId === null) throw noThread();
    const item = await this.#host.client.syncAction(threadId, action, itemId, this.#lifetime.signal);
    if (item === null) return;
    this.#store.update((state) => ({
      ...state,
      transcript: applyEvent(state.transcript, { type: 'thread.item.replaced', item }),
    }));
  }

  /** Answers the questions of a `structured_input` item, or skips them all (protocol §2.4). */
  answerQuestions(itemId: string, input: StructuredSubmission): Promise<void> {
    return this.#startInThread((thread_id) => ({
      type: 'threads.add_structured_input',
      params: { thread_id, item_id: itemId, input },
    }));
  }

  /** Resolves when no turn is running any more. */
  get settled(): Promise<void> {
    return this.#turnDone;
  }

  /** Stops the running turn; what has arrived stays. */
  stop() {
    this.#turn?.abort(new StoppedByPerson());
  }

  /** Thumbs up or down for a whole turn. */
  async feedback(turnKey: string, itemIds: string[], kind: 'positive' | 'negative'): Promise<void> {
    const { threadId } = this;
    if (threadId === null) return;
    const before = this.#store.get().feedback;
    this.#patch({ feedback: { ...before, [turnKey]: kind } });
    try {
      await this.#host.client.sendFeedback(threadId, itemIds, kind);
    } catch (thrown) {
      this.#patch({ feedback: before });
      throw toChatKitError(thrown);
    }
  }

  dismissNotice(key: string) {
    this.#store.update((state) => {
      const notices = state.transcript.notices.filter((notice) => notice.key !== key);
      return { ...state, transcript: { ...state.transcript, notices } };
    });
  }

  /** Takes over metadata that changed elsewhere on the page (renamed in the history). */
  setTitle(title: string) {
    this.#store.update((state) => {
      const { thread } = state.transcript;
      if (thread === null) return state;
      return { ...state, transcript: { ...state.transcript, thread: { ...thread, title } } };
    });
  }

  #patch(change: Partial<SessionState>) {
    this.#store.update((state) => ({ ...state, ...change }));
  }

  /** Starts a turn that only a thread can have. */
  #startInThread(
    request: (threadId: string) => StreamRequest,
    prepare: (transcript: Transcript) => Transcript = startTurn,
  ): Promise<void> {
    const { threadId } = this;
    return threadId === null ? Promise.reject(noThread()) : this.#start(request(threadId), prepare, null);
  }

  #start(
    request: TurnBeginning,
    prepare: (transcript: Transcript) => Transcript,
    draft: Draft | null,
  ): Promise<void> {
    if (this.running) {
      return Promise.reject(new ChatKitError('busy', 'A response is still running in this thread.'));
    }
    const stop = new AbortController();
    this.#turn = stop;
    this.#store.update((state) => ({
      ...state,
      transcript: prepare(state.transcript),
      turn: { kind: 'running', stage: 'waiting' },
      failure: null,
      outcome: 'none',
      turnsStarted: state.turnsStarted + 1,
    }));
    const { accepted, done } = runTurn({
      host: this.#host,
      store: this.#store,
      request,
      stop: stop.signal,
      created: (threadId) => {
        if (this.threadId === threadId) return;
        this.#patch({ threadId });
        this.#host.threadCreated(this, threadId);
      },
    });
    this.#turnDone = done.then((end) => this.#finish(end, draft, stop.signal.aborted));
    // The turn reports its own failures; the promise of the caller is settled by `accepted`.
    return accepted;
  }

  async #finish(failure: ChatKitError | null, draft: Draft | null, stopped: boolean): Promise<void> {
    this.#turn = null;
    const { host, store } = { host: this.#host, store: this.#store };
    const { threadId } = store.get();
    const broken = failure !== null && (failure.code === 'interrupted' || failure.code === 'network');
    if (broken && threadId !== null && !this.#lifetime.signal.aborted) {
      await this.#refresh(threadId, PAGE).catch(() => {});
    }
    const unsent = store.get().transcript.unconfirmed !== null;
    store.update((state) => {
      const transcript = endTurn(dropUnconfirmed(state.transcript));
      const lastUser = transcript.items.findLast((item) => item.type === 'user_message');
      const mayRetry = failure?.code !== 'stream' || transcript.error?.allowRetry === true;
      return {
        ...state,
        transcript,
        turn: { kind: 'idle' },
        outcome: failure !== null ? 'none' : stopped ? 'stopped' : 'finished',
        failure:
          failure === null
            ? null
            : {
                error: failure,
                kept: unsent ? 'draft' : 'answer',
                retryAfter: mayRetry && !unsent && lastUser !== undefined ? lastUser.id : null,
              },
      };
    });
    if (unsent && draft !== null) host.restoreDraft(threadId, draft);
    if (failure !== null) host.emit('chatkit.error', { error: failure });
    host.emit('chatkit.response.end');
    host.turnEnded(this);
  }

  /** Reads metadata and the newest items. Short threads come with the first answer. */
  async #refresh(threadId: string, limit: number): Promise<void> {
    const { thread, items } = await this.#host.client.getThread(threadId, this.#lifetime.signal);
    const page = items.has_more
      ? await this.#page(threadId, limit, undefined)
      : { items: items.data, after: null };
    this.#store.update((state) => ({
      ...state,
      transcript: resync(state.transcript, thread, page.items),
      older: page.after === null ? { kind: 'none' } : { kind: 'more', after: page.after },
    }));
  }

  /** One page going back in time, oldest first. Pages may be short or empty and still have more (protocol §4.1). */
  async #page(threadId: string, limit: number, start: string | undefined) {
    const items: ThreadItem[] = [];
    let after = start;
    for (;;) {
      const params = { limit, order: 'desc' as const, ...(after === undefined ? {} : { after }) };
      const page = await this.#host.client.listItems(threadId, params, this.#lifetime.signal);
      items.unshift(...page.data.toReversed());
      const next = page.has_more ? (page.after ?? undefined) : undefined;
      if (next === undefined || next === after) return { items, after: null };
      if (items.length > 0) return { items, after: next };
      after = next;
    }
  }
}

function noThread(): ChatKitError {
  return new ChatKitError('not_found', 'There is no thread yet.');
}
