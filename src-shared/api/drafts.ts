/** REST shapes for drafts: what stands in a message box, what waits to be sent, and what is being changed. */
import { z } from 'zod';
import { attachmentSchema, userContentSchema } from '../chatkit/index.ts';

/** The key of the draft for the thread that does not exist yet; all others are ids of threads. */
export const NEW_THREAD_KEY = 'new';

/** The longest draft that is kept, in bytes of JSON. */
export const MAX_DRAFT_BYTES = 64 * 1024;

/** So many drafts are kept for one person; a new one takes the place of the one that was not changed for longest. */
export const MAX_DRAFTS = 200;

const messageSchema = z.object({
  content: z.array(userContentSchema),
  attachments: z.array(attachmentSchema),
  reply: z.string().nullable(),
});

/** One draft, as the chat element keeps it. */
export const draftSchema = z.object({
  draft: messageSchema,
  /** Messages that wait for the end of a response, in order. */
  queue: z
    .array(z.object({ draft: messageSchema, tool: z.string().nullable(), model: z.string().nullable() }))
    .max(20),
  /** A sent message that is being changed, as it stands now. */
  edit: z
    .object({
      item: z.string(),
      draft: messageSchema,
      tool: z.string().nullable(),
      model: z.string().nullable(),
    })
    .optional(),
  /** Ids of the attachments that the element uploaded itself. */
  own: z.array(z.string()),
});
export type KeptDraft = z.infer<typeof draftSchema>;

/** All drafts of the caller by key. */
export const draftsSchema = z.object({ drafts: z.record(z.string(), draftSchema) });
