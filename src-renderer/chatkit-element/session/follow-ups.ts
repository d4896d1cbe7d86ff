/** Messages written while a response runs: each thread has its queue, which is sent one after the other. */
import { createStore, type ReadableStore } from '../state/store.ts';
import type { OutgoingMessage } from './drafts.ts';

/** So many messages can wait in one thread. */
export const MAX_QUEUED = 20;

/** Why nothing is sent by itself: a person decides what happens with what waits. */
export type HoldReason = 'stopped' | 'failed' | 'questions' | 'locked' | 'restored';

/** One message that waits. */
export interface QueuedMessage {
  /** Identifies it on this page. */
  key: string;
  message: OutgoingMessage;
}

/** What waits in one thread, first what is sent first. */
export interface FollowUpQueue {
  messages: readonly QueuedMessage[];
  /** Null while it goes on by itself. */
  held: HoldReason | null;
}

export const EMPTY_QUEUE: FollowUpQueue = { messages: [], held: null };

/** The key for a thread that has no id yet and is not on screen any more. */
export function unnamedKey(sessionKey: string): string {
  return ` ${sessionKey}`;
}

/** Whether a key is an {@link unnamedKey}: it means nothing outside of this page. */
export function isUnnamed(key: string): boolean {
  return key.startsWith(' ');
}

/** The queues by thread; the key is the id of a thread, or '' for the one that does not exist yet. */
export interface FollowUps extends ReadableStore<ReadonlyMap<string, FollowUpQueue>> {
  get(thread: string): FollowUpQueue;
  /** Puts a message at the end. False, and nothing changed, when {@link MAX_QUEUED} are waiting. */
  add(thread: string, message: OutgoingMessage): boolean;
  /** Puts messages in front of what waits and holds the queue; used for what could not be sent, and after a reload. */
  putBack(thread: string, messages: readonly OutgoingMessage[], held: HoldReason): void;
  /** Takes a message out; null when it is not there any more. */
  take(thread: string, key: string): OutgoingMessage | null;
  /** Moves a message by one place; -1 is earlier. Nothing happens at the ends. */
  move(thread: string, key: string, by: -1 | 1): void;
  hold(thread: string, reason: HoldReason): void;
  /** Lets the queue go on. */
  release(thread: string): void;
  /** Moves a queue to another key, behind what waits there. */
  rename(from: string, to: string): void;
  /** Forgets a queue. Gives what waited in it. */
  forget(thread: string): readonly OutgoingMessage[];
}

/** Queues for the threads of one element. */
export function createFollowUps(): FollowUps {
  const store = createStore<ReadonlyMap<string, FollowUpQueue>>(new Map());
  let keys = 0;
  const entry = (message: OutgoingMessage): QueuedMessage => {
    keys += 1;
    return { key: `queued-${keys}`, message };
  };
  const get = (thread: string) => store.get().get(thread) ?? EMPTY_QUEUE;
  const set = (thread: string, queue: FollowUpQueue) =>
    store.update((queues) => {
      const next = new Map(queues);
      // An empty queue has nothing to hold back.
      if (queue.messages.length === 0) next.delete(thread);
      else next.set(thread, queue);
      return next;
    });

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    get,
    add(thread, message) {
      const queue = get(thread);
      if (queue.messages.length >= MAX_QUEUED) return false;
      set(thread, { ...queue, messages: [...queue.messages, entry(message)] });
      return true;
    },
    putBack(thread, messages, held) {
      if (messages.length === 0) return;
      set(thread, { messages: [...messages.map(entry), ...get(thread).messages], held });
    },
    take(thread, key) {
      const queue = get(thread);
      const taken = queue.messages.find((queued) => queued.key === key);
      if (taken === undefined) return null;
      set(thread, { ...queue, messages: queue.messages.filter((queued) => queued !== taken) });
      return taken.message;
    },
    move(thread, key, by) {
      const queue = get(thread);
      const from = queue.messages.findIndex((queued) => queued.key === key);
      const moved = queue.messages[from];
      const other = queue.messages[from + by];
      if (moved === undefined || other === undefined) return;
      set(thread, { ...queue, messages: queue.messages.with(from, other).with(from + by, moved) });
    },
    hold(thread, held) {
      const queue = get(thread);
      if (queue.messages.length > 0 && queue.held !== held) set(thread, { ...queue, held });
    },
    release(thread) {
      const queue = get(thread);
      if (queue.held !== null) set(thread, { ...queue, held: null });
    },
    rename(from, to) {
      const queue = get(from);
      if (queue.messages.length === 0 || from === to) return;
      const there = get(to);
      set(from, EMPTY_QUEUE);
      set(to, { messages: [...there.messages, ...queue.messages], held: there.held ?? queue.held });
    },
    forget(thread) {
      const { messages } = get(thread);
      if (messages.length > 0) set(thread, EMPTY_QUEUE);
      return messages.map(({ message }) => message);
    },
  };
}
