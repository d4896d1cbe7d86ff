import type { z } from 'zod';
import type { WidgetComponent } from '../../../../src-shared/chatkit/index.ts';

/**
 * The props of a node as its schema has them. Props that the schema does not know, or whose value is wrong, count as
 * absent: a newer server may send more than this version draws. Null when a required prop is missing.
 */
export function readProps<S extends z.ZodObject>(schema: S, node: WidgetComponent): z.output<S> | null {
  const entries = Object.entries(schema.shape).flatMap(([name, field]) => {
    const value = Object.hasOwn(node, name) ? node[name] : undefined;
    if (value === undefined || value === null || !('~standard' in field)) return [];
    const checked = field['~standard'].validate(value);
    return checked instanceof Promise || checked.issues !== undefined ? [] : [[name, value]];
  });
  const parsed = schema.safeParse(Object.fromEntries(entries));
  return parsed.success ? parsed.data : null;
}
