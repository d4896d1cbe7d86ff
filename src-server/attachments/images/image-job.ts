/** What the image thread is told and what it answers. */
import { z } from 'zod';
import { IMAGE_TYPES } from './image-types.ts';

/** What the thread is started with. */
export const startSchema = z.object({
  /** The file `vips-node`, beside its `vips.wasm`. */
  codec: z.string(),
  /** What the codec may use, in pages of 64 KiB; 4,096 at least. */
  wasmPages: z.int(),
});

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** One image to prepare. */
export const jobSchema = z.object({ bytes: bytesSchema, mimeType: z.enum(IMAGE_TYPES) });
export type ImageJob = z.infer<typeof jobSchema>;

const encodedSchema = z.object({ bytes: bytesSchema, mimeType: z.enum(IMAGE_TYPES) });

/** What became of an image: two new ones, upright, without anything but pixels; or why not. */
export const preparedSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ready'),
    /** For showing it small. */
    preview: encodedSchema,
    /** For models, and for showing it large. */
    image: encodedSchema,
    /** Of the original, upright, in pixels. */
    width: z.int(),
    height: z.int(),
  }),
  z.object({ state: z.literal('too_many_pixels') }),
  /** Reading it takes more memory than there may be. */
  z.object({ state: z.literal('too_heavy') }),
  z.object({ state: z.literal('unreadable') }),
]);
export type Prepared = z.infer<typeof preparedSchema>;
