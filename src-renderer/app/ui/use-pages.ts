import { useCallback, useEffect, useRef, useState } from 'react';
import type { ApiFailure, ApiResult } from '../api/failure.ts';
import { useComeBack } from './use-come-back.ts';

/** Some rows of a long list, and where the next ones begin; null when there are no more. */
export interface PageOf<Row, Next> {
  readonly rows: readonly Row[];
  readonly next: Next | null;
}

export type Pages<Row, Next> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure }
  | ({ readonly kind: 'ready' } & PageOf<Row, Next>);

/**
 * A list that grows by a page when somebody asks for it.
 *
 * @param load has to stay the same between renders, as from `useCallback`; when it changes, the list begins anew
 */
export function usePages<Row, Next>(load: (after: Next | null) => Promise<ApiResult<PageOf<Row, Next>>>) {
  const [pages, setPages] = useState<Pages<Row, Next>>({ kind: 'loading' });
  const [isGrowing, setGrowing] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  /** Answers to a list that is not wanted any more are dropped. */
  const wanted = useRef<unknown>(null);

  const begin = useCallback(async () => {
    wanted.current = load;
    setFailure(null);
    const result = await load(null);
    if (wanted.current !== load) return;
    setPages(result.ok ? { kind: 'ready', ...result.value } : { kind: 'failed', failure: result.failure });
  }, [load]);
  useEffect(() => {
    void begin();
    return () => {
      wanted.current = null;
    };
  }, [begin]);

  const more = async () => {
    if (pages.kind !== 'ready' || pages.next === null || isGrowing) return;
    setGrowing(true);
    setFailure(null);
    const result = await load(pages.next);
    setGrowing(false);
    if (wanted.current !== load) return;
    if (!result.ok) setFailure(result.failure);
    else setPages({ kind: 'ready', rows: [...pages.rows, ...result.value.rows], next: result.value.next });
  };
  const retry = () => {
    setPages({ kind: 'loading' });
    void begin();
  };
  useComeBack(() => {
    if (pages.kind === 'failed') retry();
  });
  return { pages, more, isGrowing, failure, reload: begin, retry };
}
