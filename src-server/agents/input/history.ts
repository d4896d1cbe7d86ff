/** The part of a thread that a model gets to see. */
import type { ThreadItem } from '../../../src-shared/chatkit/index.ts';
import type { Store } from '../../chatkit/store.ts';

const PAGE = 50;

export interface HistoryBudget {
  readonly items: number;
  readonly characters: number;
}

export interface History {
  /** Oldest first. */
  readonly items: ThreadItem[];
  /** Characters of these items, as counted for the budget. */
  readonly characters: number;
}

/**
 * Loads the newest items within the budget; the newest message is there whatever its length. What is left begins with
 * a message of the user where there is one: some models refuse anything else.
 *
 * @param newest the message that is being answered, which need not be in the store yet; null when there is none
 * @param begins nothing comes before `newest`; the store is not asked
 */
export async function loadHistory<Context>(
  store: Store<Context>,
  threadId: string,
  budget: HistoryBudget,
  context: Context,
  newest: ThreadItem | null,
  begins = false,
): Promise<History> {
  if (begins && newest !== null) return { items: [newest], characters: sizeOf(newest) };
  const newestFirst: { readonly item: ThreadItem; readonly size: number }[] = [];
  let characters = 0;
  let after: string | null = null;
  pages: for (;;) {
    const limit = Math.min(PAGE, budget.items - newestFirst.length);
    if (limit <= 0) break;
    const page = await store.loadThreadItems(threadId, { limit, after, order: 'desc' }, context);
    const first = after === null && newest !== null;
    const items = first ? [newest, ...page.data.filter(({ id }) => id !== newest.id)] : page.data;
    for (const item of items) {
      const size = sizeOf(item);
      const asked = newestFirst.some((kept) => kept.item.type === 'user_message');
      const full = newestFirst.length === budget.items || characters + size > budget.characters;
      if (asked && full) break pages;
      characters += size;
      newestFirst.push({ item, size });
    }
    if (!page.has_more || page.data.length === 0) break;
    after = page.after ?? page.data.at(-1)?.id ?? null;
  }
  const kept = newestFirst.reverse();
  const question = kept.findIndex(({ item }) => item.type === 'user_message');
  const sent = kept.slice(Math.max(question, 0));
  return {
    items: sent.map(({ item }) => item),
    characters: sent.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Characters an item will cost, roughly; thoughts are not sent. */
function sizeOf(item: ThreadItem): number {
  switch (item.type) {
    case 'user_message':
      return sum(item.content.map((part) => part.text)) + (item.quoted_text?.length ?? 0);
    case 'assistant_message':
      return sum(item.content.map((part) => part.text));
    case 'end_of_turn':
      return 0;
    case 'workflow':
      return JSON.stringify(item.workflow.tasks.filter((task) => task.type === 'custom')).length;
    default:
      return JSON.stringify(item).length;
  }
}

function sum(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + text.length, 0);
}
