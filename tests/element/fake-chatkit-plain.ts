import { type FakeThread, type Json, page, wire } from './fake-chatkit-things.ts';

/** What the endpoint knows. */
export interface Kept {
  readonly threads: Map<string, FakeThread>;
  readonly attachments: ReadonlyMap<string, Json>;
  /** What an action outside of the stream makes of its item. */
  readonly change: ((item: Json) => Json) | undefined;
}

/** The answer to a request that is no stream, null where its thread or file is not there. */
export function plain(
  { type, params }: { readonly type: string; readonly params: Json },
  { threads, attachments, change }: Kept,
): Json | null {
  const thread = threads.get(String(params.thread_id));
  switch (type) {
    case 'attachments.create':
      return attachments.get(`atc_${params.name}`) ?? null;
    case 'attachments.delete':
      return {};
    case 'input.transcribe':
      return { text: ' spoken words ' };
    case 'threads.list': {
      const all = [...threads.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
      return page(all, params, (each) => wire(each));
    }
    case 'threads.get_by_id':
      if (thread === undefined) return null;
      return {
        ...wire(thread),
        items: { data: thread.items.slice(0, 20), has_more: thread.items.length > 20 },
      };
    case 'items.list': {
      if (thread === undefined) return null;
      const items = params.order === 'asc' ? thread.items : thread.items.toReversed();
      return page(items as { id: string }[], params, (each) => each);
    }
    case 'threads.update':
      if (thread === undefined) return null;
      thread.title = String(params.title);
      return wire(thread);
    case 'threads.sync_custom_action': {
      const at = thread?.items.findIndex(({ id }) => id === params.item_id) ?? -1;
      const before = thread?.items[at];
      if (thread === undefined || before === undefined || change === undefined) return {};
      const updated_item = change(before);
      thread.items[at] = updated_item;
      return { updated_item };
    }
    case 'threads.delete':
      threads.delete(String(params.thread_id));
      return {};
    default:
      return {};
  }
}
