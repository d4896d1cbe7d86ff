/** Aborts when nothing has happened for too long. */
export interface IdleWatch {
  /** Aborts when time runs out, and with the caller's own signal. */
  readonly signal: AbortSignal;
  /** True once time ran out. */
  readonly expired: boolean;
  /** Something happened: start counting again, from now on with another limit when one is given. */
  touch(limitMs?: number): void;
  stop(): void;
}

/** A process that was stopped or busy for long must first look whether something came in meanwhile. */
const SECOND_LOOK_MS = 50;

/**
 * @param caller aborts the watch as well
 */
export function idleWatch(limitMs: number, caller?: AbortSignal | null): IdleWatch {
  const controller = new AbortController();
  const follow = () => controller.abort(caller?.reason);
  if (caller?.aborted === true) follow();
  else caller?.addEventListener('abort', follow, { once: true });
  let limit = limitMs;
  let state: 'watching' | 'suspicious' | 'expired' | 'stopped' = 'watching';
  const expire = () => {
    state = 'expired';
    controller.abort();
  };
  const suspect = () => {
    state = 'suspicious';
    timer = setTimeout(expire, SECOND_LOOK_MS);
  };
  let timer = setTimeout(suspect, limit);
  return {
    signal: controller.signal,
    get expired() {
      return state === 'expired';
    },
    touch(newLimit = limit) {
      if (state === 'expired' || state === 'stopped') return;
      // A stream touches it with each piece: a new timer each time would cost as much as reading the piece.
      if (state === 'watching' && newLimit === limit) {
        timer.refresh();
        return;
      }
      limit = newLimit;
      state = 'watching';
      clearTimeout(timer);
      timer = setTimeout(suspect, limit);
    },
    stop() {
      if (state !== 'expired') state = 'stopped';
      clearTimeout(timer);
      caller?.removeEventListener('abort', follow);
    },
  };
}
