/** One thread as it is open in this element: loading, paging, and the turns that run in it. */
import type {
  Action,
  StructuredSubmission,
  UserMessageInput,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { ChatKitError, isAbort, toChatKitError } from '../errors.ts';
import type { Emit } from '../host/public-events.ts';
import type { ProtocolClient, StreamRequest } from '../protocol/client.ts';
import { StoppedByPerson } from '../protocol/runs.ts';
import { APART_MS } from '../state/frame.ts';
import { createStore, type ReadableStore, type Store } from '../state/store.ts';
import {
  addUnconfirmed,
  applyEvent,
  replaceUnconfirmed,
  startTurn,
  type Transcript,
  truncateAfter,
} from '../state/transcript.ts';
import { bubbleOf, type OutgoingMessage, toInput } from './drafts.ts';
import {
  initialSessionState,
  type SessionState,
  withCursorAtFirst,
  withoutNotice,
  withTitle,
} from './session-state.ts';
import { createThreadReader, type ThreadReader } from './thread-reader.ts';
import { type ClientTool, runTurn, type TurnBeginning } from './turn.ts';
import { ended, resync } from './turn-end.ts';

/** What a session needs from around it. */
export interface SessionHost {
  client: ProtocolClient;
  emit: Emit;
  /** The page's handler for client tools, looked up when a call arrives. */
  clientTool(): ClientTool | undefined;
  /** The server has given the thread its id. */
  threadCreated(session: ThreadSession, threadId: string): void;
  /** A message could not be sent; `turnEnded` follows. */
  unsent(session: ThreadSession, message: OutgoingMessage): void;
  /** A turn has ended, well or not. */
  turnEnded(session: ThreadSession): void;
  /** A new id for something that only this page knows. */
  localId(): string;
}

export class ThreadSession {
  /** Identifies this object on the page, also before the thread has an id. */
  readonly key: string;
  readonly state: ReadableStore<SessionState>;
  /** Text that streams in is told at this distance, in milliseconds: less often where nobody sees it. */
  apart = APART_MS;
  readonly #store: Store<SessionState>;
  readonly #host: SessionHost;
  readonly #reader: ThreadReader;
  readonly #lifetime = new AbortController();
  #turn: AbortController | null = null;
  #turnDone: Promise<void> = Promise.resolve();

  constructor(host: SessionHost, threadId: string | null) {
    this.#host = host;
    this.key = host.localId();
    this.#store = createStore(initialSessionState(threadId), () => this.apart);
    this.state = this.#store;
    this.#reader = createThreadReader({
      client: host.client,
      store: this.#store,
      signal: this.#lifetime.signal,
    });
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

  /**
   * Loads the newest part of the thread, `atLeast` so many items, and back to the item that is `sought`. Failures are
   * shown, reported and thrown.
   */
  async load(atLeast = 0, sought: string | null = null): Promise<void> {
    const { threadId } = this;
    if (threadId === null) return;
    this.#patch({ load: { kind: 'loading' } });
    this.#host.emit('chatkit.thread.load.start', { threadId });
    try {
      await this.#reader.refresh(threadId, { atLeast });
      if (sought !== null) await this.seek(sought);
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

  /**
   * Brings in changes made elsewhere, after the running turn if there is one, and goes on with an answer that another
   * page began; for a thread that has been left, none.
   */
  async sync(): Promise<void> {
    await this.#turnDone;
    const { threadId } = this;
    if (threadId === null) return;
    try {
      await this.#reader.refresh(threadId, { all: true });
      void this.#followRun(threadId);
    } catch (thrown) {
      if (!this.#lifetime.signal.aborted) throw thrown;
    }
  }

  /** Brings an item on screen, and loads as far back as it takes. One that is not there any more moves nothing. */
  async seek(itemId: string): Promise<void> {
    await this.#reader.reach(itemId);
    this.#patch({ sought: { itemId } });
  }

  /** What was sought is on screen. */
  settleSought() {
    if (this.#store.get().sought !== null) this.#patch({ sought: null });
  }

  /** Loads the page before the oldest item on screen. */
  async loadOlder(): Promise<void> {
    await this.#reader.loadOlder();
  }

  /**
   * Sends a message. Resolves when the server has it; rejects with `busy` while a turn runs, and with the reason when
   * it could not be sent (the draft is then back in the composer).
   */
  send(message: OutgoingMessage): Promise<void> {
    const { threadId } = this;
    const input = toInput(message);
    const bubble = this.#bubble(message, input);
    const request: StreamRequest =
      threadId === null
        ? { type: 'threads.create', params: { input } }
        : { type: 'threads.add_user_message', params: { thread_id: threadId, input } };
    return this.#start(request, (transcript) => addUnconfirmed(transcript, bubble), message);
  }

  /**
   * Sends a message in the place of an earlier one, which goes with everything after it. Resolves when the server has
   * it; until then what goes is only out of sight, and comes back when it could not be sent.
   */
  async edit(itemId: string, message: OutgoingMessage): Promise<void> {
    const input = toInput(message);
    const bubble = this.#bubble(message, input);
    const wasFirst = this.#store.get().transcript.items[0]?.id === itemId;
    await this.#startInThread(
      (thread_id) => ({ type: 'threads.edit_user_message', params: { thread_id, item_id: itemId, input } }),
      (transcript) => replaceUnconfirmed(transcript, itemId, bubble),
      { ...message, replaces: itemId },
    );
    if (wasFirst) this.#store.update(withCursorAtFirst);
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

  /** Takes away the note that an edited message was not sent: it is not to be sent any more. */
  dismissUnsentEdit() {
    if (this.#store.get().failure?.kept === 'edit') this.#patch({ failure: null });
  }

  dismissNotice(key: string) {
    this.#store.update((state) => withoutNotice(state, key));
  }

  /** Takes over metadata that changed elsewhere on the page (renamed in the history). */
  setTitle(title: string) {
    this.#store.update((state) => withTitle(state, title));
  }

  /** A message as it is shown until the server has confirmed it. */
  #bubble(message: OutgoingMessage, input: UserMessageInput): UserMessageItem {
    return bubbleOf(message, input, { id: this.#host.localId(), threadId: this.threadId });
  }

  #patch(change: Partial<SessionState>) {
    this.#store.update((state) => ({ ...state, ...change }));
  }

  /** Starts a turn that only a thread can have. */
  #startInThread(
    request: (threadId: string) => StreamRequest,
    prepare: (transcript: Transcript) => Transcript = startTurn,
    message: OutgoingMessage | null = null,
  ): Promise<void> {
    const { threadId } = this;
    return threadId === null ? Promise.reject(noThread()) : this.#start(request(threadId), prepare, message);
  }

  #start(
    request: TurnBeginning,
    prepare: (transcript: Transcript) => Transcript,
    message: OutgoingMessage | null,
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
      startedByItself: message?.queued === true || request.type === 'follow',
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
    this.#turnDone = done.then((end) => this.#finish(end, message, stop.signal.aborted));
    // The turn reports its own failures; the promise of the caller is settled by `accepted`.
    return accepted;
  }

  async #finish(
    failure: ChatKitError | null,
    message: OutgoingMessage | null,
    stopped: boolean,
  ): Promise<void> {
    this.#turn = null;
    const { host, store } = { host: this.#host, store: this.#store };
    await resync({ store, reader: this.#reader, failure, message, gone: this.#lifetime.signal.aborted });
    const unsent = store.get().transcript.unconfirmed !== null;
    store.update((state) => ended(state, { failure, message, stopped }));
    if (unsent && message !== null) host.unsent(this, message);
    if (failure !== null) host.emit('chatkit.error', { error: failure });
    host.emit('chatkit.response.end');
    host.turnEnded(this);
  }
}

function noThread(): ChatKitError {
  return new ChatKitError('not_found', 'There is no thread yet.');
}
