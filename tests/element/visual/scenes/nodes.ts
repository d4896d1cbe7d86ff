/** A part of a widget, as it travels. */
export type Node = Record<string, unknown>;

export const row = (children: Node[], props: Node = {}): Node => ({
  ...{ type: 'Row', gap: 2, wrap: 'wrap', children },
  ...props,
});
