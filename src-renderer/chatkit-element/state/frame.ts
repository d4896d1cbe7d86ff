/** How long to wait for an animation frame that may never come (hidden window), in milliseconds. */
const FALLBACK_MS = 100;

/**
 * Calls follow each other at this distance at least, in milliseconds: 25 times a second, as a film. Text that streams
 * looks the same, and costs half.
 */
export const APART_MS = 40;

/** One pending call at most, at an animation frame soon or, in hidden windows, after a short timer. */
export interface Frame {
  request(): void;
  cancel(): void;
}

/** `apart`: the distance of the next call from the last one, in milliseconds. */
export function createFrame(callback: () => void, apart: () => number): Frame {
  let raf: number | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  function cancel() {
    if (raf !== undefined) cancelAnimationFrame(raf);
    clearTimeout(pause);
    clearTimeout(timer);
    raf = undefined;
    timer = undefined;
  }
  function run() {
    cancel();
    last = performance.now();
    callback();
  }
  function atFrame() {
    raf = requestAnimationFrame(run);
  }
  return {
    request() {
      if (timer !== undefined) return;
      // Not by looking at every frame: each one that is asked for costs, also when nothing changes in it.
      const wait = last + apart() - performance.now();
      if (wait > 0) pause = setTimeout(atFrame, wait);
      else atFrame();
      timer = setTimeout(run, FALLBACK_MS);
    },
    cancel,
  };
}
