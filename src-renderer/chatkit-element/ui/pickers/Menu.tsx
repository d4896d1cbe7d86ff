import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { placeAfter, placeOfTyped, TYPING_MS } from './menu-keys.ts';
import { ABOVE, placeMenu } from './place-menu.ts';
import { useTopLayer } from './use-top-layer.ts';

/** Which item has the focus when a menu opens. */
export type FirstFocus = 'chosen' | 'last';

interface MenuProps {
  id: string;
  /** Accessible name. */
  label: string;
  /** What opened it, and has the focus again when it closes by a key. */
  button: RefObject<HTMLElement | null>;
  first: FirstFocus;
  onClose(): void;
  /** {@link MenuItem}s, in groups or not. */
  children: ReactNode;
}

/**
 * A menu in the top layer, so that neither the chat nor the page around it cuts it off. Mount it to open it. It moves
 * the focus with arrow keys and typed letters, and closes on Escape, Tab, and a press elsewhere.
 */
export function Menu({ id, label, button, first, onClose, children }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const firstFocus = useRef(first);
  useTopLayer(menu, button, ABOVE, onClose);

  useLayoutEffect(() => {
    const element = menu.current;
    if (element === null) return;
    const all = itemsOf(element);
    const chosen = all.find((item) => item.ariaChecked === 'true');
    focus(firstFocus.current === 'last' ? all.at(-1) : (chosen ?? all[0]), 'nearest');
  }, []);

  // The host may take an item, or its button's neighbours, away while the menu is open.
  useEffect(() => {
    const element = menu.current;
    if (element === null) return;
    if (button.current !== null) placeMenu(element, button.current, ABOVE);
    if (activeIn(element) === null) focus(itemsOf(element)[0] ?? element, 'nearest');
  });

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const element = event.currentTarget;
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      button.current?.focus();
      onClose();
      return;
    }
    if (event.key === 'Tab') {
      // From the button, the browser goes on to what comes after or before it.
      button.current?.focus();
      onClose();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = itemsOf(element);
    const from = all.indexOf(activeIn(element) as HTMLElement);
    const now = Date.now();
    const going = typed.current.text !== '' && now - typed.current.at < TYPING_MS;
    let place = placeAfter(event.key, from, all.length);
    if (place === null) {
      if ([...event.key].length !== 1 || (event.key === ' ' && !going)) return;
      typed.current = { text: (going ? typed.current.text : '') + event.key, at: now };
      const labels = all.map((item) => item.querySelector('.ck-menu-label')?.textContent ?? '');
      place = placeOfTyped(typed.current.text, labels, from);
    }
    event.preventDefault();
    if (place !== null) focus(all[place], 'nearest');
  }

  return (
    <div
      ref={menu}
      id={id}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      popover="manual"
      className="ck-menu"
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget === null || relatedTarget === button.current) return;
        if (!currentTarget.contains(relatedTarget)) onClose();
      }}
    >
      {children}
    </div>
  );
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitemradio]')];
}

function activeIn(menu: HTMLElement): Element | null {
  const { activeElement } = menu.getRootNode() as Document | ShadowRoot;
  return activeElement !== null && menu.contains(activeElement) ? activeElement : null;
}

function focus(item: HTMLElement | undefined, block: ScrollLogicalPosition): void {
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block, inline: 'nearest' });
}
