import type { DesktopApi } from '../../../src-shared/desktop.ts';

/** Whether a key says "lock": Ctrl+Shift+L, on a Mac with the command key. */
export function isLockKey(
  event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'key'>,
): boolean {
  return (
    event.shiftKey && !event.altKey && event.ctrlKey !== event.metaKey && event.key.toLowerCase() === 'l'
  );
}

/** The shortcut as people read it on their keyboard. */
export function lockKeys(platform: string): string {
  return /mac|iphone|ipad/i.test(platform) ? '⇧⌘L' : 'Ctrl+Shift+L';
}

/** Locks on the shortcut, and when the desktop shell says so. */
export function listenForLock(parts: {
  document: Document;
  desktop: DesktopApi | undefined;
  lock: () => void;
}): void {
  parts.document.addEventListener(
    'keydown',
    (event) => {
      if (!isLockKey(event)) return;
      event.preventDefault();
      parts.lock();
    },
    { capture: true },
  );
  parts.desktop?.onLock(parts.lock);
}
