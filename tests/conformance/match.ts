/** Compares what came with what a case states, placeholders included (protocol §12). */

/** One place where the two differ. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

const GENERATED = /\{\{([a-z]+)_(\d+)\}\}/g;
const WHOLE = /^\{\{([a-z]+)_(\d+)\}\}$/;
const NOTHING = Symbol('nothing');

/** The ids that stand for `{{msg_1}}` and the like in one case; numbered by first appearance. */
export class Bindings {
  readonly #ids = new Map<string, string>();

  /** The text with every placeholder that is known replaced. */
  fill(text: string): string {
    return text.replaceAll(GENERATED, (whole) => this.#ids.get(whole) ?? whole);
  }

  /** The same anywhere in a value, keys included. */
  fillAll(value: unknown): unknown {
    if (typeof value === 'string') return this.fill(value);
    if (Array.isArray(value)) return value.map((entry) => this.fillAll(entry));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [this.fill(key), this.fillAll(field)]),
    );
  }

  /** Whether `actual` can be the id that `placeholder` stands for; from now on it is. */
  bind(placeholder: string, actual: string): boolean {
    const known = this.#ids.get(placeholder);
    if (known !== undefined) return known === actual;
    const prefix = WHOLE.exec(placeholder)?.[1];
    if (!actual.startsWith(`${prefix}_`) || [...this.#ids.values()].includes(actual)) return false;
    this.#ids.set(placeholder, actual);
    return true;
  }

  isKnown(placeholder: string): boolean {
    return this.#ids.has(placeholder);
  }
}

/** Everything in which `actual` is not what was expected; empty when it is. */
export function differences(expected: unknown, actual: unknown, bindings: Bindings, path = ''): Difference[] {
  const wrong = (): Difference[] => [{ path, expected, actual: actual === NOTHING ? '(nothing)' : actual }];
  if (typeof expected === 'string') return matchesText(expected, actual, bindings) ? [] : wrong();
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, actual) ? [] : wrong();
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return wrong();
    const length = Math.max(expected.length, actual.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) => {
      const at = `${path}[${index}]`;
      if (index >= expected.length) return [{ path: at, expected: '(nothing)', actual: actual[index] }];
      return differences(expected[index], index < actual.length ? actual[index] : NOTHING, bindings, at);
    });
  }
  if ('$any_text' in expected) return typeof actual === 'string' && actual !== '' ? [] : wrong();
  if ('$contains' in expected && Array.isArray(expected.$contains)) {
    const parts: readonly unknown[] = expected.$contains;
    return typeof actual === 'string' && parts.every((part) => actual.includes(String(part))) ? [] : wrong();
  }
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return wrong();
  const filled = new Map(Object.entries(expected).map(([key, field]) => [bindings.fill(key), field]));
  const fields = new Map(Object.entries(actual));
  return [...new Set([...filled.keys(), ...fields.keys()])].flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (!filled.has(key)) return [{ path: at, expected: '(nothing)', actual: fields.get(key) }];
    return differences(filled.get(key), fields.has(key) ? fields.get(key) : NOTHING, bindings, at);
  });
}

function matchesText(expected: string, actual: unknown, bindings: Bindings): boolean {
  if (expected === '{{int}}') return Number.isInteger(actual);
  if (typeof actual !== 'string') return false;
  if (expected === '{{ts}}') return !Number.isNaN(Date.parse(actual));
  if (WHOLE.test(expected)) return bindings.bind(expected, actual);
  return bindings.fill(expected) === actual;
}

/** One line for each difference, for people. */
export function describe(found: readonly Difference[]): string {
  return found
    .map(
      ({ path, expected, actual }) => `${path || '(all)'}: expected ${short(expected)}, got ${short(actual)}`,
    )
    .join('\n');
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
