/** Everything behind the element's page: options, the open thread, the history, and the public methods. */
import type { ActionConfig, StructuredSubmission, WidgetItem } from '../../../src-shared/chatkit/index.ts';
import { ChatKitError, isAbort, toChatKitError } from '../errors.ts';
import type { Emit } from '../host/public-events.ts';
import { type Language, languageFor } from '../i18n/strings.ts';
import { type OptionsResult, type ResolvedOptions, resolveContent } from '../options/resolve.ts';
import { sameData } from '../options/same-data.ts';
import { createClient, type ProtocolClient } from '../protocol/client.ts';
import { createStore, type ReadableStore, type Store } from '../state/store.ts';
import { createUploads, type Uploads } from '../uploads/queue.ts';
import { uploadFile } from '../uploads/upload.ts';
import { createDrafts, type Draft, type Drafts, EMPTY_DRAFT, type OutgoingMessage } from './drafts.ts';
import { ThreadHistory } from './history.ts';
import { attachmentsOf, type ComposerParams, type SendParams, tagsAndText } from './params.ts';
import { type SessionHost, ThreadSession } from './session.ts';
import { runWidgetAction } from './widget-action.ts';

export interface AppState {
  /** The newest usable options. Functions in it may be outdated: take those from {@link Controller.options}. */
  options: ResolvedOptions;
  /** Why the chat cannot work at all, or null. */
  problem: 'hosted' | 'invalid' | null;
  language: Language;
  view: 'chat' | 'history';
  session: ThreadSession;
  tool: string | null;
  model: string | null;
  /** Counts the requests to put the focus into the composer. */
  focusRequests: number;
}

export interface ControllerSetup {
  emit: Emit;
  options: OptionsResult;
  /** Replaces `initialThread` (the element was taken out of the page and put back). */
  thread?: string | null;
}

export class Controller {
  readonly app: ReadableStore<AppState>;
  readonly drafts: Drafts = createDrafts();
  readonly history: ThreadHistory;
  readonly uploads: Uploads;
  /** Speech as text. */
  readonly transcribe: ProtocolClient['transcribe'];
  readonly emit: Emit;
  readonly #app: Store<AppState>;
  readonly #host: SessionHost;
  /** Sessions whose turn goes on while another thread is on screen. */
  readonly #background = new Set<ThreadSession>();
  #options: ResolvedOptions;
  #localIds = 0;

  constructor({ emit, options: result, thread }: ControllerSetup) {
    this.emit = emit;
    this.#options = usable(result);
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
      done: (draft, attachment) => this.drafts.attach(draft, attachment),
      failed: (error) => emit('chatkit.error', { error }),
      thumbnails: { create: (file) => URL.createObjectURL(file), revoke: (url) => URL.revokeObjectURL(url) },
    });
    this.#host = {
      client,
      emit,
      clientTool: () => this.#options.onClientTool,
      threadCreated: (session, threadId) => this.#threadCreated(session, threadId),
      restoreDraft: (threadId, draft) => this.drafts.restore(threadId, draft),
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
  }

  /** Starts what the options ask for at the beginning: the initial thread. Call once the chat can work. */
  start() {
    const { session, problem } = this.#app.get();
    if (problem !== null || session.threadId === null) return;
    this.emit('chatkit.thread.change', { threadId: session.threadId });
    session.load().catch(() => {});
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
  }

  /** Opens a thread, or a new one. The thread left behind goes on answering. */
  async openThread(threadId: string | null): Promise<void> {
    const { session: current } = this.#app.get();
    this.hideHistory();
    if (threadId !== null && threadId === current.threadId) {
      if (current.state.getSnapshot().load.kind !== 'failed') return;
      await current.load();
      return;
    }
    if (current.running) this.#background.add(current);
    else current.dispose();
    const running = [...this.#background].find(
      (session) => session.threadId === threadId && threadId !== null,
    );
    if (running !== undefined) this.#background.delete(running);
    const session = running ?? new ThreadSession(this.#host, threadId);
    this.#app.update((state) => ({ ...state, session }));
    if (threadId !== current.threadId) this.emit('chatkit.thread.change', { threadId });
    if (running === undefined) await session.load();
  }

  /** Sends what is in the composer of the open thread. */
  sendDraft() {
    const { session, tool, options } = this.#app.get();
    if (this.uploads.holds(session.threadId)) return;
    const draft = this.drafts.get(session.threadId);
    this.#send(session, { draft, content: null, toolId: tool, model: this.model }).catch(() => {});
    const chosen = options.composer?.tools?.find(({ id }) => id === tool);
    if (tool !== null && chosen?.persistent !== true) this.selectTool(null);
  }

  /** Sends a start prompt. */
  sendPrompt(prompt: SendParams['content'] | string) {
    const params = typeof prompt === 'string' ? { text: prompt } : { content: prompt };
    this.sendUserMessage(params).catch(() => {});
  }

  async sendUserMessage(params: SendParams): Promise<void> {
    if (params.newThread === true) await this.openThread(null);
    const { session } = this.#app.get();
    const content = params.content === undefined ? null : resolveContent(params.content);
    const draft: Draft = {
      ...(content === null
        ? { ...EMPTY_DRAFT, text: params.text ?? '' }
        : { ...EMPTY_DRAFT, ...tagsAndText(content) }),
      attachments: attachmentsOf(params.attachments),
      reply: params.reply ?? null,
    };
    if (draft.text.trim() === '' && draft.tags.length === 0 && draft.attachments.length === 0) {
      throw new ChatKitError('configuration', 'sendUserMessage needs text, content or attachments.');
    }
    this.hideHistory();
    await this.#send(session, {
      draft,
      content,
      toolId: params.toolChoice?.id ?? null,
      model: params.model ?? null,
    });
  }

  /** Uploads files for the draft of the open thread; nothing happens where attachments are off. */
  attachFiles(files: readonly File[]) {
    const limits = this.#options.composer?.attachments;
    if (limits === undefined || !limits.enabled || files.length === 0) return;
    this.uploads.add(this.threadId, files, limits, this.drafts.get(this.threadId).attachments.length);
  }

  /** Takes a finished attachment out of the draft, and from the server when this page uploaded it. */
  detach(attachmentId: string) {
    const draft = this.drafts.get(this.threadId);
    const attachments = draft.attachments.filter(({ id }) => id !== attachmentId);
    this.drafts.set(this.threadId, { ...draft, attachments });
    this.uploads.discard(attachmentId);
  }

  /** Replaces the draft of the open thread. Throws ChatKitError `configuration` for files where attachments are off. */
  setComposerValue(params: ComposerParams): void {
    const files = (params.files ?? []).filter((file): file is File => file instanceof File);
    if (files.length > 0 && this.#options.composer?.attachments?.enabled !== true) {
      throw new ChatKitError('configuration', 'setComposerValue: files need composer.attachments.enabled.');
    }
    this.uploads.clear(this.threadId);
    const content = params.content === undefined ? null : resolveContent(params.content);
    this.drafts.set(this.threadId, {
      ...(content === null
        ? { ...EMPTY_DRAFT, text: params.text ?? '' }
        : { ...EMPTY_DRAFT, ...tagsAndText(content) }),
      attachments: attachmentsOf(params.attachments),
      reply: params.reply ?? null,
    });
    this.attachFiles(files);
    if (params.selectedToolId !== undefined) this.selectTool(params.selectedToolId);
    if (params.selectedModelId !== undefined) this.selectModel(params.selectedModelId);
  }

  /** The model for the next message: the chosen one, else the host's default, else the server decides. */
  get model(): string | null {
    const { model, options } = this.#app.get();
    const models = options.composer?.models ?? [];
    const chosen = models.find(({ id, disabled }) => id === model && !disabled);
    return (chosen ?? models.find((option) => option.default && !option.disabled))?.id ?? null;
  }

  selectModel(model: string | null) {
    this.#app.update((state) => ({ ...state, model }));
  }

  selectTool(tool: string | null) {
    if (tool === this.#app.get().tool) return;
    this.#app.update((state) => ({ ...state, tool }));
    this.emit('chatkit.tool.change', { toolId: tool });
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
    for (const session of this.#background) if (session.threadId === threadId) session.dispose();
    const { session } = this.#app.get();
    if (session.threadId !== threadId) return;
    session.dispose();
    this.#app.update((state) => ({ ...state, session: new ThreadSession(this.#host, null) }));
    this.emit('chatkit.thread.change', { threadId: null });
  }

  /** Brings in what changed outside of this page. */
  async fetchUpdates(): Promise<void> {
    await this.#reporting(this.#app.get().session.sync());
    if (this.#app.get().view === 'history') await this.history.reload();
  }

  dispose() {
    this.history.dispose();
    this.uploads.dispose();
    this.#app.get().session.dispose();
    for (const session of this.#background) session.dispose();
  }

  async #send(session: ThreadSession, message: OutgoingMessage): Promise<void> {
    const fromComposer = message.draft === this.drafts.get(session.threadId) && !session.running;
    const accepted = session.send(message);
    if (fromComposer) this.drafts.set(session.threadId, EMPTY_DRAFT);
    await accepted;
  }

  #threadCreated(session: ThreadSession, threadId: string) {
    if (session !== this.#app.get().session) return;
    this.drafts.rename(threadId);
    this.uploads.rename(threadId);
    this.emit('chatkit.thread.change', { threadId });
  }

  #turnEnded(session: ThreadSession) {
    if (!this.#background.delete(session)) return;
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
    : { ...result.appearance, initialThread: null, api: { url: '', resume: false } };
}

function language(options: ResolvedOptions): Language {
  return languageFor(options.locale ?? globalThis.navigator?.language);
}
