/**
 * The scroll rules of the transcript. A thread opens at its end. A new question goes to the top of the window and the
 * answer fills the space below; nothing moves by itself after that, unless the host asked to follow
 * (`thread.autoScroll`) or the reader jumped to the end. Scrolling up always lets go. Older pages come in above without
 * moving what is read.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** This near to the end counts as being there, in pixels. */
const NEAR_END = 48;
/** This near to the beginning asks for older items, in pixels. */
const NEAR_START = 400;
/** Space above a question that was brought to the top, in pixels. */
const TOP_GAP = 16;

export interface ScrollSetup {
  /** Changes when another thread is shown. */
  owner: unknown;
  /** First item on screen; changes when an older page arrives. */
  firstItem: string | undefined;
  /** Counts turns started here: each brings the last turn into view. */
  turnsStarted: number;
  /** Follow the end while a response streams. */
  autoScroll: boolean;
  running: boolean;
  onNearStart(): void;
}

export interface Scroll {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** Stands right after the last item, before any reserved space. */
  end: RefObject<HTMLDivElement | null>;
  /** The end is out of sight. */
  away: boolean;
  jump(): void;
  onScroll(): void;
}

export function useScroll(setup: ScrollSetup): Scroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(setup);
  latest.current = setup;
  const follow = useRef(true);
  const lastTop = useRef(0);
  const first = useRef<{ item: string; offset: number } | null>(null);
  const [away, setAway] = useState(false);

  function toEnd(behavior: ScrollBehavior) {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior });
  }

  function measure() {
    const box = scroller.current;
    if (box === null) return;
    const below = (end.current?.getBoundingClientRect().top ?? 0) - box.getBoundingClientRect().bottom;
    setAway(below > NEAR_END);
  }

  function remember() {
    const { firstItem } = latest.current;
    const offset = firstItem === undefined ? null : offsetOf(scroller.current, firstItem);
    first.current = firstItem === undefined || offset === null ? null : { item: firstItem, offset };
  }

  // Another thread: at its end, and staying there until the reader moves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the thread changes, not when its content does
  useLayoutEffect(() => {
    follow.current = true;
    first.current = null;
    toEnd('instant');
    measure();
  }, [setup.owner]);

  // An older page: what was read stays where it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the first item changes
  useLayoutEffect(() => {
    const before = first.current;
    const box = scroller.current;
    const after = before === null ? null : offsetOf(box, before.item);
    if (box !== null && before !== null && after !== null && before.item !== setup.firstItem) {
      box.scrollTop += after - before.offset;
    }
    remember();
  }, [setup.firstItem]);

  // A new turn: its question at the top, or the end when following.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when a turn starts
  useLayoutEffect(() => {
    if (setup.turnsStarted === 0) return;
    follow.current = latest.current.autoScroll;
    const turn = [...(content.current?.querySelectorAll<HTMLElement>('[data-turn]') ?? [])].at(-1);
    const behavior: ScrollBehavior = reducedMotion() ? 'instant' : 'smooth';
    if (follow.current || turn === undefined) toEnd(behavior);
    else scroller.current?.scrollTo({ top: turn.offsetTop - TOP_GAP, behavior });
  }, [setup.turnsStarted]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      box.style.setProperty('--ck-window', `${box.clientHeight}px`);
      if (follow.current) toEnd('instant');
      remember();
      measure();
    });
    observer.observe(box);
    if (content.current !== null) observer.observe(content.current);
    return () => observer.disconnect();
  });

  return {
    scroller,
    content,
    end,
    away,
    jump() {
      follow.current = true;
      toEnd(reducedMotion() ? 'instant' : 'smooth');
    },
    onScroll() {
      const box = scroller.current;
      if (box === null) return;
      const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
      if (box.scrollTop < lastTop.current - 1 && !atEnd) follow.current = false;
      else if (atEnd && (latest.current.autoScroll || !latest.current.running)) follow.current = true;
      lastTop.current = box.scrollTop;
      if (box.scrollTop < NEAR_START) latest.current.onNearStart();
      remember();
      measure();
    },
  };
}

/** Distance of an item from the top of the scrolled content; null when it is not on screen. */
function offsetOf(box: HTMLElement | null, item: string): number | null {
  const element = box?.querySelector(`[data-item="${CSS.escape(item)}"]`);
  if (!box || !element) return null;
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
}

function reducedMotion(): boolean {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
}
