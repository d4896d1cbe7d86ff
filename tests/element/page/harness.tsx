/** What the specs drive: React 19 with `@openai/chatkit-react` as published, and plain DOM. */
import { ChatKit, type UseChatKitOptions, useChatKit } from '@openai/chatkit-react';
import { StrictMode, useLayoutEffect, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { ChatKitElement, defineChatKitElement } from '../../../src-renderer/chatkit-element/index.ts';
import { watchErrors } from './page-errors.ts';

type Options = UseChatKitOptions;
type Methods = ReturnType<typeof useChatKit>;

/** One call of a handler, as the page heard it. */
export interface Heard {
  name: string;
  detail: unknown;
}

export interface Harness {
  define(): void;
  /** Renders `<ChatKit>`; calls again to render with other options. */
  mount(options: Options, how?: { strict?: boolean; props?: Record<string, unknown>; first?: 'send' }): void;
  update(options: Options): void;
  setKey(key: string): void;
  unmount(): void;
  heard: Heard[];
  methods(): Methods;
  element(): ChatKitElement;
  errors: string[];
}

const heard: Heard[] = [];
const errors = watchErrors();
const NAMES = [
  'onReady',
  'onError',
  'onResponseStart',
  'onResponseEnd',
  'onThreadChange',
  'onThreadLoadStart',
  'onThreadLoadEnd',
  'onToolChange',
  'onEffect',
  'onDeeplink',
  'onHistoryOpen',
  'onHistoryClose',
] as const;

let root: Root | undefined;
let current: Methods | undefined;
let setOptions: ((options: Options) => void) | undefined;
let setKey: ((key: string) => void) | undefined;

function App(props: { options: Options; extra: Record<string, unknown>; first: 'send' | undefined }) {
  const [options, change] = useState(props.options);
  const [key, changeKey] = useState('first');
  setOptions = change;
  setKey = changeKey;
  const handlers = Object.fromEntries(
    NAMES.map((name) => [name, (detail: unknown) => heard.push({ name, detail: readable(detail) })]),
  );
  const methods = useChatKit({ ...options, ...handlers });
  current = methods;
  const { first } = props;
  useLayoutEffect(() => {
    // The earliest moment at which a page can call a method: before the element is ready.
    if (first === 'send') methods.sendUserMessage({ text: 'from the layout effect' });
  }, [first, methods.sendUserMessage]);
  return <ChatKit key={key} control={methods.control} {...props.extra} />;
}

function readable(detail: unknown): unknown {
  if (typeof detail === 'object' && detail !== null && 'error' in detail && detail.error instanceof Error) {
    const { error } = detail;
    return { error: { name: error.name, message: error.message, code: 'code' in error ? error.code : null } };
  }
  return detail;
}

const harness: Harness = {
  define: defineChatKitElement,
  mount(options, how = {}) {
    const container = document.getElementById('root');
    if (container === null) throw new Error('no #root');
    root ??= createRoot(container, { onUncaughtError: (error) => errors.push(String(error)) });
    const app = <App options={options} extra={how.props ?? {}} first={how.first} />;
    root.render(how.strict ? <StrictMode>{app}</StrictMode> : app);
  },
  update: (options) => setOptions?.(options),
  setKey: (key) => setKey?.(key),
  unmount() {
    root?.unmount();
    root = undefined;
  },
  heard,
  errors,
  methods() {
    if (current === undefined) throw new Error('nothing is mounted');
    return current;
  },
  element() {
    const element = document.querySelector('openai-chatkit');
    if (!(element instanceof ChatKitElement)) throw new Error('no element');
    return element;
  },
};

declare global {
  interface Window {
    harness: Harness;
  }
}
window.harness = harness;
