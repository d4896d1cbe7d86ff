/** How keys move through a menu, after the menu pattern of the ARIA Authoring Practices. */

/** Letters typed within this time belong together, in milliseconds. */
export const TYPING_MS = 600;

/** The place an arrow key, Home or End leads to; null for every other key. Ends meet. */
export function placeAfter(key: string, from: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (from + 1) % count;
    case 'ArrowUp':
      return (Math.max(from, 0) - 1 + count) % count;
    case 'Home':
    case 'PageUp':
      return 0;
    case 'End':
    case 'PageDown':
      return count - 1;
    default:
      return null;
  }
}

/**
 * The place of the next label that begins with what was typed; accents and case do not matter. The same letter again
 * and again goes through all that begin with it. Null when there is none.
 */
export function placeOfTyped(typed: string, labels: readonly string[], from: number): number | null {
  const wanted = plain(typed);
  if (wanted === '') return null;
  const repeated = wanted.length > 1 && [...wanted].every((letter) => letter === wanted[0]);
  const start = repeated ? wanted.slice(0, 1) : wanted;
  // A longer beginning may still fit where the focus is.
  const first = start.length === 1 ? from + 1 : Math.max(from, 0);
  for (let step = 0; step < labels.length; step += 1) {
    const place = (first + step) % labels.length;
    if (plain(labels[place] ?? '').startsWith(start)) return place;
  }
  return null;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trimStart();
}
