/** Levels of objects and lists in one request. What is deeper is an attack on those who walk through it. */
export const MAX_DEPTH = 100;

/** Whether a JSON value is nested deeper than any honest request. Itself it goes only so deep. */
export function isTooDeep(value: unknown, levels = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const child of Array.isArray(value) ? value : Object.values(value)) {
    if (isTooDeep(child, levels - 1)) return true;
  }
  return false;
}
