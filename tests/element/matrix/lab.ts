/** What every row of the matrix uses, inside the page: options, what was heard, and how to look into the element. */
import type { UseChatKitOptions } from '@openai/chatkit-react';
import type { ChatKitElement } from '../../../src-renderer/chatkit-element/index.ts';
import { watchErrors } from '../page/page-errors.ts';

export type Options = UseChatKitOptions;

/** One call of a handler. */
export interface Heard {
  name: string;
  /** How many arguments the handler got. */
  count: number;
  detail: unknown;
}

export interface Lab {
  /** Plain options for the endpoint of this page, in English. */
  options(more?: Partial<Options>): Options;
  handlers: Partial<Options>;
  heard: Heard[];
  names(): string[];
  /** Everything that went wrong in the page: uncaught, unhandled, console errors. */
  errors: string[];
  /** The options objects that elements were given, in order. */
  given: unknown[];
  /** The protocol requests, by type. */
  asked: string[];
  elements(): ChatKitElement[];
  element(): ChatKitElement;
  /** The text of the whole chat. */
  text(): string;
  box(): HTMLElement | null;
  draft(): string;
  define(): void;
}

const EVENTS = [
  ...['onReady', 'onError', 'onResponseStart', 'onResponseEnd', 'onThreadChange', 'onThreadLoadStart'],
  ...['onThreadLoadEnd', 'onToolChange', 'onEffect', 'onDeeplink', 'onHistoryOpen', 'onHistoryClose'],
];

/** Watches the page and its `define` from the first moment on. */
export function createLab(define: () => void): Lab {
  const heard: Heard[] = [];
  const errors = watchErrors();
  const given: unknown[] = [];
  const asked: string[] = [];
  const recordingFetch: typeof fetch = (input, init) => {
    if (typeof init?.body === 'string') asked.push(String(JSON.parse(init.body).type));
    return fetch(input, init);
  };
  const elements = () => [...document.querySelectorAll('openai-chatkit')] as ChatKitElement[];
  const element = () => {
    const [first] = elements();
    if (first === undefined) throw new Error('no element');
    return first;
  };
  const box = () => elements()[0]?.shadowRoot?.querySelector<HTMLElement>('textarea, [role=textbox]') ?? null;
  return {
    options: (more = {}) => ({
      api: { url: new URL('/chatkit', location.href).href, domainKey: 'local', fetch: recordingFetch },
      locale: 'en',
      ...more,
    }),
    handlers: Object.fromEntries(
      EVENTS.map((name) => [
        name,
        (...details: unknown[]) => heard.push({ name, count: details.length, detail: details[0] }),
      ]),
    ),
    heard,
    names: () => heard.map(({ name }) => name),
    errors,
    given,
    asked,
    elements,
    element,
    text: () => element().shadowRoot?.querySelector('.ck')?.textContent ?? '',
    box,
    draft() {
      const found = box();
      return found instanceof HTMLTextAreaElement ? found.value : (found?.textContent ?? '');
    },
    define() {
      define();
      const prototype = customElements.get('openai-chatkit')?.prototype as ChatKitElement;
      const { setOptions } = prototype;
      prototype.setOptions = function (this: ChatKitElement, options) {
        given.push(options);
        setOptions.call(this, options);
      };
    },
  };
}

/** Waits for a condition, at most eight seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 8000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(15);
  }
}

/** Long enough for anything that is already under way to show itself. */
export const pause = (ms = 60): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
