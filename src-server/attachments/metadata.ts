/** What the record of an attachment keeps for us; never on the wire. */
import { z } from 'zod';
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import { IMAGE_TYPES } from './images/image-types.ts';

/** Name among the sealed files. */
const fileSchema = z.string();
/** ISO 8601. */
const created_at = z.string();
/** Bytes of the file as it was uploaded. */
const size = z.int();

const metadataSchema = z.discriminatedUnion('kind', [
  /** Its bytes are still to come. */
  z.object({ kind: z.literal('announced'), size, created_at }),
  z.object({ kind: z.enum(['text', 'other']), size, created_at, file: fileSchema }),
  z.object({
    kind: z.literal('pdf'),
    size,
    created_at,
    file: fileSchema,
    /** What can be read in it; null when nothing can. */
    text: z.object({ file: fileSchema, pages: z.int() }).nullable(),
  }),
  z.object({
    kind: z.literal('image'),
    size,
    created_at,
    /** As it was uploaded. */
    file: fileSchema,
    /** Small, upright, nothing but pixels. */
    preview: z.object({ file: fileSchema, mimeType: z.enum(IMAGE_TYPES) }),
    /** The same, as large as models take it. */
    image: z.object({ file: fileSchema, mimeType: z.enum(IMAGE_TYPES) }),
    /** Of the original, upright, in pixels. */
    width: z.int(),
    height: z.int(),
  }),
]);

export type Metadata = z.infer<typeof metadataSchema>;
/** Of an attachment whose bytes are there. */
export type KeptMetadata = Exclude<Metadata, { kind: 'announced' }>;

/** Null for a record that was not made here. */
export function metadataOf(attachment: Attachment | undefined): Metadata | null {
  return metadataSchema.safeParse(attachment?.metadata).data ?? null;
}

/** Names of all files that an attachment needs. */
export function filesOf(attachment: Attachment | undefined): readonly string[] {
  const metadata = metadataOf(attachment);
  if (metadata === null || metadata.kind === 'announced') return [];
  switch (metadata.kind) {
    case 'image':
      return [metadata.file, metadata.preview.file, metadata.image.file];
    case 'pdf':
      return metadata.text === null ? [metadata.file] : [metadata.file, metadata.text.file];
    default:
      return [metadata.file];
  }
}
