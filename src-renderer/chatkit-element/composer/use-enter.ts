import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { type KeyPress, keyMeaning, lineBreakMeaning } from '../ui/composer-keys.ts';
import type { BoxProps } from './box.ts';

/**
 * The keys of a message box: first those of the menu, then Enter in all its forms. Listens directly and before the box
 * itself: React has no true `beforeinput`, and an editor must not see the keys that are taken.
 */
export function useEnter(box: RefObject<HTMLElement | null>, props: Pick<BoxProps, 'onKey' | 'onEnter'>) {
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const place = box.current;
    if (place === null) return;
    let press: KeyPress | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      press = event;
      if (event.defaultPrevented) return;
      const taken = !isComposing(event) && latest.current.onKey(event);
      if (!taken && keyMeaning(event) !== 'send') return;
      event.preventDefault();
      if (!taken) latest.current.onEnter();
    };
    const onBeforeInput = (event: InputEvent) => {
      if (lineBreakMeaning(event, press) !== 'send') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      latest.current.onEnter();
    };
    const stop = new AbortController();
    const how = { capture: true, signal: stop.signal };
    place.addEventListener('keydown', onKeyDown, how);
    place.addEventListener('beforeinput', onBeforeInput, how);
    return () => stop.abort();
  }, [box]);
}

function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
