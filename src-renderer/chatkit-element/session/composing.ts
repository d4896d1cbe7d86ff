/** What a person, or the host, puts together before sending: text, files, tool and model. */
import { ChatKitError } from '../errors.ts';
import type { Emit } from '../host/public-events.ts';
import type { ResolvedOptions } from '../options/resolve.ts';
import type { Store } from '../state/store.ts';
import type { Uploads } from '../uploads/queue.ts';
import type { AppState } from './app-state.ts';
import type { Drafts } from './drafts.ts';
import { type ComposerParams, draftOf } from './params.ts';

/** What {@link Composing} works on. */
export interface ComposingSetup {
  app: Store<AppState>;
  drafts: Drafts;
  uploads: Uploads;
  /** The newest options with the newest functions. */
  options(): ResolvedOptions;
  emit: Emit;
}

/** The draft of the open thread, and the choices that go with it. */
export class Composing {
  readonly #setup: ComposingSetup;

  constructor(setup: ComposingSetup) {
    this.#setup = setup;
  }

  /** Uploads files for the draft of the open thread; nothing happens where attachments are off. */
  attachFiles(files: readonly File[]) {
    const { drafts, uploads, options } = this.#setup;
    const limits = options().composer?.attachments;
    if (limits === undefined || !limits.enabled || files.length === 0) return;
    uploads.add(this.#threadId, files, limits, drafts.get(this.#threadId).attachments.length);
  }

  /** Takes a finished attachment out of the draft, and from the server when this page uploaded it. */
  detach(attachmentId: string) {
    const { drafts, uploads } = this.#setup;
    const draft = drafts.get(this.#threadId);
    const attachments = draft.attachments.filter(({ id }) => id !== attachmentId);
    drafts.set(this.#threadId, { ...draft, attachments });
    uploads.discard(attachmentId);
  }

  /** Replaces the draft of the open thread. Throws ChatKitError `configuration` for files where attachments are off. */
  setValue(params: ComposerParams): void {
    const { drafts, uploads, options } = this.#setup;
    const files = (params.files ?? []).filter((file): file is File => file instanceof File);
    if (files.length > 0 && options().composer?.attachments?.enabled !== true) {
      throw new ChatKitError('configuration', 'setComposerValue: files need composer.attachments.enabled.');
    }
    uploads.clear(this.#threadId);
    drafts.set(this.#threadId, draftOf(params));
    this.attachFiles(files);
    if (params.selectedToolId !== undefined) this.selectTool(params.selectedToolId);
    if (params.selectedModelId !== undefined) this.selectModel(params.selectedModelId);
  }

  /** The model for the next message: the chosen one, else the host's default, else the server decides. */
  get model(): string | null {
    const { model, options } = this.#setup.app.get();
    const models = options.composer?.models ?? [];
    const chosen = models.find(({ id, disabled }) => id === model && !disabled);
    return (chosen ?? models.find((option) => option.default && !option.disabled))?.id ?? null;
  }

  selectModel(model: string | null) {
    this.#setup.app.update((state) => ({ ...state, model }));
  }

  selectTool(tool: string | null) {
    const { app, emit } = this.#setup;
    if (tool === app.get().tool) return;
    app.update((state) => ({ ...state, tool }));
    emit('chatkit.tool.change', { toolId: tool });
  }

  get #threadId(): string | null {
    return this.#setup.app.get().session.threadId;
  }
}
