/** Draws diagrams, one after the other, in a frame that can reach nothing. */
import { type DiagramJob, type FrameMessage, frameMessageSchema } from './messages.ts';

/** Milliseconds for the frame to load, and then for each diagram. */
const MAX_MS = 10_000;
/** After so long without work the frame goes, and the memory of the library in it. */
const IDLE_MS = 30_000;
/** Drawings that are kept: going back to a conversation must not draw everything again. */
const MAX_KEPT = 30;

export type Drawing =
  | Pick<
      Extract<FrameMessage, { kind: 'drawn' }>,
      'kind' | 'svg' | 'width' | 'height' | 'title' | 'description'
    >
  /** The library cannot draw this; `reason` is its own remark, in English. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'too-slow' }
  /** The page of the frame is not served, or may not be shown here. */
  | { readonly kind: 'unavailable' };

export interface Diagrams {
  /**
   * @param near the frame is put into the tree that this is in
   * @param signal gives the drawing up; the promise never settles then
   */
  draw(source: string, scheme: DiagramJob['scheme'], near: Node, signal: AbortSignal): Promise<Drawing>;
  /** Removes the frame; drawing begins anew with the next one. */
  dispose(): void;
}

interface Work extends DiagramJob {
  readonly key: string;
  readonly near: Node;
  readonly signal: AbortSignal;
  done(drawing: Drawing): void;
}

/** @param page the built page of the frame */
export function createDiagrams(page: () => URL): Diagrams {
  const kept = new Map<string, Drawing>();
  const queue: Work[] = [];
  let frame: HTMLIFrameElement | null = null;
  let isReady = false;
  let current: Work | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ids = 0;

  function onMessage(event: MessageEvent) {
    if (frame === null || event.source !== frame.contentWindow) return;
    const message = frameMessageSchema.safeParse(event.data).data;
    if (message === undefined) return;
    if (message.kind === 'ready') {
      isReady = true;
      send();
    } else if (message.id === current?.id) {
      const { id: _id, ...drawing } = message;
      finish(drawing);
    }
  }

  function send() {
    if (current === null) return;
    const { id, source, scheme } = current;
    // The frame has no origin that could be named.
    frame?.contentWindow?.postMessage({ id, source, scheme } satisfies DiagramJob, '*');
    after(MAX_MS, () => abandon({ kind: 'too-slow' }));
  }

  function after(milliseconds: number, what: () => void) {
    clearTimeout(timer);
    timer = setTimeout(what, milliseconds);
  }

  /** Whatever holds it up is held up no longer; the next one gets a new frame. */
  function abandon(drawing: Drawing) {
    removeFrame();
    finish(drawing);
  }

  function finish(drawing: Drawing) {
    const work = current;
    current = null;
    if (work !== null) {
      if (drawing.kind === 'drawn' || drawing.kind === 'failed') keep(work.key, drawing);
      work.done(drawing);
    }
    next();
  }

  function keep(key: string, drawing: Drawing) {
    kept.set(key, drawing);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  }

  function next() {
    if (current !== null) return;
    do current = queue.shift() ?? null;
    while (current?.signal.aborted);
    if (current === null) {
      after(IDLE_MS, removeFrame);
      return;
    }
    if (frame === null || !frame.isConnected) addFrame(current.near);
    if (isReady) send();
    else after(MAX_MS, () => abandon({ kind: 'unavailable' }));
  }

  function addFrame(near: Node) {
    removeFrame();
    const root = near.getRootNode();
    const made = document.createElement('iframe');
    made.className = 'ck-diagram-frame';
    made.setAttribute('sandbox', 'allow-scripts');
    made.setAttribute('aria-hidden', 'true');
    made.tabIndex = -1;
    made.referrerPolicy = 'no-referrer';
    made.src = page().href;
    frame = made;
    window.addEventListener('message', onMessage);
    (root instanceof ShadowRoot ? root : document.body).append(made);
  }

  function removeFrame() {
    clearTimeout(timer);
    window.removeEventListener('message', onMessage);
    frame?.remove();
    frame = null;
    isReady = false;
  }

  return {
    draw(source, scheme, near, signal) {
      const key = `${scheme} ${source}`;
      const known = kept.get(key);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => {
        ids += 1;
        queue.push({ id: ids, source, scheme, key, near, signal, done: resolve });
        next();
      });
    },
    dispose() {
      queue.length = 0;
      current = null;
      removeFrame();
    },
  };
}
