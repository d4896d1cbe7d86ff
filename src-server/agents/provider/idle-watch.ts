/** Aborts when nothing has happened for too long. */
export interface IdleWatch {
  readonly signal: AbortSignal;
  /** True once time ran out. */
  readonly expired: boolean;
  /** Something happened: start counting again, from now on with another limit when one is given. */
  touch(limitMs?: number): void;
  stop(): void;
}

export function idleWatch(limitMs: number): IdleWatch {
  const controller = new AbortController();
  let limit = limitMs;
  let expired = false;
  const expire = () => {
    expired = true;
    controller.abort();
  };
  let timer = setTimeout(expire, limit);
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    touch(newLimit) {
      if (newLimit === undefined || newLimit === limit) {
        timer.refresh();
        return;
      }
      limit = newLimit;
      clearTimeout(timer);
      timer = setTimeout(expire, limit);
    },
    stop: () => clearTimeout(timer),
  };
}
