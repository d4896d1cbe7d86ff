/**
 * Widgets on the wire. Like the reference, the protocol layer is tolerant of component types that it does not know;
 * only the root is limited to the three root types (protocol §7.1).
 */
import { z } from 'zod';
import { componentSchemas } from './components.ts';

/**
 * Nodes below nodes, as deep as a server lets a widget be even where every level is one node: all that can be sent has
 * its defaults. Only what somebody else sends deeper stays as it is.
 */
const MAX_DEPTH = 100;

/** Any node exactly as it was written. */
export const authoredNodeSchema = z.looseObject({
  type: z.string(),
  id: z.string().nullish(),
  key: z.string().nullish(),
});

/** Any widget node: a type, an optional id and key, and the props of that type. */
export type WidgetComponent = z.infer<typeof authoredNodeSchema>;

/** A component that fits its schema gets its defaults; any other is passed on as it was written. */
export const widgetComponentSchema = authoredNodeSchema.transform((node) => withDefaults(node));

export const WIDGET_ROOT_TYPES = ['Card', 'ListView', 'Basic'] as const;

/** A whole widget exactly as it was written, for those who pass on what somebody else designed. */
export const authoredWidgetSchema = authoredNodeSchema.extend({ type: z.enum(WIDGET_ROOT_TYPES) });
export type WidgetRoot = z.infer<typeof authoredWidgetSchema>;

/** The outermost node, with defaults as {@link widgetComponentSchema} has them. */
export const widgetRootSchema = authoredWidgetSchema.transform((root): WidgetRoot => withDefaults(root));

const schemas: Readonly<Record<string, z.ZodType<object> | undefined>> = componentSchemas;

function withDefaults<Node extends WidgetComponent>(node: Node, depth = 0): Node {
  const { children, ...props } = node;
  const schema = Object.hasOwn(schemas, node.type) ? schemas[node.type] : undefined;
  const parsed = schema?.safeParse(props);
  if (parsed?.success !== true || depth > MAX_DEPTH) return node;
  const fill = (child: unknown): unknown => {
    const below = authoredNodeSchema.safeParse(child);
    return below.success ? withDefaults(below.data, depth + 1) : child;
  };
  return {
    ...node,
    ...parsed.data,
    ...(children === undefined
      ? {}
      : { children: Array.isArray(children) ? children.map(fill) : fill(children) }),
  };
}
