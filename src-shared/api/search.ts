/** REST shapes for finding conversations by their words. */
import { z } from 'zod';

/** The longest text that is looked for, in characters. */
export const MAX_QUERY = 200;

/** A conversation that holds what was looked for. */
export const foundThreadSchema = z.object({
  thread_id: z.string(),
  title: z.string().nullable(),
  /** ISO 8601. */
  created_at: z.string(),
  /** The newest message that fits; null where only the title does. */
  item_id: z.string().nullable(),
  /** Items of the conversation that come after it. */
  items_after: z.int().min(0),
  /** Its words around those that fit, in order; empty where only the title fits. */
  excerpt: z.array(z.object({ text: z.string(), match: z.boolean() })),
});
export type FoundThread = z.infer<typeof foundThreadSchema>;

export const foundThreadsSchema = z.object({ threads: z.array(foundThreadSchema) });
