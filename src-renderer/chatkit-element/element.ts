import type { ChatKitEvents, ChatKitOptions, OpenAIChatKit } from '@openai/chatkit';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { ChatKitError } from './errors.ts';
import { createMethodGate } from './host/method-gate.ts';
import { createPublicEvents } from './host/public-events.ts';
import { resolveOptions } from './options/resolve.ts';
import { Controller } from './session/controller.ts';
import { readAction, readComposerParams, readSendParams } from './session/params.ts';
import { styles } from './styles/index.ts';
import { App } from './ui/App.tsx';

type Listener = EventListenerOrEventListenerObject | null;
type ThreadParams = Parameters<OpenAIChatKit['sendUserMessage']>[0];
type ComposerValue = Parameters<OpenAIChatKit['setComposerValue']>[0];

const PROBLEMS = {
  hosted: 'getClientSecret is not supported: give the element api.url.',
  invalid: 'The options have no usable api.url.',
} as const;

/**
 * The `<openai-chatkit>` element: the published contract of `@openai/chatkit` 1.9.0, drawn by React in an open shadow
 * root. Nothing here throws into the host: `setOptions` reports through `chatkit.error`, methods reject.
 */
export class ChatKitElement extends HTMLElement implements OpenAIChatKit {
  static readonly observedAttributes = ['classname'];

  readonly #events = createPublicEvents(this);
  readonly #gate = createMethodGate<Controller>();
  readonly #mount: HTMLDivElement;
  #options: ReturnType<typeof resolveOptions> | null = null;
  #controller: Controller | null = null;
  #root: Root | null = null;
  #announced = false;
  /** The thread that was open when the element was taken out of the page; undefined before the first time. */
  #lastThread: string | null | undefined;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const style = document.createElement('style');
    style.textContent = styles;
    this.#mount = document.createElement('div');
    this.#mount.className = 'ck-mount';
    shadow.append(style, this.#mount);
  }

  connectedCallback() {
    this.#render();
  }

  /** Moving and re-parenting also disconnect; only an element that is still out a task later is gone. */
  disconnectedCallback() {
    setTimeout(() => {
      if (!this.isConnected) this.#teardown();
    });
  }

  /** Its presence lets `moveBefore` keep the element connected. */
  connectedMoveCallback() {}

  /** React 18 writes `className` on custom elements as the attribute `classname`: mirrored to `class`. */
  attributeChangedCallback(_name: string, before: string | null, after: string | null) {
    this.classList.remove(...words(before));
    this.classList.add(...words(after));
  }

  setOptions(options: ChatKitOptions): void {
    const result = resolveOptions(options);
    const problem = result.kind === 'ok' ? null : new ChatKitError('configuration', PROBLEMS[result.kind]);
    const before = this.#options;
    // A host that made a mistake keeps the chat that it had.
    if (problem !== null && before?.kind === 'ok') {
      this.#events.emit('chatkit.error', { error: problem });
      return;
    }
    this.#options = result;
    if (problem !== null && before?.kind !== result.kind) {
      this.#events.emit('chatkit.error', { error: problem });
      this.#gate.fail(problem);
    }
    this.#controller?.setOptions(result);
    if (before !== null && before.kind !== 'ok' && result.kind === 'ok' && this.#controller !== null) {
      this.#ready(this.#controller);
    }
    this.#render();
  }

  focusComposer(): Promise<void> {
    return this.#gate.run((controller) => controller.focusComposer());
  }

  setThreadId(threadId: string | null): Promise<void> {
    const id: unknown = threadId;
    return this.#gate.run((controller) => controller.openThread(typeof id === 'string' ? id : null));
  }

  sendUserMessage(params: ThreadParams): Promise<void> {
    return this.#gate.run((controller) => controller.sendUserMessage(readSendParams(params)));
  }

  setComposerValue(params: ComposerValue): Promise<void> {
    return this.#gate.run((controller) => controller.setComposerValue(readComposerParams(params)));
  }

  sendCustomAction(
    action: { type: string; payload?: Record<string, unknown> },
    itemId?: string,
  ): Promise<void> {
    return this.#gate.run((controller) =>
      controller.app.getSnapshot().session.customAction(readAction(action), itemId),
    );
  }

  showHistory(): Promise<void> {
    return this.#gate.run((controller) => controller.showHistory());
  }

  hideHistory(): Promise<void> {
    return this.#gate.run((controller) => controller.hideHistory());
  }

  fetchUpdates(): Promise<void> {
    return this.#gate.run((controller) => controller.fetchUpdates());
  }

  override addEventListener<K extends keyof ChatKitEvents>(
    type: K,
    listener: (event: ChatKitEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: Listener,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: Listener | ((event: never) => unknown),
    options?: boolean | AddEventListenerOptions,
  ): void {
    if (listener !== null) super.addEventListener(type, listener as EventListener, options);
    this.#events.listenerAdded(type);
  }

  override removeEventListener<K extends keyof ChatKitEvents>(
    type: K,
    listener: (event: ChatKitEvents[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(
    type: string,
    listener: Listener,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(
    type: string,
    listener: Listener | ((event: never) => unknown),
    options?: boolean | EventListenerOptions,
  ): void {
    if (listener !== null) super.removeEventListener(type, listener as EventListener, options);
  }

  #render() {
    if (!this.isConnected || this.#options === null || this.#root !== null) return;
    const controller = new Controller({
      emit: this.#events.emit,
      options: this.#options,
      ...(this.#lastThread === undefined ? {} : { thread: this.#lastThread }),
    });
    this.#controller = controller;
    this.#root = createRoot(this.#mount, {
      onUncaughtError: (error) => {
        this.#events.emit('chatkit.error', { error: asError(error) });
        reportError(error);
      },
    });
    this.#root.render(createElement(App, { controller, onMounted: () => this.#mounted(controller) }));
  }

  #mounted(controller: Controller) {
    if (this.#options?.kind === 'ok') this.#ready(controller);
    else this.#gate.fail(new ChatKitError('configuration', PROBLEMS[this.#options?.kind ?? 'invalid']));
  }

  #ready(controller: Controller) {
    if (!this.#announced) {
      this.#announced = true;
      this.#events.emit('chatkit.ready');
    }
    controller.start();
    this.#gate.open(controller);
  }

  #teardown() {
    this.#lastThread = this.#controller?.threadId;
    this.#controller?.dispose();
    this.#controller = null;
    this.#root?.unmount();
    this.#root = null;
    this.#gate.close();
  }
}

function words(list: string | null): string[] {
  return (list ?? '').split(/\s+/).filter((word) => word !== '');
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
