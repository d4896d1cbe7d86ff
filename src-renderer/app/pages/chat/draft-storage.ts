import { NEW_THREAD_KEY } from '../../../../src-shared/api/index.ts';
import type { DraftsApi, SavingDraft } from '../../api/drafts.ts';
import type { ApiResult } from '../../api/failure.ts';

/** The chat element's own option `drafts` (docs/element.md): its key '' is the thread that does not exist yet. */
export interface DraftStorage {
  load(): Promise<unknown>;
  save(key: string, draft: unknown | null, saving: SavingDraft): Promise<void>;
}

/** Drafts in the encrypted history of the person, instead of in the clear in the browser's profile. */
export function draftStorage(api: DraftsApi): DraftStorage {
  const name = (key: string) => (key === '' ? NEW_THREAD_KEY : key);
  return {
    async load() {
      const result = await api.drafts();
      if (!result.ok) throw notDone('load', result);
      const { [NEW_THREAD_KEY]: fresh, ...threads } = result.value;
      return fresh === undefined ? threads : { ...threads, '': fresh };
    },
    async save(key, draft, saving) {
      const result = await (draft === null
        ? api.removeDraft(name(key), saving)
        : api.saveDraft(name(key), draft, saving));
      // A thread that is gone takes its draft with it.
      if (!result.ok && !(result.failure.kind === 'refused' && result.failure.status === 404)) {
        throw notDone('save', result);
      }
    },
  };
}

function notDone(what: string, { failure }: Extract<ApiResult<unknown>, { ok: false }>): Error {
  const why = failure.kind === 'refused' ? failure.code : failure.kind;
  return new Error(`drafts: ${what} failed (${why})`);
}
