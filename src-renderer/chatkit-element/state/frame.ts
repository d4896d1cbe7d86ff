/** How long to wait for an animation frame that may never come (hidden window), in milliseconds. */
const FALLBACK_MS = 100;

/**
 * Calls follow each other at this distance at least, in milliseconds: every second frame of most screens. Text that
 * streams looks the same, and costs half.
 */
const APART_MS = 30;

/** One pending call at most, at an animation frame soon or, in hidden windows, after a short timer. */
export interface Frame {
  request(): void;
  cancel(): void;
}

export function createFrame(callback: () => void): Frame {
  let raf: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  function cancel() {
    if (raf !== undefined) cancelAnimationFrame(raf);
    clearTimeout(timer);
    raf = undefined;
    timer = undefined;
  }
  function run() {
    cancel();
    last = performance.now();
    callback();
  }
  function look() {
    if (performance.now() - last >= APART_MS) run();
    else raf = requestAnimationFrame(look);
  }
  return {
    request() {
      if (timer !== undefined) return;
      raf = requestAnimationFrame(look);
      timer = setTimeout(run, FALLBACK_MS);
    },
    cancel,
  };
}
