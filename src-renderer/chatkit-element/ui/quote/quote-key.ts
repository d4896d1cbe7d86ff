/**
 * The key that quotes what is selected. Browsers, systems and screen readers leave it alone, and it writes nothing: on a
 * Mac Option would write a letter, so it is Control there.
 */

/** What is pressed, as far as it matters here. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** True for the key; where the keyboard writes no Latin letters, the place of Q counts. */
export function isQuoteKey(event: Pressed, mac: boolean): boolean {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  if (!shiftKey || metaKey || altKey === mac || ctrlKey !== mac) return false;
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() === 'q' : event.code === 'KeyQ';
}

/** How the key is written in the list of shortcuts. */
export function quoteKeyName(mac: boolean): string {
  return mac ? '⌃+⇧+Q' : 'Alt+Shift+Q';
}
