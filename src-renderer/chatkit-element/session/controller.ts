/** Everything behind the element's page: options, the open thread, the history, and the public methods. */
import type { ActionConfig, StructuredSubmission, WidgetItem } from '../../../src-shared/chatkit/index.ts';
import { isAbort, toChatKitError } from '../errors.ts';
import type { Emit } from '../host/public-events.ts';
import { type Language, languageFor } from '../i18n/strings.ts';
import type { OptionsResult, ResolvedOptions } from '../options/resolve.ts';
import { sameData } from '../options/same-data.ts';
import { createClient, type ProtocolClient } from '../protocol/client.ts';
import { createStore, type ReadableStore, type Store } from '../state/store.ts';
import { createUploads, type Uploads } from '../uploads/queue.ts';
import { uploadFile } from '../uploads/upload.ts';
import type { AppState } from './app-state.ts';
import { Composing } from './composing.ts';
import { createDraftKeeper, type DraftKeeper } from './draft-keeper.ts';
import { draftStorageOf } from './draft-storage.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createEditing, type Editing } from './editing.ts';
import { createFollowUps, type FollowUps } from './follow-ups.ts';
import { ThreadHistory } from './history.ts';
import { HistorySearch } from './history-search.ts';
import type { ComposerParams, SendParams } from './params.ts';
import { createPlaces, itemsToSee, type Places, type SoughtItem } from './places.ts';
import { type DraftOutcome, Sending } from './sending.ts';
import { type SessionHost, ThreadSession } from './session.ts';
import { runWidgetAction } from './widget-action.ts';

export interface ControllerSetup {
  emit: Emit;
  options: OptionsResult;
  /** Replaces `initialThread` (the element was taken out of the page and put back). */
  thread?: string | null;
}

export class Controller {
  readonly app: ReadableStore<AppState>;
  readonly drafts: Drafts = createDrafts();
  /** Messages that wait for the response that runs. */
  readonly followUps: FollowUps = createFollowUps();
  /** Sends messages and what waits. */
  readonly sending: Sending;
  /** Messages that were sent and are being changed. */
  readonly editing: Editing;
  readonly history: ThreadHistory;
  /** Finds threads by their words, where the host can. */
  readonly search: HistorySearch;
  readonly uploads: Uploads;
  /** Where threads were left. */
  readonly places: Places;
  /** Speech as text. */
  readonly transcribe: ProtocolClient['transcribe'];
  readonly emit: Emit;
  readonly #app: Store<AppState>;
  readonly #host: SessionHost;
  readonly #composing: Composing;
  readonly #keeper: DraftKeeper;
  /** Sessions whose turn goes on while another thread is on screen. */
  readonly #background = new Set<ThreadSession>();
  #options: ResolvedOptions;
  #localIds = 0;

  constructor({ emit, options: result, thread }: ControllerSetup) {
    this.emit = emit;
    this.#options = usable(result);
    this.places = createPlaces(() => this.#options.places);
    const client = createClient(
      () => ({
        url: this.#options.api.url,
        fetch: this.#options.api.fetch,
        locale: this.#app.get().language.locale,
        resume: this.#options.api.resume,
      }),
      (data) => emit('chatkit.log', { name: 'stream.unknown_event', data: { length: data.length } }),
    );
    this.history = new ThreadHistory(client);
    this.search = new HistorySearch({
      finder: () => this.#options.search,
      failed: (error) => emit('chatkit.error', { error }),
    });
    this.transcribe = client.transcribe;
    this.uploads = createUploads({
      upload: (work) => {
        const { fetch, uploadStrategy } = this.#options.api;
        return uploadFile(work, { strategy: uploadStrategy ?? { type: 'two_phase' }, fetch, client });
      },
      remove: (id) => {
        client.deleteAttachment(id).catch((error) => {
          emit('chatkit.log', { name: 'attachment.delete_failed', data: { message: String(error) } });
        });
      },
      done: (draft, attachment, later) => this.drafts.attach(draft, attachment, later),
      failed: (error) => emit('chatkit.error', { error }),
    });
    this.#host = {
      client,
      emit,
      clientTool: () => this.#options.onClientTool,
      threadCreated: (session, threadId) => this.#threadCreated(session, threadId),
      unsent: (session, message) =>
        message.replaces === undefined ? this.sending.unsent(session, message) : this.editing.unsent(session),
      turnEnded: (session) => this.#turnEnded(session),
      localId: () => {
        this.#localIds += 1;
        return `local-${this.#localIds}`;
      },
    };
    const threadId = thread === undefined ? this.#options.initialThread : thread;
    this.#app = createStore<AppState>({
      options: this.#options,
      problem: result.kind === 'ok' ? null : result.kind,
      language: language(this.#options),
      view: 'chat',
      session: new ThreadSession(this.#host, threadId),
      tool: null,
      model: null,
      focusRequests: 0,
    });
    this.app = this.#app;
    const { drafts, followUps, uploads } = this;
    this.#composing = new Composing({
      app: this.#app,
      drafts,
      uploads,
      options: () => this.#options,
      emit,
    });
    this.editing = createEditing({ app: this.#app, drafts, model: () => this.#composing.model });
    this.#keeper = createDraftKeeper({
      storage: () => draftStorageOf(this.#options.drafts, this.#options.api.url),
      drafts,
      followUps,
      editing: this.editing,
      uploads,
      failed: (what, error) =>
        emit('chatkit.log', { name: `draft.${what}_failed`, data: { message: String(error) } }),
    });
    this.sending = new Sending({ app: this.#app, drafts, followUps, uploads, composing: this.#composing });
  }

  /** Starts what the options ask for at the beginning: the drafts, the initial thread. Call once the chat can work. */
  start() {
    const { session, problem } = this.#app.get();
    if (problem !== null) return;
    const settle = () => this.editing.settle(session);
    this.#keeper.start().then(settle, () => {});
    if (session.threadId === null) return;
    this.emit('chatkit.thread.change', { threadId: session.threadId });
    session.load(this.places.itemsNeeded(session.threadId)).then(settle, () => {});
  }

  /** The newest options with the newest functions. */
  get options(): ResolvedOptions {
    return this.#options;
  }

  get threadId(): string | null {
    return this.#app.get().session.threadId;
  }

  /** Applies new options live; thread, draft, scroll and stream stay. */
  setOptions(result: OptionsResult) {
    const before = this.#app.get();
    const problem = result.kind === 'ok' ? null : result.kind;
    const options = usable(result);
    const changed = problem !== before.problem || !sameData(before.options, options);
    this.#options = options;
    if (!changed) return;
    const repaired = before.problem !== null && problem === null;
    const session = repaired ? new ThreadSession(this.#host, options.initialThread) : before.session;
    this.#app.update((state) => ({ ...state, options, problem, language: language(options), session }));
    const offers = ({ composer }: ResolvedOptions) => composer?.tools?.some(({ id }) => id === before.tool);
    if (offers(before.options) && !offers(options)) this.selectTool(null);
    // Its button, the way back, has gone.
    if (before.options.history?.enabled !== false && options.history?.enabled === false) this.hideHistory();
  }

  /** Opens a thread, or a new one; at an item, where one is `sought`. The thread left behind goes on answering. */
  async openThread(threadId: string | null, sought: SoughtItem | null = null): Promise<void> {
    const { session: current } = this.#app.get();
    this.hideHistory();
    this.#keeper.flush(false);
    if (threadId !== null && threadId === current.threadId) {
      if (current.state.getSnapshot().load.kind === 'failed') await current.load();
      if (sought !== null) await current.seek(sought.itemId);
      return;
    }
    if (current.running) {
      this.sending.left(current);
      this.#background.add(current);
    } else current.dispose();
    const running = [...this.#background].find(
      (session) => session.threadId === threadId && threadId !== null,
    );
    if (running !== undefined) this.#background.delete(running);
    const session = running ?? new ThreadSession(this.#host, threadId);
    this.#app.update((state) => ({ ...state, session }));
    if (threadId !== current.threadId) this.emit('chatkit.thread.change', { threadId });
    if (running !== undefined) {
      if (sought !== null) await session.seek(sought.itemId);
      return;
    }
    const needed = sought === null ? this.places.itemsNeeded(threadId) : itemsToSee(sought);
    await session.load(needed, sought?.itemId ?? null);
    this.editing.settle(session);
  }

  /** What the button and the key for a new chat do. */
  startNewChat() {
    this.openThread(null).catch(() => {});
    this.focusComposer();
  }

  /** See {@link Sending.sendDraft}. */
  sendDraft(): DraftOutcome {
    return this.sending.sendDraft();
  }

  /** Sends a start prompt. */
  sendPrompt(prompt: SendParams['content'] | string) {
    const params = typeof prompt === 'string' ? { text: prompt } : { content: prompt };
    this.sendUserMessage(params).catch(() => {});
  }

  async sendUserMessage(params: SendParams): Promise<void> {
    if (params.newThread === true) await this.openThread(null);
    const message = this.sending.messageOf(params);
    this.hideHistory();
    await this.sending.send(message);
  }

  /** See {@link Composing.attachFiles}. */
  attachFiles(files: readonly File[]) {
    this.#composing.attachFiles(files);
  }

  /** See {@link Composing.detach}. */
  detach(attachmentId: string) {
    this.#composing.detach(attachmentId);
  }

  /** See {@link Composing.setValue}. */
  setComposerValue(params: ComposerParams): void {
    this.#composing.setValue(params);
  }

  /** The model for the next message. */
  get model(): string | null {
    return this.#composing.model;
  }

  selectModel(model: string | null) {
    this.#composing.selectModel(model);
  }

  selectTool(tool: string | null) {
    this.#composing.selectTool(tool);
  }

  /** Carries out an action of a widget; form values are already part of it. See {@link runWidgetAction}. */
  widgetAction(item: WidgetItem, action: ActionConfig): Promise<void> {
    const { session } = this.#app.get();
    const work = runWidgetAction({ session, item, action, onAction: this.#options.widgets?.onAction });
    return this.#reporting(work);
  }

  /** Answers, or skips, the questions that stand in place of the composer. */
  answerQuestions(itemId: string, submission: StructuredSubmission): Promise<void> {
    return this.#app.get().session.answerQuestions(itemId, submission);
  }

  focusComposer() {
    this.#app.update((state) => ({ ...state, view: 'chat', focusRequests: state.focusRequests + 1 }));
  }

  showHistory() {
    if (this.#app.get().view === 'history') return;
    this.#app.update((state) => ({ ...state, view: 'history' }));
    this.emit('chatkit.history.open');
    this.history.reload();
    this.search.refresh();
  }

  hideHistory() {
    if (this.#app.get().view === 'chat') return;
    this.#app.update((state) => ({ ...state, view: 'chat' }));
    this.emit('chatkit.history.close');
  }

  async renameThread(threadId: string, title: string): Promise<void> {
    await this.#reporting(this.history.rename(threadId, title));
    if (threadId === this.threadId) this.#app.get().session.setTitle(title);
  }

  /** Deletes a thread; when it is the open one, a new one takes its place behind the history. */
  async deleteThread(threadId: string): Promise<void> {
    await this.#reporting(this.history.delete(threadId));
    this.search.forget(threadId);
    this.drafts.forget(threadId);
    this.places.set(threadId, null);
    this.followUps.forget(threadId);
    this.editing.forget(threadId);
    for (const session of this.#background) if (session.threadId === threadId) session.dispose();
    const { session } = this.#app.get();
    if (session.threadId !== threadId) return;
    session.dispose();
    this.#app.update((state) => ({ ...state, session: new ThreadSession(this.#host, null) }));
    this.emit('chatkit.thread.change', { threadId: null });
  }

  /** Brings in what changed outside of this page, and what could not be loaded or saved before. */
  async fetchUpdates(): Promise<void> {
    const { session } = this.#app.get();
    void this.#keeper.catchUp();
    const failed = session.state.getSnapshot().load.kind === 'failed';
    // Loading reports its failures itself.
    await (failed ? session.load() : this.#reporting(session.sync()));
    this.editing.settle(session);
    if (this.#app.get().view === 'history') await this.history.reload();
  }

  dispose() {
    this.#keeper.dispose();
    this.history.dispose();
    this.search.dispose();
    this.uploads.dispose();
    this.#app.get().session.dispose();
    for (const session of this.#background) session.dispose();
  }

  #threadCreated(session: ThreadSession, threadId: string) {
    this.sending.created(session, threadId);
    if (session !== this.#app.get().session) return;
    this.drafts.rename(threadId);
    this.uploads.rename(threadId);
    this.emit('chatkit.thread.change', { threadId });
  }

  #turnEnded(session: ThreadSession) {
    this.editing.settle(session);
    if (this.sending.turnEnded(session) || !this.#background.delete(session)) return;
    if (session.threadId === null) this.sending.lost(session);
    session.dispose();
  }

  async #reporting<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      const error = toChatKitError(thrown);
      if (!isAbort(thrown)) this.emit('chatkit.error', { error });
      throw error;
    }
  }
}

function usable(result: OptionsResult): ResolvedOptions {
  return result.kind === 'ok'
    ? result.options
    : { ...result.appearance, initialThread: null, api: { url: '', resume: false, edit: false } };
}

function language(options: ResolvedOptions): Language {
  return languageFor(options.locale ?? globalThis.navigator?.language);
}
