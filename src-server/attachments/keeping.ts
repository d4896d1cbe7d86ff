/** From bytes that arrive to files on the disk: what they are, whether they may stay, and what is made of them. */
import type { RequestContext } from '../context.ts';
import { IMAGE_LIMITS } from './images/image-limits.ts';
import type { ImageOutcome, ImageWorkshop } from './images/image-workshop.ts';
import type { KeptMetadata } from './metadata.ts';
import { refusal } from './refusals.ts';
import type { FinishedDraft, SealedFiles } from './sealing/index.ts';
import { type Sniffed, sniffer } from './sniff.ts';

/** Bytes as they arrive. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A file that is written, known and not kept yet. Exactly one of `keep` and `discard` ends it. */
export interface Received {
  readonly mimeType: string;
  /** On the disk when it resolves. @param created_at ISO 8601 */
  keep(created_at: string): Promise<KeptMetadata>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/**
 * Writes bytes down as they come and finds out what they are; of an image, what is shown and what models get is made.
 *
 * @param expected how many bytes there may be: exactly so many, or at most
 * @throws {ChatKitRequestError} with nothing kept
 */
export async function receive(
  bytes: Bytes,
  name: string,
  expected: { readonly exactly: number } | { readonly atMost: number },
  tools: { readonly files: SealedFiles; readonly images: ImageWorkshop },
  context: RequestContext,
): Promise<Received> {
  const limit = 'exactly' in expected ? expected.exactly : expected.atMost;
  const draft = await tools.files.draft();
  try {
    const kinds = sniffer();
    let size = 0;
    for await (const piece of bytes) {
      size += piece.length;
      if (size > limit) {
        throw 'exactly' in expected
          ? refusal('wrong_size', context.locale)
          : refusal('too_large', context.locale, limit);
      }
      kinds.add(piece);
      await draft.write(piece);
    }
    if (size === 0) throw refusal('empty_file', context.locale);
    if ('exactly' in expected && size !== limit) throw refusal('wrong_size', context.locale);
    const finished = await draft.finish();
    const sniffed = kinds.end(name);
    return sniffed.kind === 'image'
      ? await receivedImage(finished, sniffed, tools, context)
      : receivedFile(finished, sniffed);
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

function receivedFile(
  finished: FinishedDraft,
  { kind, mimeType }: Exclude<Sniffed, { kind: 'image' }>,
): Received {
  return {
    mimeType,
    discard: () => finished.discard(),
    keep: async (created_at) => ({ kind, size: finished.size, created_at, file: await finished.keep() }),
  };
}

async function receivedImage(
  finished: FinishedDraft,
  { mimeType }: Extract<Sniffed, { kind: 'image' }>,
  { files, images }: { readonly files: SealedFiles; readonly images: ImageWorkshop },
  context: RequestContext,
): Promise<Received> {
  const source = { size: finished.size, mimeType, read: () => finished.read() };
  const outcome = await images.prepare(context.userId, source, context.signal);
  if (outcome.state !== 'ready') throw refusalOf(outcome, context);
  const { preview, image, width, height } = outcome;
  return {
    mimeType,
    discard: () => finished.discard(),
    keep: async (created_at) => ({
      kind: 'image',
      size: finished.size,
      created_at,
      preview: { file: await files.write(preview.bytes), mimeType: preview.mimeType },
      image: { file: await files.write(image.bytes), mimeType: image.mimeType },
      file: await finished.keep(),
      width,
      height,
    }),
  };
}

function refusalOf(outcome: Exclude<ImageOutcome, { state: 'ready' }>, { locale }: RequestContext) {
  switch (outcome.state) {
    case 'too_many_pixels':
      return refusal('too_many_pixels', locale, IMAGE_LIMITS.megapixels);
    case 'unreadable':
      return refusal('unreadable_image', locale);
    case 'timeout':
      return refusal('image_too_slow', locale, IMAGE_LIMITS.imageMs / 1_000);
    case 'unavailable':
    case 'cancelled':
      return refusal('images_unavailable', locale);
    default:
      return outcome satisfies never;
  }
}
