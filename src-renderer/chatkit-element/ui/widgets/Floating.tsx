import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { type Placing, placeMenu } from '../pickers/place-menu.ts';

interface FloatingProps extends Placing {
  /** What it belongs to, and what has the focus again when it closes by a key. */
  anchor: RefObject<HTMLElement | null>;
  /** Accessible name. */
  label: string;
  onClose(): void;
  children: ReactNode;
}

/**
 * A dialog in the top layer, so that no card cuts it off. Mount it to open it. It closes on Escape, on a press elsewhere,
 * and when the focus goes elsewhere.
 */
export function Floating({ anchor, label, side, align, onClose, children }: FloatingProps) {
  const box = useRef<HTMLDivElement>(null);
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
    return () => {
      stop.abort();
      observer.disconnect();
    };
  }, [anchor, side, align]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    anchor.current?.focus();
    onClose();
  }

  return (
    <div
      ref={box}
      role="dialog"
      aria-label={label}
      popover="manual"
      className="ckw-floating"
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget === null || relatedTarget === anchor.current) return;
        if (!currentTarget.contains(relatedTarget)) onClose();
      }}
    >
      {children}
    </div>
  );
}
