/**
 * Text that streams in comes in bursts: of the network, of the model, of a busy page. It is shown at an even pace that
 * catches up, which also keeps each step of drawing small.
 */
import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** After so long, in milliseconds, about two thirds of what waited are shown; after three times as long, all but a few signs. */
const CATCH_UP_MS = 80;
/** The fewest characters shown at once, so that the last few do not take for ever. */
const FEWEST = 6;
/**
 * The most characters shown at once: more would hold up whoever types meanwhile. Some ten thousand a second, which is
 * more than models write.
 */
const MOST = 600;
/** While nothing new comes, what waits is shown at this distance, in milliseconds: longer than between two deliveries. */
const IDLE_MS = 60;
/** How far apart text is drawn that streams in out of sight, in milliseconds: nobody sees how even its pace is. */
export const UNSEEN_MS = 80;

/** True where text streams in below what is seen. */
export const OutOfSight = createContext(false);

/** How much of the text to show: so much was `shown` that many milliseconds ago. Never ends between the halves of a sign. */
export function nextLength(text: string, shown: number, elapsed: number): number {
  const waiting = text.length - shown;
  if (waiting <= 0) return text.length;
  const share = Math.ceil(waiting * (1 - Math.exp(-Math.max(0, elapsed) / CATCH_UP_MS)));
  const length = Math.min(text.length, shown + Math.min(MOST, Math.max(share, FEWEST)));
  const code = text.charCodeAt(length - 1);
  return code >= 0xd800 && code <= 0xdbff ? Math.min(text.length, length + 1) : length;
}

/**
 * The part of a growing text to show now. All of it as soon as it does not grow any more, when it was there from the
 * beginning, and in windows that nobody sees, where timers are slow.
 */
export function useSmoothText(text: string, growing: boolean): string {
  const idle = useContext(OutOfSight) ? 2 * UNSEEN_MS : IDLE_MS;
  const [, again] = useState(0);
  const last = useRef({ length: text.length, at: performance.now() });
  const now = performance.now();
  const isSmooth = growing && document.visibilityState === 'visible';
  // Drawn anew without time having passed, the same is shown.
  const length = isSmooth ? nextLength(text, last.current.length, now - last.current.at) : text.length;
  useLayoutEffect(() => {
    last.current = { length, at: now };
  });
  useEffect(() => {
    if (length >= text.length) return;
    const timer = setTimeout(() => again((count) => count + 1), idle);
    return () => clearTimeout(timer);
  });
  return length >= text.length ? text : text.slice(0, length);
}
