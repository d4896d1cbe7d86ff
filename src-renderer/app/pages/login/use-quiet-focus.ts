import { type RefObject, useEffect } from 'react';

/** So long, in milliseconds, no key may have been pressed before the focus is taken. */
const QUIET_MS = 800;

/**
 * Gives a field the focus once the keyboard is quiet. Whoever was in the middle of a sentence when this page came does
 * not go on with it in the field.
 *
 * @param active false where the field may have the focus at once, which is then left to it
 */
export function useQuietFocus(field: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const take = () => {
      stop();
      if (document.activeElement === null || document.activeElement === document.body) field.current?.focus();
    };
    let timer = setTimeout(take, QUIET_MS);
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(take, QUIET_MS);
    };
    const stop = () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', wait, true);
    };
    document.addEventListener('keydown', wait, true);
    return stop;
  }, [field, active]);
}
