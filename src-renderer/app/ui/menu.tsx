import {
  createContext,
  type ReactElement,
  type ReactNode,
  type RefObject,
  use,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { IconName } from './icon.tsx';

export interface MenuProps {
  /** The button that opens the menu. */
  readonly trigger: ReactElement;
  /** Set to that button, for giving the focus back after a dialog. */
  readonly triggerRef?: RefObject<HTMLButtonElement | null>;
  /** Where the menu opens, seen from the button. */
  readonly side: 'bottom' | 'right';
  readonly align: 'start' | 'end';
  readonly header?: ReactNode;
  readonly children: ReactNode;
}

/** What really draws menus; large, so it loads after the page stands. */
type Parts = typeof import('./menu-parts.tsx');

const LoadedParts = createContext<Parts | null>(null);

/**
 * A menu of actions: arrow keys, typing, Escape, focus back on its button. Its button stands at once; what opens loads
 * when the page has nothing else to do, at the latest when the button is pressed.
 */
export function Menu(props: MenuProps) {
  const [parts, setParts] = useState<Parts | null>(null);
  const [pressed, setPressed] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const hadFocus = useRef(false);

  useEffect(() => {
    let gone = false;
    const load = () => {
      import('./menu-parts.tsx').then(
        (loaded) => {
          if (gone) return;
          hadFocus.current = place.current?.contains(document.activeElement) ?? false;
          setParts(loaded);
        },
        // The button stays; pressing it tries again.
        () => setPressed(false),
      );
    };
    if (pressed) load();
    const idle = whenIdle(load);
    return () => {
      gone = true;
      idle();
    };
  }, [pressed]);
  useEffect(() => {
    if (parts !== null && hadFocus.current) place.current?.querySelector('button')?.focus();
  }, [parts]);

  return (
    <span ref={place} style={{ display: 'contents' }} onClickCapture={() => setPressed(true)}>
      {parts === null ? (
        props.trigger
      ) : (
        <LoadedParts value={parts}>
          <parts.LoadedMenu {...props} defaultOpen={pressed} />
        </LoadedParts>
      )}
    </span>
  );
}

/** Calls back when the browser has time, at the latest after two seconds. Returns how to give up. */
function whenIdle(callback: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(callback);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(callback, { timeout: 2_000 });
  return () => cancelIdleCallback(handle);
}

export interface MenuItemProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onSelect: () => void;
  /** Why the action is not possible now; the item is then shown but does nothing. */
  readonly unavailable?: string | undefined;
  readonly danger?: boolean;
}

/** One action of a {@link Menu}. */
export function MenuItem(props: MenuItemProps) {
  const parts = use(LoadedParts);
  return parts === null ? null : <parts.LoadedItem {...props} />;
}
