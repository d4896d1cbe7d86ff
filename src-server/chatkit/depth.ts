/** Levels of objects and lists in one request. What is deeper is an attack on those who walk through it. */
const MAX_DEPTH = 100;

/** Whether a JSON value is nested deeper than any honest request; never recurses itself. */
export function isTooDeep(value: unknown, maxDepth = MAX_DEPTH): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    level = level.flatMap((entry) =>
      typeof entry === 'object' && entry !== null
        ? Object.values(entry).filter((child) => typeof child === 'object' && child !== null)
        : [],
    );
  }
  return false;
}
