/** How long to wait for an animation frame that may never come (hidden window), in milliseconds. */
const FALLBACK_MS = 100;

/** One pending call at most, at the next animation frame or, in hidden windows, after a short timer. */
export interface Frame {
  request(): void;
  cancel(): void;
}

export function createFrame(callback: () => void): Frame {
  let raf: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function cancel() {
    if (raf !== undefined) cancelAnimationFrame(raf);
    clearTimeout(timer);
    raf = undefined;
    timer = undefined;
  }
  function run() {
    cancel();
    callback();
  }
  return {
    request() {
      if (timer !== undefined) return;
      raf = requestAnimationFrame(run);
      timer = setTimeout(run, FALLBACK_MS);
    },
    cancel,
  };
}
