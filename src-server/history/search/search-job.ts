/** What the thread that searches is told, and what it answers. */
import { z } from 'zod';
import { foundThreadSchema } from '../../../src-shared/api/index.ts';

export const searchJobSchema = z.object({
  /** The history of the person who asks. */
  file: z.string(),
  /** Opens it; of the 32 bytes nothing is left when the job is done. */
  key: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  query: z.string(),
  limit: z.int().positive(),
});
export type SearchJob = z.infer<typeof searchJobSchema>;

export const searchAnswerSchema = z.union([
  z.object({ threads: z.array(foundThreadSchema) }),
  /** The kind of the failure; its words may hold what was looked for. */
  z.object({ failure: z.string() }),
]);
