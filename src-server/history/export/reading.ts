import { setImmediate } from 'node:timers/promises';
import {
  isHiddenItem,
  type Page,
  type ThreadItem,
  type ThreadMetadata,
} from '../../../src-shared/chatkit/index.ts';
import { NotFoundError, type PageRequest, type Store } from '../../chatkit/index.ts';
import type { RequestContext } from '../../context.ts';

/** What an export reads of a history. */
export type ReadableStore = Pick<
  Store<RequestContext>,
  'loadThread' | 'loadThreads' | 'loadThreadItems' | 'loadAttachment'
>;

/** Read at once. After each page others have their turn: no answer waits longer than that takes. */
const PAGE = 100;

/** All conversations, oldest first. */
export function allThreads(store: ReadableStore, context: RequestContext): AsyncGenerator<ThreadMetadata> {
  return paged((page) => store.loadThreads(page, context), context.signal);
}

/** What a person sees of a conversation, oldest first; ends early when it is deleted meanwhile. */
export async function* visibleItems(
  store: ReadableStore,
  threadId: string,
  context: RequestContext,
): AsyncGenerator<ThreadItem> {
  const items = paged((page) => store.loadThreadItems(threadId, page, context), context.signal);
  try {
    for await (const item of items) if (!isHiddenItem(item)) yield item;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

async function* paged<T>(
  load: (page: PageRequest) => Promise<Page<T>>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  let after: string | null = null;
  for (;;) {
    signal.throwIfAborted();
    const page: Page<T> = await load({ limit: PAGE, after, order: 'asc' });
    await setImmediate();
    yield* page.data;
    if (!page.has_more || page.after == null) return;
    after = page.after;
  }
}
