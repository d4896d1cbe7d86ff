/** Moving between the field of the search and its results with the arrow keys. */

const FIELD = '.ck-find-field';
const RESULT = '.ck-found-open';

/** Puts the focus on the first result of the history around `place`; false when there is none. */
export function toFirstResult(place: Element): boolean {
  const first = place.querySelector<HTMLElement>(RESULT);
  first?.focus();
  return first !== null;
}

/** Goes `by` so many results from the one at `from`; from the first one back to the field. Stops at the last one. */
export function moveResult(place: Element, from: HTMLElement, by: 1 | -1) {
  const results = [...place.querySelectorAll<HTMLElement>(RESULT)];
  const next = results.indexOf(from) + by;
  const target = next < 0 ? place.querySelector<HTMLElement>(FIELD) : results[next];
  target?.focus();
}
