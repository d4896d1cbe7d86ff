/** Attachments as they travel on the wire (protocol §4.5). */
import { z } from 'zod';
import { jsonObjectSchema } from './common.ts';

/** Where and how a client uploads the bytes of a two-phase attachment. */
export const uploadDescriptorSchema = z.object({
  url: z.url(),
  method: z.enum(['POST', 'PUT']),
  headers: z.record(z.string(), z.string()).default({}),
});
export type UploadDescriptor = z.infer<typeof uploadDescriptorSchema>;

const attachmentBase = {
  id: z.string(),
  name: z.string(),
  mime_type: z.string(),
  upload_descriptor: uploadDescriptorSchema.nullish(),
  thread_id: z.string().nullish(),
  /** Store only: removed before an attachment is sent to a client. */
  metadata: jsonObjectSchema.nullish(),
};

export const attachmentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('file'), ...attachmentBase }),
  z.object({ type: z.literal('image'), ...attachmentBase, preview_url: z.url() }),
]);
export type Attachment = z.infer<typeof attachmentSchema>;
