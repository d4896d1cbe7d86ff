/**
 * Where Foyer's server is stricter than recordings of the reference on purpose. Each rule changes what a recording
 * leads us to expect, and checks in its place that the stricter behaviour is really there.
 */
import type { FinalStore, StepExpect } from './cases.ts';
import type { Bindings } from './match.ts';

export const STRICTER_RULES = {
  'hidden items': 'Hidden items never reach a client, not as added or replaced items either (protocol §4.3).',
  'nothing half-done':
    'A turn that cannot begin is refused with a 4xx before its stream opens, and nothing is written (protocol §1.5).',
  'items are unique': 'Adding an item again replaces it in its place (protocol §5.4).',
  'actions have a type': 'An action without a type is refused (protocol §2.5).',
} as const;

export type StricterRule = keyof typeof STRICTER_RULES;

const HIDDEN: ReadonlySet<unknown> = new Set(['hidden_context_item', 'sdk_hidden_context']);

const isHidden = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && HIDDEN.has(value.type);

/** What we expect of a step, and the rule that made it differ from the recording. */
export function stricterStep(recorded: StepExpect): { expect: StepExpect; rule: StricterRule | null } {
  if (recorded.kind === 'sse' && recorded.stream_end === 'server_aborted') {
    const { handler_calls: _calls, store_writes: _writes, ...rest } = recorded;
    return {
      expect: {
        kind: 'rejected',
        reference_error: rest.reference_error,
        handler_calls: [],
        store_writes: [],
      },
      rule: 'nothing half-done',
    };
  }
  if (recorded.kind === 'sse') {
    const events = recorded.events.filter((event) => !isHidden(event.item));
    return events.length === recorded.events.length
      ? { expect: recorded, rule: null }
      : { expect: { ...recorded, events }, rule: 'hidden items' };
  }
  if (recorded.kind === 'json' && typeof recorded.body === 'object' && recorded.body !== null) {
    if ('updated_item' in recorded.body && isHidden(recorded.body.updated_item)) {
      return { expect: { ...recorded, body: {} }, rule: 'hidden items' };
    }
  }
  return { expect: recorded, rule: null };
}

/** True when a hidden item is anywhere in what a client got. */
export function revealsHidden(value: unknown): boolean {
  if (isHidden(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(revealsHidden);
}

/**
 * A store without what refused turns would have left behind in the reference, threads whose ids nobody was told, and
 * without second copies of items.
 */
export function stricterStore(
  recorded: FinalStore,
  bindings: Bindings,
  refused: boolean,
): { store: FinalStore; rule: StricterRule | null } {
  const known = ([key]: [string, unknown]) => !refused || !/^\{\{/.test(key) || bindings.isKnown(key);
  let rule: StricterRule | null = null;
  const items = Object.entries(recorded.items)
    .filter(known)
    .map(([threadId, ofThread]): [string, unknown[]] => {
      const unique = new Map(ofThread.map((item) => [idOf(item), item]));
      if (unique.size < ofThread.length) rule = 'items are unique';
      return [threadId, [...unique.values()]];
    });
  const threads = Object.fromEntries(Object.entries(recorded.threads).filter(known));
  return { store: { ...recorded, threads, items: Object.fromEntries(items) }, rule };
}

function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : item;
}

/** A request whose action has no type. */
export function hasActionWithoutType(request: unknown): boolean {
  if (typeof request !== 'object' || request === null || !('params' in request)) return false;
  const { params } = request;
  if (typeof params !== 'object' || params === null || !('action' in params)) return false;
  return typeof params.action === 'object' && params.action !== null && !('type' in params.action);
}
