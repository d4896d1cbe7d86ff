/** Reading a thread from the server into its state: the newest part, and pages going back in time. */
import type { ThreadItem } from '../../../src-shared/chatkit/index.ts';
import { isAbort } from '../errors.ts';
import type { ProtocolClient } from '../protocol/client.ts';
import type { Store } from '../state/store.ts';
import { prependItems, resync } from '../state/transcript.ts';
import type { OlderState, SessionState } from './session-state.ts';

/** Items asked for at a time. */
const PAGE = 30;

/** The same where one particular item is looked for; servers give no more at once. */
const FAR_PAGE = 100;
/** So many pages are read for it at most: what is read is drawn. */
const MOST_FAR_PAGES = 5;

/** So many of them are drawn at a time: a whole page would hold up whoever scrolls. */
const SLICE = 4;
/** Between two slices, in milliseconds: each gets a frame of its own. */
const SLICE_MS = 24;

/** What is read from, what is written to, and what ends it. */
export interface ThreadReaderSetup {
  client: Pick<ProtocolClient, 'getThread' | 'listItems'>;
  store: Store<SessionState>;
  signal: AbortSignal;
}

/** Brings the items of one thread into its state. */
export interface ThreadReader {
  /**
   * Reads metadata and the newest items: `atLeast` so many, and all that are on screen when `all` is set.
   */
  refresh(threadId: string, options?: { all?: boolean; atLeast?: number }): Promise<void>;
  /** Loads the page before the oldest item on screen; a failure is part of the state. */
  loadOlder(): Promise<void>;
  /** Loads back to an older item, or as far as is sensible; a failure is part of the state. */
  reach(itemId: string): Promise<void>;
}

/** A reader for one thread. */
export function createThreadReader({ client, store, signal }: ThreadReaderSetup): ThreadReader {
  /** One page going back in time, oldest first. Pages may be short or empty and still have more (protocol §4.1). */
  async function page(threadId: string, limit: number, start: string | undefined) {
    const items: ThreadItem[] = [];
    let after = start;
    for (;;) {
      const params = { limit, order: 'desc' as const, ...(after === undefined ? {} : { after }) };
      const answer = await client.listItems(threadId, params, signal);
      items.unshift(...answer.data.toReversed());
      const next = answer.has_more ? (answer.after ?? undefined) : undefined;
      if (next === undefined || next === after) return { items, after: null };
      if (items.length > 0) return { items, after: next };
      after = next;
    }
  }

  const setOlder = (older: OlderState) => store.update((state) => ({ ...state, older }));
  /** The older page under way. */
  let reading: Promise<void> = Promise.resolve();

  /** Reads one older page and hands it to `show`. Answers whether there was one to read. */
  async function readOlder(
    limit: number,
    show: (items: readonly ThreadItem[]) => Promise<void>,
  ): Promise<boolean> {
    const { older, threadId } = store.get();
    if (threadId === null || (older.kind !== 'more' && older.kind !== 'failed')) return false;
    const { after } = older;
    setOlder({ kind: 'loading', after });
    try {
      const before = await page(threadId, limit, after);
      await show(before.items);
      store.update((state) => ({
        ...state,
        transcript: prependItems(state.transcript, before.items),
        older: olderThan(before.after),
      }));
      return true;
    } catch (thrown) {
      if (!isAbort(thrown)) setOlder({ kind: 'failed', after });
      return false;
    }
  }

  return {
    async refresh(threadId, { all = false, atLeast = 0 } = {}) {
      const { items: shown, setAside } = store.get().transcript;
      const limit = Math.max(PAGE, atLeast, all ? shown.length + setAside.length : 0);
      // Short threads come with the first answer.
      const { thread, items } = await client.getThread(threadId, signal);
      const newest = items.has_more
        ? await page(threadId, limit, undefined)
        : { items: items.data, after: null };
      store.update((state) => ({
        ...state,
        transcript: resync(state.transcript, thread, newest.items),
        older: olderThan(newest.after),
      }));
    },
    async loadOlder() {
      const work = readOlder(PAGE, async (items) => {
        for (let from = items.length - SLICE; from > 0; from -= SLICE) {
          const slice = items.slice(from, from + SLICE);
          store.update((state) => ({ ...state, transcript: prependItems(state.transcript, slice) }));
          await new Promise((resolve) => setTimeout(resolve, SLICE_MS));
          signal.throwIfAborted();
        }
      });
      reading = Promise.all([reading, work]).then(() => {});
      await work;
    },
    async reach(itemId) {
      await reading;
      const isThere = () => store.get().transcript.items.some(({ id }) => id === itemId);
      for (let pages = 0; pages < MOST_FAR_PAGES && !isThere(); pages += 1) {
        // Nobody reads there yet: all of it at once.
        if (!(await readOlder(FAR_PAGE, async () => {}))) return;
      }
    },
  };
}

function olderThan(after: string | null): OlderState {
  return after === null ? { kind: 'none' } : { kind: 'more', after };
}
