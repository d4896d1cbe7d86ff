import { useRef, useState } from 'react';
import type { ApiFailure, ApiResult } from '../api/failure.ts';

/** The state of one kind of request that a form sends. */
export interface RequestState {
  readonly busy: boolean;
  readonly failure: ApiFailure | null;
  /** Sends, unless one is under way (then null): a double click must not create two accounts. */
  run<T>(send: () => Promise<ApiResult<T>>): Promise<ApiResult<T> | null>;
}

/** Keeps track of whether a request is under way and how the last one failed. */
export function useRequest(): RequestState {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const underWay = useRef(false);
  return {
    busy,
    failure,
    async run(send) {
      if (underWay.current) return null;
      underWay.current = true;
      setBusy(true);
      setFailure(null);
      const result = await send();
      underWay.current = false;
      setBusy(false);
      if (!result.ok) setFailure(result.failure);
      return result;
    },
  };
}
