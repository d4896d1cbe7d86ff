/**
 * The transcript of one thread and the pure reducer that keeps it: what the server said, plus the one message that was
 * sent and not yet confirmed. Knows no network, no clock, no React.
 */
import {
  isHiddenItem,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { applyItemUpdate } from './item-updates.ts';

export interface Progress {
  text: string;
  icon: string | null;
}

export interface Notice {
  key: string;
  level: 'info' | 'warning' | 'danger';
  title: string | null;
  message: string;
}

/** An `error` event of the running turn. */
export interface StreamError {
  code: string;
  message: string | null;
  allowRetry: boolean;
}

export interface Transcript {
  /** Null until the server has created the thread. */
  thread: ThreadMetadata | null;
  /** Oldest first. */
  items: readonly ThreadItem[];
  /** Announced and not yet done. */
  open: ReadonlySet<string>;
  /** Id of the user message that the server has not confirmed yet. */
  unconfirmed: string | null;
  /** What the unconfirmed message takes the place of, oldest first: it comes back when that is not confirmed. */
  setAside: readonly ThreadItem[];
  /** Server id → the key its bubble already had, so that a confirmed message keeps its place on screen. */
  keys: Readonly<Record<string, string>>;
  progress: Progress | null;
  /** Item id → 0…1. */
  imageProgress: Readonly<Record<string, number>>;
  notices: readonly Notice[];
  error: StreamError | null;
  /** From `stream_options`; null before the server said so. */
  allowCancel: boolean | null;
}

export const EMPTY_TRANSCRIPT: Transcript = {
  thread: null,
  items: [],
  open: new Set(),
  unconfirmed: null,
  setAside: [],
  keys: {},
  progress: null,
  imageProgress: {},
  notices: [],
  error: null,
  allowCancel: null,
};

/** The state after one stream event. Events about unknown items change nothing. */
export function applyEvent(state: Transcript, event: ThreadStreamEvent): Transcript {
  switch (event.type) {
    case 'thread.created':
    case 'thread.updated': {
      const { items: _items, ...thread } = event.thread;
      return { ...state, thread };
    }
    case 'thread.item.added':
      if (isHiddenItem(event.item)) return state;
      return { ...putItem(state, event.item), open: new Set(state.open).add(event.item.id), progress: null };
    case 'thread.item.done': {
      if (isHiddenItem(event.item)) return removeItem(state, event.item.id);
      const closed = { ...state, open: without(state.open, event.item.id), progress: null };
      return event.item.type === 'user_message' ? confirm(closed, event.item) : putItem(closed, event.item);
    }
    case 'thread.item.replaced':
      if (isHiddenItem(event.item)) return removeItem(state, event.item.id);
      return putItem({ ...state, open: without(state.open, event.item.id) }, event.item);
    case 'thread.item.removed':
      return removeItem(state, event.item_id);
    case 'thread.item.updated':
      return updateItem(state, event.item_id, event.update);
    case 'stream_options':
      return { ...state, allowCancel: event.stream_options.allow_cancel };
    case 'progress_update':
      return { ...state, progress: { text: event.text, icon: event.icon ?? null } };
    case 'notice': {
      const { level, message, title } = event;
      const key = `notice-${state.notices.length}`;
      return { ...state, notices: [...state.notices, { key, level, message, title: title ?? null }] };
    }
    case 'error': {
      const { code, message, allow_retry } = event;
      return { ...state, progress: null, error: { code, message: message ?? null, allowRetry: allow_retry } };
    }
    case 'client_effect':
      return state;
  }
}

/** Shows a message before the server has confirmed it. */
export function addUnconfirmed(state: Transcript, message: UserMessageItem): Transcript {
  return { ...startTurn(state), items: [...state.items, message], unconfirmed: message.id };
}

/** Shows an edited message in the place of an earlier one and of all that followed, before the server has confirmed it. */
export function replaceUnconfirmed(state: Transcript, itemId: string, message: UserMessageItem): Transcript {
  const index = state.items.findIndex((item) => item.id === itemId);
  const from = index < 0 ? state.items.length : index;
  const before = { ...state, items: state.items.slice(0, from) };
  return { ...addUnconfirmed(before, message), setAside: state.items.slice(from) };
}

/** Takes an unconfirmed message back, and brings back what it replaced; does nothing once it is confirmed. */
export function dropUnconfirmed(state: Transcript): Transcript {
  const { unconfirmed, setAside } = state;
  if (unconfirmed === null) return state;
  const left = removeItem(state, unconfirmed);
  return { ...left, items: [...left.items, ...setAside], unconfirmed: null, setAside: [] };
}

/** Clears what belonged to the turn before. */
export function startTurn(state: Transcript): Transcript {
  return { ...state, error: null, progress: null, notices: [], allowCancel: null };
}

/**
 * The end of a turn for whatever reason: nothing streams any more. Announced answers without a word, images without a
 * picture and tasks that never came are dropped, text stays.
 */
export function endTurn(state: Transcript): Transcript {
  const items = state.items.filter((item) => !state.open.has(item.id) || hasSubstance(item));
  return { ...state, items, open: new Set(), progress: null, imageProgress: {} };
}

/** Removes everything after an item (protocol §2.7: the server sends no removals on retry). */
export function truncateAfter(state: Transcript, itemId: string): Transcript {
  const index = state.items.findIndex((item) => item.id === itemId);
  return index < 0 ? state : { ...state, items: state.items.slice(0, index + 1) };
}

/** Puts an older page in front; items that are already there are not repeated. */
export function prependItems(state: Transcript, older: readonly ThreadItem[]): Transcript {
  const known = new Set(state.items.map((item) => item.id));
  return { ...state, items: [...older.filter((item) => !known.has(item.id)), ...state.items] };
}

/**
 * What the server has now, after a break: its items replace ours from the first one that both know; partial text that
 * only we have (it had not been stored yet) stays at the end.
 */
export function resync(state: Transcript, thread: ThreadMetadata, newest: readonly ThreadItem[]): Transcript {
  const theirs = new Set(newest.map((item) => item.id));
  const first = newest[0];
  const from = first === undefined ? 0 : state.items.findIndex((item) => item.id === first.id);
  const before = from > 0 ? state.items.slice(0, from) : [];
  const partial = state.items.filter(
    (item) => state.open.has(item.id) && !theirs.has(item.id) && hasSubstance(item),
  );
  const ours = new Set([...state.items, ...state.setAside].map((item) => item.id));
  const confirmed = newest.findLast((item) => item.type === 'user_message' && !ours.has(item.id));
  const wasUnconfirmed = state.items.find((item) => item.id === state.unconfirmed);
  const arrived = sameText(confirmed, wasUnconfirmed) ? confirmed : undefined;
  const kept = arrived === undefined && wasUnconfirmed !== undefined ? [wasUnconfirmed] : [];
  return {
    ...state,
    thread,
    items: [...before, ...newest, ...kept, ...partial],
    unconfirmed: arrived === undefined ? state.unconfirmed : null,
    // The server has said whether it is still there.
    setAside: [],
    keys:
      arrived === undefined || state.unconfirmed === null
        ? state.keys
        : { ...state.keys, [arrived.id]: state.unconfirmed },
  };
}

function sameText(a: ThreadItem | undefined, b: ThreadItem | undefined): boolean {
  if (a?.type !== 'user_message' || b?.type !== 'user_message') return false;
  return JSON.stringify(a.content) === JSON.stringify(b.content);
}

function confirm(before: Transcript, item: UserMessageItem): Transcript {
  const { unconfirmed } = before;
  const state = { ...before, setAside: [] };
  if (unconfirmed === null || unconfirmed === item.id) return putItem({ ...state, unconfirmed: null }, item);
  const items = state.items.map((known) => (known.id === unconfirmed ? item : known));
  return { ...state, items, unconfirmed: null, keys: { ...state.keys, [item.id]: unconfirmed } };
}

function putItem(state: Transcript, item: ThreadItem): Transcript {
  const index = state.items.findIndex((known) => known.id === item.id);
  const items = index < 0 ? [...state.items, item] : state.items.with(index, item);
  return { ...state, items };
}

function removeItem(known: Transcript, id: string): Transcript {
  const state = known.setAside.some((item) => item.id === id)
    ? { ...known, setAside: known.setAside.filter((item) => item.id !== id) }
    : known;
  if (!state.items.some((item) => item.id === id)) return state;
  const items = state.items.filter((item) => item.id !== id);
  return { ...state, items, open: without(state.open, id) };
}

function updateItem(
  state: Transcript,
  id: string,
  update: Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>['update'],
): Transcript {
  const index = state.items.findLastIndex((item) => item.id === id);
  const item = state.items[index];
  if (item === undefined) return state;
  const updated = applyItemUpdate(item, update);
  const imageProgress =
    update.type === 'generated_image.updated' && typeof update.progress === 'number'
      ? { ...state.imageProgress, [id]: Math.min(1, Math.max(0, update.progress)) }
      : state.imageProgress;
  if (updated === item && imageProgress === state.imageProgress) return state;
  const progress = update.type.startsWith('assistant_message.') ? null : state.progress;
  return { ...state, items: state.items.with(index, updated), imageProgress, progress };
}

function hasSubstance(item: ThreadItem): boolean {
  if (item.type === 'assistant_message') return item.content.some((part) => part.text.trim() !== '');
  if (item.type === 'generated_image') return item.image !== undefined && item.image !== null;
  if (item.type === 'workflow') return item.workflow.tasks.length > 0;
  return true;
}

function without(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  if (!set.has(id)) return set;
  const copy = new Set(set);
  copy.delete(id);
  return copy;
}
