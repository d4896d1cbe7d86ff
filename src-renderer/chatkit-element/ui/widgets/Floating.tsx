import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react';
import type { Placing } from '../pickers/place-menu.ts';
import { useTopLayer } from '../pickers/use-top-layer.ts';

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
  useTopLayer(box, anchor, { side, align }, onClose);

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
