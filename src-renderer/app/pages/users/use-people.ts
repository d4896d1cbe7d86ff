import { useCallback, useRef, useState } from 'react';
import {
  MAX_PEOPLE_PAGE,
  type PeoplePage,
  type PersonState,
  type Role,
} from '../../../../src-shared/api/index.ts';
import type { ApiFailure, ApiResult } from '../../api/failure.ts';
import type { PeopleApi } from '../../api/people.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { useRested } from '../../ui/use-rested.ts';

/** Whom to show; an empty text and `null` leave everybody in. */
export interface PeopleFilter {
  readonly query: string;
  readonly role: Role | null;
  readonly status: PersonState | null;
}

export const EVERYBODY: PeopleFilter = { query: '', role: null, status: null };

/** How many are shown at first, and added with each step. */
const STEP = 50;

/** People who match, a step at a time. What is shown stays until something newer is there. */
export function usePeople(api: Pick<PeopleApi, 'page'>, filter: PeopleFilter) {
  const query = useRested(filter.query.trim());
  const { role, status } = filter;
  /** How many are wanted; a change of the filter begins anew. */
  const wanted = useRef(STEP);
  const load = useCallback(() => {
    const looked = { query, ...(role !== null && { role }), ...(status !== null && { status }) };
    return loadUpTo(api, looked, wanted.current);
  }, [api, query, role, status]);
  const filtered = useRef(load);
  if (filtered.current !== load) {
    filtered.current = load;
    wanted.current = STEP;
  }
  const { state, reload, replace } = useLoaded(load);
  const [more, setMore] = useState<{ busy: boolean; failure: ApiFailure | null }>({
    busy: false,
    failure: null,
  });

  const showMore = async () => {
    if (more.busy) return;
    setMore({ busy: true, failure: null });
    wanted.current += STEP;
    const result = await load();
    setMore({ busy: false, failure: result.ok ? null : result.failure });
    if (result.ok) {
      // A filter that was changed meanwhile has its own answer.
      if (filtered.current === load) replace(result.value);
    } else wanted.current -= STEP;
  };

  return { state, reload, showMore, more };
}

/** @param before what is loaded already; the rest is added to it */
async function loadUpTo(
  api: Pick<PeopleApi, 'page'>,
  looked: { query: string; role?: Role; status?: PersonState },
  wanted: number,
  before: PeoplePage | null = null,
): Promise<ApiResult<PeoplePage>> {
  const have = before?.people ?? [];
  const limit = Math.min(MAX_PEOPLE_PAGE, wanted - have.length);
  const after = before?.next ?? null;
  const result = await api.page({ ...looked, limit, ...(after !== null && { after }) });
  if (!result.ok) return result;
  const page = { ...result.value, people: [...have, ...result.value.people] };
  const isEnough = page.next === null || page.people.length >= wanted;
  return isEnough ? { ok: true, value: page } : loadUpTo(api, looked, wanted, page);
}
