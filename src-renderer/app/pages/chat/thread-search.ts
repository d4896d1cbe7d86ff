import { MAX_QUERY } from '../../../../src-shared/api/index.ts';
import type { Api } from '../../api/api.ts';
import type { ApiFailure } from '../../api/failure.ts';

/** The chat element's own option `search` (docs/element.md). */
export interface ThreadSearch {
  find(query: string, how: { readonly signal: AbortSignal }): Promise<unknown>;
}

/** Finds the person's conversations through the server, which has all of them. */
export function threadSearch(api: Pick<Api, 'search'>): ThreadSearch {
  return {
    async find(query, { signal }) {
      const result = await api.search(query.slice(0, MAX_QUERY), signal);
      if (!result.ok) throw notFound(result.failure);
      return result.value.map(({ thread_id, title, created_at, item_id, items_after, excerpt }) => ({
        threadId: thread_id,
        title,
        createdAt: created_at,
        itemId: item_id,
        itemsAfter: items_after,
        excerpt,
      }));
    },
  };
}

/** The element tells refusals by their status; without one, the server could not be reached. */
function notFound(failure: ApiFailure): Error {
  const status = failure.kind === 'unreachable' ? {} : { status: failure.status };
  return Object.assign(new Error(`search failed (${failure.kind})`), status);
}
