/** How large an image says it is, read from its header: nothing is decoded, so a bomb costs nothing. */

/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Reads a header; null when it is broken or cut short. */
type Reader = (bytes: Buffer) => ImageSize | null;

const READERS: Readonly<Record<string, Reader>> = {
  'image/png': (bytes) =>
    bytes.length >= 24 && bytes.toString('latin1', 12, 16) === 'IHDR'
      ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
      : null,
  'image/gif': gifSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
};

/** @returns null for other types, and for images whose header cannot be read or that have no pixels */
export function imageSize(bytes: Uint8Array, mimeType: string): ImageSize | null {
  const size = READERS[mimeType]?.(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) ?? null;
  return size === null || size.width === 0 || size.height === 0 ? null : size;
}

/** Markers of JPEG that begin a frame and hold its size: all of C0 to CF but the tables. */
function beginsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function jpegSize(bytes: Buffer): ImageSize | null {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    // Any number of FF may fill the space before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (beginsFrame(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    // Pixels or the end came before any frame.
    if (marker === 0xd9 || marker === 0xda) return null;
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const length = standsAlone ? 0 : bytes.readUInt16BE(at + 2);
    if (!standsAlone && length < 2) return null;
    at += 2 + length;
  }
  return null;
}

/** The canvas, and every frame: a frame may be larger than its canvas. */
function gifSize(bytes: Buffer): ImageSize | null {
  if (bytes.length < 13) return null;
  let width = bytes.readUInt16LE(6);
  let height = bytes.readUInt16LE(8);
  const tableBytes = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  const afterBlocks = (from: number) => {
    let at = from;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes.readUInt8(at);
    return at + 1;
  };
  let at = 13 + tableBytes(bytes.readUInt8(10));
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === 0x21) at = afterBlocks(at + 2);
    else if (block === 0x2c && at + 10 <= bytes.length) {
      width = Math.max(width, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5));
      height = Math.max(height, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7));
      at = afterBlocks(at + 11 + tableBytes(bytes.readUInt8(at + 9)));
    } else break;
  }
  return { width, height };
}

function webpSize(bytes: Buffer): ImageSize | null {
  if (bytes.length < 30) return null;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) };
    case 'VP8L': {
      if (bytes[20] !== 0x2f) return null;
      const bits = bytes.readUInt32LE(21);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}
