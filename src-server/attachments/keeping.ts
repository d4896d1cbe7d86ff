/** From bytes that arrive to files on the disk: what they are, whether they may stay, and what is made of them. */
import type { ChatKitRequestError } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import { collect } from './collect.ts';
import { IMAGE_LIMITS } from './images/image-limits.ts';
import type { ImageOutcome, ImageWorkshop } from './images/image-workshop.ts';
import type { KeptMetadata } from './metadata.ts';
import { MAX_TEXT_CHARACTERS } from './model-limits.ts';
import { MAX_PDF_MS, type ReadPdf } from './pdf/pdf-text.ts';
import { refusal } from './refusals.ts';
import type { FinishedDraft, SealedFiles } from './sealing/index.ts';
import { type Sniffed, sniffer } from './sniff.ts';

/** Bytes as they arrive. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** How many bytes there may be. */
export type Expected = { readonly exactly: number } | { readonly atMost: number };

/** The most bytes that are taken. */
export function limitOf(expected: Expected): number {
  return 'exactly' in expected ? expected.exactly : expected.atMost;
}

/** What is said of bytes beyond that. */
export function tooLong(expected: Expected, { locale }: RequestContext): ChatKitRequestError {
  return 'exactly' in expected
    ? refusal('wrong_size', locale)
    : refusal('too_large', locale, expected.atMost);
}

/** A file that is written, known and not kept yet. Exactly one of `keep` and `discard` ends it. */
export interface Received {
  readonly mimeType: string;
  /** On the disk when it resolves. @param created_at ISO 8601 */
  keep(created_at: string): Promise<KeptMetadata>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** What {@link receive} works with. */
export interface Tools {
  readonly files: SealedFiles;
  readonly images: ImageWorkshop;
  readonly readPdf: ReadPdf;
}

/**
 * Writes bytes down as they come and finds out what they are; what is shown of an image, and what models get
 * of an image or a PDF, is made at once.
 *
 * @throws {ChatKitRequestError} with nothing kept
 */
export async function receive(
  bytes: Bytes,
  name: string,
  expected: Expected,
  tools: Tools,
  context: RequestContext,
): Promise<Received> {
  const limit = limitOf(expected);
  const draft = await tools.files.draft();
  try {
    const kinds = sniffer();
    let size = 0;
    for await (const piece of bytes) {
      size += piece.length;
      if (size > limit) throw tooLong(expected, context);
      kinds.add(piece);
      await draft.write(piece);
    }
    if (size === 0) throw refusal('empty_file', context.locale);
    if ('exactly' in expected && size !== limit) throw refusal('wrong_size', context.locale);
    const finished = await draft.finish();
    const sniffed = kinds.end(name);
    switch (sniffed.kind) {
      case 'image':
        return await receivedImage(finished, sniffed, tools, context);
      case 'pdf':
        return await receivedPdf(finished, sniffed, tools, context);
      default:
        return receivedFile(finished, sniffed);
    }
  } catch (error) {
    await draft.discard();
    throw isDiskFull(error) ? refusal('disk_full', context.locale) : error;
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function receivedFile(
  finished: FinishedDraft,
  { kind, mimeType }: Extract<Sniffed, { kind: 'text' | 'other' }>,
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
  { files, images }: Tools,
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

async function receivedPdf(
  finished: FinishedDraft,
  { mimeType }: Extract<Sniffed, { kind: 'pdf' }>,
  { files, readPdf }: Tools,
  context: RequestContext,
): Promise<Received> {
  const read = await readPdf(await collect(finished), MAX_TEXT_CHARACTERS, context.signal);
  if (read.state === 'bomb') throw refusal('unpacks_too_large', context.locale);
  // What was not read to its end would stay unread.
  if (read.state === 'timeout') throw refusal('pdf_too_slow', context.locale, MAX_PDF_MS / 1_000);
  if (read.state === 'cancelled') throw refusal('wrong_size', context.locale);
  return {
    mimeType,
    discard: () => finished.discard(),
    keep: async (created_at) => ({
      kind: 'pdf',
      size: finished.size,
      created_at,
      text:
        read.state === 'read' ? { file: await files.write(Buffer.from(read.text)), pages: read.pages } : null,
      file: await finished.keep(),
    }),
  };
}

function refusalOf(outcome: Exclude<ImageOutcome, { state: 'ready' }>, { locale }: RequestContext) {
  switch (outcome.state) {
    case 'too_many_pixels':
      return refusal('too_many_pixels', locale, IMAGE_LIMITS.megapixels);
    case 'too_heavy':
      return refusal('image_too_heavy', locale);
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
