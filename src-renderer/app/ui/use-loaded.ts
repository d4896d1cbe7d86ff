import { useCallback, useEffect, useState } from 'react';
import type { ApiFailure, ApiResult } from '../api/failure.ts';
import { useComeBack } from './use-come-back.ts';

/** What a page is made of, while it is fetched and afterwards. */
export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure }
  | { readonly kind: 'ready'; readonly value: T };

/**
 * Fetches when the page opens and whenever `load` changes; an answer that was overtaken by a newer request is dropped.
 *
 * @param load has to stay the same between renders, as from `useCallback`
 */
export function useLoaded<T>(load: () => Promise<ApiResult<T>>) {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const [attempt, setAttempt] = useState({ load });
  if (attempt.load !== load) setAttempt({ load });

  useEffect(() => {
    let isWanted = true;
    void attempt.load().then((result) => {
      if (!isWanted) return;
      setState(
        result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', failure: result.failure },
      );
    });
    return () => {
      isWanted = false;
    };
  }, [attempt]);

  /** Fetches again; what is shown stays until the answer is there, unless nothing is. */
  const reload = useCallback(() => {
    setState((before) => (before.kind === 'failed' ? { kind: 'loading' } : before));
    setAttempt(({ load: same }) => ({ load: same }));
  }, []);
  useComeBack(() => {
    if (state.kind === 'failed') reload();
  });
  /** Takes over what a change answered. */
  const replace = useCallback((value: T) => setState({ kind: 'ready', value }), []);
  return { state, reload, replace };
}
