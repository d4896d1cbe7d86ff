/** Finding and changing nodes of a widget tree. Children hang in any property, as an array or as one node. */
import {
  authoredNodeSchema,
  authoredWidgetSchema,
  type WidgetComponent,
  type WidgetRoot,
} from '../../../src-shared/chatkit/index.ts';

/** Deeper than any real widget; stops hostile nesting before the stack does. */
const MAX_DEPTH = 64;

export function isWidgetRoot(node: WidgetComponent): node is WidgetRoot {
  return authoredWidgetSchema.safeParse(node).success;
}

/** Appends to the `value` of the node with this id (widget.streaming_text.value_delta). */
export function appendWidgetText(root: WidgetComponent, id: string, delta: string): WidgetComponent {
  return mapNode(root, id, (node) => ({
    ...node,
    value: typeof node.value === 'string' ? node.value + delta : delta,
  }));
}

/** Puts another node in the place of the one with this id (widget.component.updated). */
export function replaceWidgetNode(root: WidgetComponent, id: string, next: WidgetComponent): WidgetComponent {
  return mapNode(root, id, () => next);
}

function mapNode(
  node: WidgetComponent,
  id: string,
  change: (node: WidgetComponent) => WidgetComponent,
  depth = 0,
): WidgetComponent {
  if (node.id === id) return change(node);
  if (depth > MAX_DEPTH || node.children === undefined) return node;
  return { ...node, children: mapChildren(node.children, (child) => mapNode(child, id, change, depth + 1)) };
}

function mapChildren(children: unknown, map: (node: WidgetComponent) => WidgetComponent): unknown {
  const one = (child: unknown) => {
    const parsed = authoredNodeSchema.safeParse(child);
    return parsed.success ? map(parsed.data) : child;
  };
  return Array.isArray(children) ? children.map(one) : one(children);
}

/** One readable line of a widget. */
export interface WidgetLine {
  kind: 'title' | 'text' | 'caption' | 'markdown' | 'control';
  text: string;
}

const LINE_KINDS: Readonly<Record<string, WidgetLine['kind']>> = {
  Title: 'title',
  Caption: 'caption',
  Label: 'caption',
  Badge: 'caption',
  Markdown: 'markdown',
  Button: 'control',
};

/** Everything in a widget that can be read, in order. Unknown components give their text, never their props. */
export function widgetLines(node: WidgetComponent, depth = 0): WidgetLine[] {
  if (depth > MAX_DEPTH) return [];
  const text = [node.value, node.label].find((value) => typeof value === 'string' && value.trim() !== '');
  const own: WidgetLine[] = typeof text === 'string' ? [{ kind: LINE_KINDS[node.type] ?? 'text', text }] : [];
  const children = Array.isArray(node.children) ? node.children : [node.children];
  const inner = children.flatMap((child) => {
    const parsed = authoredNodeSchema.safeParse(child);
    return parsed.success ? widgetLines(parsed.data, depth + 1) : [];
  });
  return [...own, ...inner];
}
