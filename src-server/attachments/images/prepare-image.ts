/** One uploaded image becomes two new ones that hold nothing but pixels. */
import type { ImageJob, Prepared } from './image-job.ts';
import { IMAGE_LIMITS } from './image-limits.ts';
import { imageSize } from './image-size.ts';
import type { Codec } from './vips.ts';

/** Without place, time, camera, author, colour profile or comment: only pixels. */
const ONLY_PIXELS = { keep: 'none' } as const;

/**
 * Decodes, turns upright, converts to sRGB, makes smaller and encodes anew.
 *
 * Only the first picture of an animation is taken. An image that is cut short is unreadable.
 */
export function prepareImage(codec: Codec, { bytes, mimeType }: ImageJob): Prepared {
  const said = imageSize(bytes, mimeType);
  if (said === null) return { state: 'unreadable' };
  const { megapixels, sidePixels } = IMAGE_LIMITS;
  if (said.width * said.height > megapixels * 1_000_000 || Math.max(said.width, said.height) > sidePixels) {
    return { state: 'too_many_pixels' };
  }
  const handles: { delete(): void }[] = [];
  const held = <Handle extends { delete(): void }>(handle: Handle): Handle => {
    handles.push(handle);
    return handle;
  };
  try {
    const decoded = held(decodeWhole(codec, bytes, mimeType));
    const upright = isTurned(codec, bytes) ? { width: said.height, height: said.width } : said;
    const small = held(
      decoded.thumbnailImage(IMAGE_LIMITS.previewPixels, {
        height: IMAGE_LIMITS.previewPixels,
        size: 'down',
      }),
    );
    return {
      state: 'ready',
      preview: { bytes: small.webpsaveBuffer({ ...ONLY_PIXELS, Q: 82 }), mimeType: 'image/webp' },
      image: encodeForModel(decoded, mimeType, held),
      ...upright,
    };
  } catch (error) {
    return { state: isOutOfMemory(error) ? 'too_heavy' : 'unreadable' };
  } finally {
    for (const handle of handles.reverse()) handle.delete();
  }
}

/** The codec throws values of its own, with texts for people. */
function isOutOfMemory(error: unknown): boolean {
  const hasText = typeof error === 'object' && error !== null && 'message' in error;
  return hasText && /out of memory|insufficient memory/i.test(String(error.message));
}

type Image = ReturnType<Codec['Image']['thumbnailBuffer']>;

/** How a JPEG ends; some cameras and programs leave it out. */
const JPEG_END = Buffer.from([0xff, 0xd9]);

/** Fails for an image that was cut short or damaged on the way, which would be half grey. */
function decodeWhole(codec: Codec, bytes: Uint8Array, mimeType: ImageJob['mimeType']): Image {
  try {
    return decode(codec, bytes, 'truncated');
  } catch (error) {
    if (mimeType !== 'image/jpeg') throw error;
    // With an end of its own, an image that lacks nothing else has no reason for any warning.
    return decode(codec, Buffer.concat([bytes, JPEG_END]), 'warning');
  }
}

/**
 * No larger than models need, with 8 bits in each channel of sRGB, in memory.
 *
 * @param strictness what is an error: `truncated` bytes, or any `warning`
 */
function decode(codec: Codec, bytes: Uint8Array, strictness: 'truncated' | 'warning'): Image {
  const { modelPixels } = IMAGE_LIMITS;
  const thumbnail = codec.Image.thumbnailBuffer(bytes, modelPixels, {
    height: modelPixels,
    size: 'down',
    // The option of this name does not reach the decoder.
    option_string: `[fail_on=${strictness}]`,
    output_profile: 'srgb',
  });
  try {
    const plain = thumbnail.colourspace('srgb');
    try {
      return plain.copyMemory();
    } finally {
      plain.delete();
    }
  } finally {
    thumbnail.delete();
  }
}

/** Whether EXIF says that the picture lies on its side. */
function isTurned(codec: Codec, bytes: Uint8Array): boolean {
  const header = codec.Image.newFromBuffer(bytes);
  try {
    return header.getTypeof('orientation') !== 0 && header.getInt('orientation') >= 5;
  } finally {
    header.delete();
  }
}

/** Photographs as JPEG; drawings, screens and what is transparent as PNG, where lines and letters stay sharp. */
function encodeForModel(
  decoded: Image,
  mimeType: ImageJob['mimeType'],
  held: (image: Image) => Image,
): { bytes: Uint8Array; mimeType: ImageJob['mimeType'] } {
  const isLossless = mimeType === 'image/png' || mimeType === 'image/gif' || decoded.hasAlpha();
  if (isLossless) {
    const png = decoded.pngsaveBuffer({ ...ONLY_PIXELS, compression: 6 });
    if (png.length <= IMAGE_LIMITS.losslessBytes) return { bytes: png, mimeType: 'image/png' };
  }
  const opaque = decoded.hasAlpha() ? held(decoded.flatten({ background: [255, 255, 255] })) : decoded;
  return { bytes: opaque.jpegsaveBuffer({ ...ONLY_PIXELS, Q: 90 }), mimeType: 'image/jpeg' };
}
