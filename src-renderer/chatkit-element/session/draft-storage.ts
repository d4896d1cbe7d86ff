/** Where drafts are kept when the page is left: the host's own store, or the tab's. */

/** How a draft is saved. */
export interface DraftSaving {
  /** The page is being left: the request must outlive it (`keepalive`). */
  leaving: boolean;
  /** Aborted when a newer state of the same draft goes out before this one has arrived. */
  signal: AbortSignal;
}

/** A place for drafts. Our own option `drafts` (docs/element.md). */
export interface DraftStorage {
  /** Everything that is kept: an object of values by key. Called once, when the element starts. */
  load(): Promise<unknown>;
  /**
   * Keeps a draft until it is replaced; null takes it away. The key is the id of a thread, or '' for the new one. Never
   * called again for a key before the last call for it has ended, unless the page is being left.
   */
  save(key: string, draft: unknown | null, saving: DraftSaving): Promise<void>;
}

/** The place that the option `drafts` names; null for memory alone, the tab's where it is left out. */
export function draftStorageOf(
  option: DraftStorage | 'memory' | undefined,
  url: string,
): DraftStorage | null {
  return option === 'memory' ? null : (option ?? tabStorage(url));
}

/** Part of the keys in the tab's storage. */
const PREFIX = 'openai-chatkit.draft';

/** The `sessionStorage` of the tab, apart for each server: it survives a reload, not the tab. */
function tabStorage(url: string): DraftStorage {
  const prefix = `${PREFIX}:${url}:`;
  return {
    async load() {
      const found: [string, unknown][] = [];
      for (let index = 0; index < sessionStorage.length; index += 1) {
        const key = sessionStorage.key(index);
        if (key === null || !key.startsWith(prefix)) continue;
        const value = parsed(sessionStorage.getItem(key));
        if (value !== undefined) found.push([key.slice(prefix.length), value]);
      }
      return Object.fromEntries(found);
    },
    async save(key, draft) {
      if (draft === null) sessionStorage.removeItem(prefix + key);
      else sessionStorage.setItem(prefix + key, JSON.stringify(draft));
    },
  };
}

function parsed(value: string | null): unknown {
  try {
    return value === null ? undefined : JSON.parse(value);
  } catch {
    return undefined;
  }
}
