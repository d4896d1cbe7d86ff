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
  let expired = false;
  const expire = () => {
    expired = true;
    controller.abort();
  };
  const suspect = () => {
    timer = setTimeout(expire, SECOND_LOOK_MS);
  };
  let timer = setTimeout(suspect, limit);
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    touch(newLimit = limit) {
      limit = newLimit;
      clearTimeout(timer);
      if (!expired) timer = setTimeout(suspect, limit);
    },
    stop() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', follow);
    },
  };
}
