import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type Placing, placeMenu } from './place-menu.ts';

/**
 * Shows a part that was just mounted in the top layer, where neither the chat nor the page around it cuts it off, and
 * keeps it beside its anchor while either of them moves or grows. A press elsewhere calls `onClose`.
 */
export function useTopLayer(
  box: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
  { side, align }: Placing,
  onClose: () => void,
): void {
  const close = useRef(onClose);
  useLayoutEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.showPopover?.();
    const settle = () => {
      if (anchor.current !== null) placeMenu(element, anchor.current, { side, align });
    };
    settle();
    const stop = new AbortController();
    const anywhere = { capture: true, signal: stop.signal };
    const onPress = (event: Event) => {
      const path = event.composedPath();
      if (!path.includes(element) && !(anchor.current && path.includes(anchor.current))) close.current();
    };
    document.addEventListener('pointerdown', onPress, anywhere);
    document.addEventListener('scroll', settle, { ...anywhere, passive: true });
    window.addEventListener('resize', settle, { signal: stop.signal });
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    // Its own height is held by the place it was given; what is in it may want more.
    for (const child of element.children) observer.observe(child);
    if (anchor.current !== null) observer.observe(anchor.current);
    return () => {
      stop.abort();
      observer.disconnect();
    };
  }, [box, anchor, side, align]);
}
