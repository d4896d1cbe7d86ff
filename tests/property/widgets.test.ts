/** Whatever a widget becomes: what the server sends of it makes the element show it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { appendWidgetText } from '../../src-renderer/chatkit-element/state/widget-tree.ts';
import { diffWidget } from '../../src-server/chatkit/index.ts';
import type { WidgetComponent, WidgetRoot } from '../../src-shared/chatkit/index.ts';

const words = fc.constantFrom('', 'a', 'ab', 'abc', 'b');
const id = fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined });

const { node } = fc.letrec<{ node: WidgetComponent }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'widget' },
    fc.record(
      { type: fc.constantFrom('Text', 'Markdown', 'Title'), value: words, id, streaming: fc.boolean() },
      { requiredKeys: ['type', 'value'] },
    ),
    fc.record({ type: fc.constantFrom('Row', 'Col'), children: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ type: fc.constant('Transition'), children: fc.option(tie('node'), { nil: null }) }),
  ) as fc.Arbitrary<WidgetComponent>,
}));

const root: fc.Arbitrary<WidgetRoot> = fc.record({
  type: fc.constant('Card' as const),
  children: fc.array(node, { maxLength: 4 }),
});

/** The same tree with text added here and there, as a widget that streams. */
function grow(value: unknown, added: () => string): unknown {
  if (Array.isArray(value)) return value.map((entry) => grow(entry, added));
  if (typeof value !== 'object' || value === null) return value;
  const grown: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    grown[key] = key === 'value' && typeof field === 'string' ? field + added() : grow(field, added);
  }
  return grown;
}

/** Text that grew in a node without an id comes with the finished item only (protocol §7.3). */
function withoutSilentText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSilentText);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined && field !== null);
  const silent = 'type' in value && value.type !== 'Title' && !('id' in value && value.id);
  return Object.fromEntries(
    entries
      .filter(([key]) => !(silent && key === 'value'))
      .map(([key, field]) => [key, withoutSilentText(field)]),
  );
}

function show(before: WidgetRoot, after: WidgetRoot): unknown {
  let shown: WidgetComponent = before;
  for (const update of diffWidget(before, after)) {
    if (update.type === 'widget.root.updated') shown = update.widget;
    else if (update.type === 'widget.streaming_text.value_delta') {
      shown = appendWidgetText(shown, update.component_id, update.delta);
    }
  }
  return shown;
}

it('two widgets that have nothing to do with each other', () => {
  fc.assert(
    fc.property(root, root, (before, after) => {
      expect(withoutSilentText(show(before, after))).toEqual(withoutSilentText(after));
    }),
    { numRuns: 500 },
  );
});

it('a widget whose texts grow', () => {
  fc.assert(
    fc.property(root, fc.infiniteStream(words), (before, more) => {
      const after = grow(before, () => more.next().value ?? '') as WidgetRoot;
      expect(withoutSilentText(show(before, after))).toEqual(withoutSilentText(after));
    }),
    { numRuns: 500 },
  );
});
