import { useCallback } from 'react';
import type { Person } from '../../../../src-shared/api/index.ts';
import type { ApiFailure, ApiResult } from '../../api/failure.ts';
import { useServices } from '../../services.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import { useRested } from '../../ui/use-rested.ts';

/** People that are found at a time: whoever looks for one types more. */
const MOST = 20;

export interface FoundPeople {
  readonly people: readonly Person[];
  /** How many match. */
  readonly total: number;
  /** Not the answer to what was typed last. */
  readonly isLooking: boolean;
  readonly failure: ApiFailure | null;
}

interface Answer {
  readonly query: string;
  readonly people: readonly Person[];
  readonly total: number;
}

/** People by a part of their address, found by the server while somebody types; nobody for an empty text. */
export function useFoundPeople(text: string): FoundPeople {
  const { api } = useServices();
  const query = text.trim().toLowerCase();
  const rested = useRested(query);
  const load = useCallback(async (): Promise<ApiResult<Answer>> => {
    if (rested === '') return { ok: true, value: { query: '', people: [], total: 0 } };
    const result = await api.people.page({ query: rested, limit: MOST });
    if (!result.ok) return result;
    const { people, total } = result.value;
    return { ok: true, value: { query: rested, people, total } };
  }, [api, rested]);
  const { state } = useLoaded(load);

  if (query === '') return { people: [], total: 0, isLooking: false, failure: null };
  switch (state.kind) {
    case 'loading':
      return { people: [], total: 0, isLooking: true, failure: null };
    case 'failed':
      return { people: [], total: 0, isLooking: false, failure: state.failure };
    case 'ready': {
      const { people, total } = state.value;
      return { people, total, isLooking: state.value.query !== query, failure: null };
    }
  }
}
