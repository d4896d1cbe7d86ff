import { isDeepStrictEqual } from 'node:util';
import type { ItemUpdate, WidgetRoot } from '../../../src-shared/chatkit/index.ts';
import { isTooDeep } from '../depth.ts';

/** A node of a widget, whatever its type. */
interface Node {
  readonly type: string;
  readonly id?: unknown;
  readonly [prop: string]: unknown;
}

type Delta = Extract<ItemUpdate, { type: 'widget.streaming_text.value_delta' }>;

/** The two differ by more than text that grew. */
const REPLACE = Symbol('replace');

/**
 * What a client has to be told so that it shows `after` where it shows `before` (protocol §7.3): one delta for each
 * `Text` or `Markdown` with an id whose value grew, or the whole new root when anything else has changed. Text that
 * grew in a node without an id tells nothing; the finished item brings it.
 *
 * @throws {RangeError} for a widget that is nested too deeply
 */
export function diffWidget(before: WidgetRoot, after: WidgetRoot): ItemUpdate[] {
  refuseTooDeep(before);
  refuseTooDeep(after);
  return updatesBetween(before, after);
}

/** @throws {RangeError} for a widget that is nested too deeply */
export function refuseTooDeep(widget: WidgetRoot): void {
  if (isTooDeep(widget)) throw new RangeError('a widget is nested too deeply');
}

/** The same as {@link diffWidget}, for widgets whose depth is known to be fine. */
export function updatesBetween(before: WidgetRoot, after: WidgetRoot): ItemUpdate[] {
  const deltas: Delta[] = [];
  const replaced: ItemUpdate[] = [{ type: 'widget.root.updated', widget: after }];
  if (compare(before, after, deltas) === REPLACE) return replaced;
  // A delta names its node; two nodes of one name cannot be told apart.
  const grown = new Set(deltas.map((delta) => delta.component_id));
  return deltas.some((delta) => countId(after, delta.component_id) > 1) || grown.size < deltas.length
    ? replaced
    : deltas;
}

/** Collects the deltas of a node and of everything below it. */
function compare(before: Node, after: Node, deltas: Delta[]): typeof REPLACE | undefined {
  const props = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const prop of props) {
    const [old, now] = [before[prop] ?? undefined, after[prop] ?? undefined];
    if (prop === 'children') {
      if (compareChildren(old, now, deltas) === REPLACE) return REPLACE;
    } else if (prop === 'value' && isStreaming(after) && typeof old === 'string' && typeof now === 'string') {
      if (!now.startsWith(old)) return REPLACE;
      if (now.length > old.length && typeof after.id === 'string' && after.id !== '') {
        deltas.push({
          type: 'widget.streaming_text.value_delta',
          component_id: after.id,
          delta: now.slice(old.length),
          done: after.streaming !== true,
        });
      }
    } else if (!isDeepStrictEqual(withoutNulls(old), withoutNulls(now))) return REPLACE;
  }
  return undefined;
}

function compareChildren(before: unknown, after: unknown, deltas: Delta[]): typeof REPLACE | undefined {
  if (Array.isArray(before) !== Array.isArray(after)) return REPLACE;
  const [old, now] = [childrenOf(before), childrenOf(after)];
  if (old.length !== now.length) return REPLACE;
  for (const [index, child] of now.entries()) {
    const sibling = old[index];
    if (!isNode(child) || !isNode(sibling)) {
      if (!isDeepStrictEqual(withoutNulls(child), withoutNulls(sibling))) return REPLACE;
    } else if (compare(sibling, child, deltas) === REPLACE) return REPLACE;
  }
  return undefined;
}

/** Most containers have a list of children, `Transition` has one or none. */
function childrenOf(children: unknown): readonly unknown[] {
  if (Array.isArray(children)) return children;
  return children === undefined || children === null ? [] : [children];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isStreaming({ type }: Node): boolean {
  return type === 'Text' || type === 'Markdown';
}

function countId(node: Node, id: string): number {
  const below = childrenOf(node.children).filter(isNode);
  return below.reduce((sum, child) => sum + countId(child, id), node.id === id ? 1 : 0);
}

/** A null says the same as nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null && field !== undefined)
      .map(([key, field]) => [key, withoutNulls(field)]),
  );
}
