/** How many answers are kept: the same few addresses are asked for again and again. */
const REMEMBERED = 64;

/** The same function, which remembers what it gave. For what depends on nothing else and never changes. */
export function remembering<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly result: T }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.result;
    const result = work(text);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, { result });
    return result;
  };
}
