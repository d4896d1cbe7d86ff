/** The keys for the chat as a whole. They are heard inside of the element only, and leave the page its own. */

/** What a key does. */
export type PageKey = 'shortcuts' | 'switch' | 'new-chat' | 'composer' | 'copy-answer' | 'copy-code';

/** What is pressed, as far as it matters here. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** What a key means; null for every other key. Letters count as they are written, else by their place. */
export function pageKeyOf(event: Pressed, mac: boolean): PageKey | null {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
  const command = mac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  const bare = !ctrlKey && !metaKey && !altKey;
  if (key === 'F6') return bare && !shiftKey ? 'switch' : null;
  if (key === 'Escape') return bare && shiftKey ? 'composer' : null;
  if (!command || altKey) return null;
  // Where "/" is written with Shift, as on German and French keyboards, it is the same key.
  if (key === '/') return 'shortcuts';
  if (!shiftKey) return null;
  const letter = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : code;
  if (letter === 'KeyO') return 'new-chat';
  if (letter === 'KeyC') return 'copy-answer';
  return key === ';' || key === ':' || code === 'Semicolon' ? 'copy-code' : null;
}

/** The keys as they are written in the list of shortcuts. */
export function pageKeyNames(mac: boolean): Readonly<Record<PageKey, string>> {
  const command = mac ? '⌘' : 'Ctrl';
  const shift = mac ? '⇧' : 'Shift';
  return {
    shortcuts: `${command}+/`,
    switch: 'F6',
    'new-chat': `${command}+${shift}+O`,
    composer: `${shift}+Esc`,
    'copy-answer': `${command}+${shift}+C`,
    'copy-code': `${command}+${shift}+;`,
  };
}
