import { APART_MS, createFrame } from './frame.ts';

/** A value with subscribers, made for `useSyncExternalStore`. */
export interface ReadableStore<T> {
  /** What subscribers last heard of; stable between notifications. */
  getSnapshot(): T;
  subscribe(listener: () => void): () => void;
}

/** The writing side. Writes are visible to the writer at once and to subscribers now or at the next frame. */
export interface Store<T> extends ReadableStore<T> {
  /** The newest value, whether or not subscribers know it. */
  get(): T;
  /** Changes the value and tells subscribers now. */
  update(change: (value: T) => T): void;
  /** Changes the value; subscribers hear of it once, at the next frame (streamed text). */
  updateSoon(change: (value: T) => T): void;
}

/** A store whose notifications can be coalesced to one per frame, and at least so many milliseconds `apart`. */
export function createStore<T>(initial: T, apart = () => APART_MS): Store<T> {
  let value = initial;
  let published = initial;
  const listeners = new Set<() => void>();

  function publish() {
    if (Object.is(published, value)) return;
    published = value;
    for (const listener of [...listeners]) listener();
  }
  const frame = createFrame(publish, apart);

  return {
    get: () => value,
    getSnapshot: () => published,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update(change) {
      value = change(value);
      frame.cancel();
      publish();
    },
    updateSoon(change) {
      value = change(value);
      if (!Object.is(published, value)) frame.request();
    },
  };
}
