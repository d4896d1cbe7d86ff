/** The list of threads: paging, renaming, deleting. */
import type { ThreadMetadata } from '../../../src-shared/chatkit/index.ts';
import { type ChatKitError, isAbort, toChatKitError } from '../errors.ts';
import type { ProtocolClient } from '../protocol/client.ts';
import { createStore, type ReadableStore, type Store } from '../state/store.ts';

const PAGE = 30;

export interface HistoryState {
  threads: readonly ThreadMetadata[];
  /** Cursor of the next page, null at the end. */
  after: string | null;
  list: { kind: 'idle' | 'loading' | 'loading-more' | 'ready' } | { kind: 'failed'; error: ChatKitError };
}

export class ThreadHistory {
  readonly state: ReadableStore<HistoryState>;
  readonly #store: Store<HistoryState> = createStore<HistoryState>({
    threads: [],
    after: null,
    list: { kind: 'idle' },
  });
  readonly #client: ProtocolClient;
  #load = new AbortController();

  constructor(client: ProtocolClient) {
    this.#client = client;
    this.state = this.#store;
  }

  /** Reads the list anew; the old one stays on screen meanwhile. */
  reload(): Promise<void> {
    return this.#read(undefined);
  }

  async loadMore(): Promise<void> {
    const { after, list } = this.#store.get();
    if (after === null || list.kind === 'loading' || list.kind === 'loading-more') return;
    await this.#read(after);
  }

  /** Renames on the server first: what the list shows is what is stored. Throws ChatKitError. */
  async rename(threadId: string, title: string): Promise<void> {
    const renamed = await this.#client.renameThread(threadId, title);
    this.#store.update((state) => ({
      ...state,
      threads: state.threads.map((thread) =>
        thread.id === threadId ? { ...thread, title: renamed.title } : thread,
      ),
    }));
  }

  /** Deletes on the server first. Throws ChatKitError. */
  async delete(threadId: string): Promise<void> {
    await this.#client.deleteThread(threadId);
    this.#store.update((state) => ({
      ...state,
      threads: state.threads.filter((thread) => thread.id !== threadId),
    }));
  }

  dispose() {
    this.#load.abort();
  }

  async #read(after: string | undefined): Promise<void> {
    this.#load.abort();
    this.#load = new AbortController();
    const { signal } = this.#load;
    this.#store.update((state) => ({
      ...state,
      list: { kind: after === undefined ? 'loading' : 'loading-more' },
    }));
    try {
      const page = await this.#client.listThreads(
        { limit: PAGE, order: 'desc', ...(after === undefined ? {} : { after }) },
        signal,
      );
      this.#store.update((state) => {
        const before = after === undefined ? [] : state.threads;
        const known = new Set(before.map(({ id }) => id));
        const next = page.has_more ? (page.after ?? null) : null;
        return {
          threads: [...before, ...page.data.filter(({ id }) => !known.has(id))],
          after: next === after ? null : next,
          list: { kind: 'ready' },
        };
      });
    } catch (thrown) {
      if (isAbort(thrown)) return;
      this.#store.update((state) => ({ ...state, list: { kind: 'failed', error: toChatKitError(thrown) } }));
    }
  }
}
