/** Searching the conversations by their words: the host finds, this asks it and keeps what it answered. */
import type { ChatKitError } from '../errors.ts';
import { createStore, type ReadableStore, type Store } from '../state/store.ts';
import { type FoundThread, type HistoryFinder, readFound, searchError } from './found-threads.ts';

/** After the last key, in milliseconds: who types asks for nothing yet. */
export const PAUSE_MS = 150;
/** Fewer characters than this match everything. */
const LEAST = 2;
/** In these scripts one character is a word. */
const WORD_IN_ONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** What was found for a query; each thread stands in it once. */
export interface Found {
  query: string;
  threads: readonly FoundThread[];
}

/** `off`: nothing is looked for. `searching`: with what was found before, null the first time. */
export type SearchProgress =
  | { kind: 'off' }
  | { kind: 'searching'; before: Found | null }
  | { kind: 'found'; found: Found }
  | { kind: 'failed'; error: ChatKitError };

/** The field of the search, and what came of it. */
export interface SearchState {
  /** As it is typed. */
  query: string;
  progress: SearchProgress;
}

export interface HistorySearchSetup {
  /** The host's search, looked up for each question; undefined where it has none. */
  finder(): HistoryFinder | undefined;
  /** The host could not answer, or answered something else. */
  failed(error: ChatKitError): void;
}

/** One search of the history. Its state outlives the view, so that whoever comes back finds it as it was. */
export class HistorySearch {
  readonly state: ReadableStore<SearchState>;
  readonly #store: Store<SearchState> = createStore<SearchState>({ query: '', progress: { kind: 'off' } });
  readonly #setup: HistorySearchSetup;
  /** Threads that were deleted here: an answer under way may still name them. */
  readonly #gone = new Set<string>();
  #question = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(setup: HistorySearchSetup) {
    this.#setup = setup;
    this.state = this.#store;
  }

  /** Takes over what is typed, and asks for it after {@link PAUSE_MS}; too little of it ends the search. */
  type(query: string) {
    const { query: before, progress } = this.#store.get();
    this.#store.update((state) => ({ ...state, query }));
    const wanted = query.trim();
    if (!isEnough(wanted)) {
      this.#leave();
      this.#show({ kind: 'off' });
      return;
    }
    // A space more or less is the same question.
    if (wanted === before.trim() && progress.kind !== 'off') return;
    this.#begin();
    this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  /** Asks again at once: after a failure, or when the history is opened anew. What is shown stays meanwhile. */
  refresh() {
    if (this.#store.get().progress.kind === 'off') return;
    this.#begin();
    void this.#ask();
  }

  /** A thread was deleted: it is not found any more. */
  forget(threadId: string) {
    this.#gone.add(threadId);
    const without = ({ query, threads }: Found): Found => ({
      query,
      threads: threads.filter((thread) => thread.threadId !== threadId),
    });
    this.#store.update((state) => {
      const { progress } = state;
      if (progress.kind === 'found')
        return { ...state, progress: { kind: 'found', found: without(progress.found) } };
      if (progress.kind !== 'searching' || progress.before === null) return state;
      return { ...state, progress: { kind: 'searching', before: without(progress.before) } };
    });
  }

  dispose() {
    this.#leave();
  }

  /** A new question takes the place of the one under way. */
  #begin() {
    this.#leave();
    this.#show({ kind: 'searching', before: foundIn(this.#store.get().progress) });
  }

  /** Ends the question under way; its answer counts no more. */
  #leave() {
    clearTimeout(this.#timer);
    this.#question.abort();
    this.#question = new AbortController();
  }

  async #ask(): Promise<void> {
    const { signal } = this.#question;
    const query = this.#store.get().query.trim();
    const finder = this.#setup.finder();
    if (finder === undefined) {
      this.#show({ kind: 'off' });
      return;
    }
    try {
      const answer = await finder.find(query, { signal });
      if (signal.aborted) return;
      const threads = readFound(answer).filter(({ threadId }) => !this.#gone.has(threadId));
      this.#show({ kind: 'found', found: { query, threads } });
    } catch (thrown) {
      if (signal.aborted) return;
      const error = searchError(thrown);
      const { progress } = this.#store.get();
      const before = foundIn(progress);
      // Nobody asked for this answer but the view that was opened again: what it shows is still good.
      const isAgain = before?.query === query;
      this.#show(isAgain ? { kind: 'found', found: before } : { kind: 'failed', error });
      this.#setup.failed(error);
    }
  }

  #show(progress: SearchProgress) {
    this.#store.update((state) => ({ ...state, progress }));
  }
}

/** Whether a query, without the spaces around it, is long enough to be looked for. */
export function isEnough(query: string): boolean {
  return [...query].length >= LEAST || WORD_IN_ONE.test(query);
}

/** What there is to show of a search, however far it is. */
export function foundIn(progress: SearchProgress): Found | null {
  if (progress.kind === 'found') return progress.found;
  return progress.kind === 'searching' ? progress.before : null;
}
