import { draftsSchema, type KeptDraft } from '../../../src-shared/api/index.ts';
import type { ApiResult } from './failure.ts';
import { send, type Transport } from './request.ts';

/** Bodies up to this size, in bytes, may outlive their page; browsers refuse larger ones. */
const KEEPALIVE_BYTES = 60_000;

/** How a draft is sent on its way. */
export interface SavingDraft {
  /** The page is being left. */
  readonly leaving: boolean;
  readonly signal: AbortSignal;
}

/** The drafts of the person who is signed in. */
export interface DraftsApi {
  /** All drafts by key; what is being saved arrives first. */
  drafts(): Promise<ApiResult<Record<string, KeptDraft>>>;
  saveDraft(key: string, draft: unknown, saving: SavingDraft): Promise<ApiResult<void>>;
  removeDraft(key: string, saving: SavingDraft): Promise<ApiResult<void>>;
  /** Resolves when nothing is being saved any more. */
  draftsSettled(): Promise<void>;
}

const allSchema = draftsSchema.transform(({ drafts }) => drafts);

/** The part of the client that is about drafts. */
export function createDraftsApi(transport: Transport): DraftsApi {
  const underWay = new Set<Promise<unknown>>();
  const path = (key: string) => `/api/drafts/${encodeURIComponent(key)}`;
  function tracked<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }
  return {
    async draftsSettled() {
      await Promise.allSettled(underWay);
    },
    async drafts() {
      await Promise.all(underWay);
      return send(transport, { method: 'GET', path: '/api/drafts', answer: allSchema });
    },
    saveDraft(key, draft, { leaving, signal }) {
      const small = new TextEncoder().encode(JSON.stringify(draft)).length <= KEEPALIVE_BYTES;
      const keepalive = leaving && small;
      const call = { method: 'PUT' as const, path: path(key), body: draft, answer: null, signal, keepalive };
      return tracked(send<void>(transport, call));
    },
    removeDraft(key, { leaving, signal }) {
      const call = { method: 'DELETE' as const, path: path(key), answer: null, signal, keepalive: leaving };
      return tracked(send<void>(transport, call));
    },
  };
}
