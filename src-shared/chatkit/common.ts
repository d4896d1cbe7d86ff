/** Pieces that every ChatKit wire type is built from. Source: ChatKit protocol, openai-chatkit 1.6.5. */
import { z } from 'zod';

/** ISO-8601 with an offset or `Z`; Foyer always writes UTC with `Z`. */
export const timestampSchema = z.string();

/** Free-form JSON object: nulls inside are kept on the wire. */
export const jsonObjectSchema = z.record(z.string(), z.unknown());

/**
 * One page of a list. `after` is the cursor of the last element of the page (exclusive, in the requested order)
 * and is present only when there is more.
 */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    data: z.array(item).default([]),
    has_more: z.boolean().default(false),
    after: z.string().nullish(),
  });
}

/** The typed form of {@link pageSchema}. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  after?: string | null | undefined;
}

/** List order: by creation, oldest (`asc`) or newest (`desc`) first. */
export const orderSchema = z.enum(['asc', 'desc']);
export type Order = z.infer<typeof orderSchema>;
