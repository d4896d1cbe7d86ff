/** Threads: the stored metadata, and the form with items that travels on the wire (protocol §4.2). */
import { z } from 'zod';
import { jsonObjectSchema, pageSchema, timestampSchema } from './common.ts';
import { threadItemPageSchema } from './items.ts';

export const threadStatusSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('active') }),
  z.object({ type: z.literal('locked'), reason: z.string().nullish() }),
  z.object({ type: z.literal('closed'), reason: z.string().nullish() }),
]);
export type ThreadStatus = z.infer<typeof threadStatusSchema>;

/** What is stored about a thread; never its items. */
export const threadMetadataSchema = z.object({
  id: z.string(),
  title: z.string().nullish(),
  created_at: timestampSchema,
  status: threadStatusSchema.default({ type: 'active' }),
  allowed_image_domains: z.array(z.string()).nullish(),
  metadata: jsonObjectSchema.default({}),
});
export type ThreadMetadata = z.infer<typeof threadMetadataSchema>;

/** A thread on the wire: `metadata` is always `{}`, `items` always present. */
export const threadSchema = threadMetadataSchema.extend({
  items: threadItemPageSchema.default({ data: [], has_more: false }),
});
export type Thread = z.infer<typeof threadSchema>;

export const threadPageSchema = pageSchema(threadSchema);
