import { useCallback, useEffect, useState } from 'react';
import type { ApiFailure, ApiResult } from '../api/failure.ts';
import { useComeBack } from './use-come-back.ts';
import type { Loaded } from './use-loaded.ts';

/** Often enough that a bar moves, seldom enough that it costs nothing. */
const LOOK_EVERY_MS = 400;

/**
 * Looks at something that changes by itself, again and again while it does.
 *
 * @param load has to stay the same between renders
 * @param isMoving whether another look is worth it; has to stay the same too
 */
export function useWatched<T>(load: () => Promise<ApiResult<T>>, isMoving: (value: T) => boolean) {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const take = useCallback((result: ApiResult<T>) => {
    setFailure(result.ok ? null : result.failure);
    setState((before) => {
      if (result.ok) return { kind: 'ready', value: result.value };
      // What is known stays: the work goes on whether anybody can look at it or not.
      return before.kind === 'ready' ? before : { kind: 'failed', failure: result.failure };
    });
  }, []);

  useEffect(() => {
    let isWanted = true;
    void load().then((result) => isWanted && take(result));
    return () => {
      isWanted = false;
    };
  }, [load, take]);

  const moves = state.kind === 'ready' && isMoving(state.value);
  useEffect(() => {
    if (!moves) return;
    let timer: ReturnType<typeof setTimeout>;
    let isWanted = true;
    const look = async () => {
      const result = await load();
      if (!isWanted) return;
      take(result);
      timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [moves, load, take]);

  const reload = () => void load().then(take);
  useComeBack(() => {
    if (failure !== null) reload();
  });
  return { state, failure, take, reload };
}
