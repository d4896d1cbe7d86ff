/** Images for tests: small ones, some with secrets in them, and hostile ones. */
import zlib from 'node:zlib';

/** 64 × 32, the left half red and the right half blue, without any metadata. */
export const JPEG = Buffer.from(
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAgAEADAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFwEBAQEBAAAAAAAAAAAAAAAAAAYHBf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJDnrEAABMaChgAAFNny5AAATGgoYAABTZ8uQAAExoKGAAAU2fLkAABMaChgAAH/2Q==',
  'base64',
);

/** The same as {@link JPEG}. */
export const WEBP = Buffer.from(
  'UklGRl4AAABXRUJQVlA4IFIAAABwBACdASpAACAAPtFip04oJiOiLBqoAQAaCWMAy93AvV/oH4qgEGIM6RO2AAD+6ez4RhtcT/zM/VE3c1x2Rz/zM/VE3fZjNvaomYRUHLeMSAAA',
  'base64',
);

/** The same as {@link JPEG}. */
export const GIF = Buffer.from(
  'R0lGODlhQAAgAIEAAExpcRQU5uYUFAAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQFAAAAACwAAAAAQAAgAAACZJSPqYvhD6OckNmbqN4Re8uF2kdm4lmVKsoG6tqebxnL81eLN55zu9fz/S7BzZBYpBxBycmS0XQ+FVHJlFpNXQ9Z7VbQfXy5YdcYXD6jw+qyeexup89x+hx+/9bxbHuf3yUXVgAAOw==',
  'base64',
);

/**
 * A JPEG as a telephone makes it: with EXIF that says which side is up, where it was, and with `secret` as its
 * description, in a comment, and in an XMP block.
 *
 * @param orientation as in EXIF: 6 means that it has to be turned right by a quarter
 */
export function photograph(jpeg: Buffer, orientation: number, secret: string): Buffer {
  const text = Buffer.from(`${secret}\0`);
  const ascii = (tag: number, length: number, offset: number) => entry(tag, 2, length, offset);
  const mainEntries = 3;
  const mainEnd = 8 + 2 + mainEntries * 12 + 4;
  const gpsAt = mainEnd + text.length;
  const gpsEnd = gpsAt + 2 + 4 * 12 + 4;
  const main = directory([
    ascii(0x010e, text.length, mainEnd),
    entry(0x0112, 3, 1, orientation << 16),
    entry(0x8825, 4, 1, gpsAt),
  ]);
  const north = Buffer.concat([48, 51, 30].flatMap((value) => [word(value), word(1)]));
  const east = Buffer.concat([2, 17, 40].flatMap((value) => [word(value), word(1)]));
  const gps = directory([
    entry(0x0001, 2, 2, 0x4e000000),
    entry(0x0002, 5, 3, gpsEnd),
    entry(0x0003, 2, 2, 0x45000000),
    entry(0x0004, 5, 3, gpsEnd + north.length),
  ]);
  const tiff = Buffer.concat([Buffer.from('MM\0*\0\0\0\x08', 'latin1'), main, text, gps, north, east]);
  const xmp = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>${secret}</a></x:xmpmeta>`;
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])),
    segment(0xe1, Buffer.from(xmp)),
    segment(0xfe, Buffer.from(secret)),
    jpeg.subarray(2),
  ]);
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function entry(tag: number, type: number, count: number, value: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(tag, 0);
  bytes.writeUInt16BE(type, 2);
  bytes.writeUInt32BE(count, 4);
  bytes.writeUInt32BE(value >>> 0, 8);
  return bytes;
}

function directory(entries: readonly Buffer[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeUInt16BE(entries.length);
  return Buffer.concat([count, ...entries, Buffer.alloc(4)]);
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** What a PNG is made of. */
export interface PngForm {
  readonly width: number;
  readonly height: number;
  /** Each row, in the colours of `form`. Default: black. */
  readonly row?: (y: number) => Uint8Array;
  /** 8 or 16 bits of red, green, blue, with or without transparency. Default: 8, without. */
  readonly bits?: 8 | 16;
  readonly alpha?: boolean;
  /** In seven passes, so that nothing is known before all was read. Then all is black. */
  readonly interlaced?: boolean;
  /** Parts to put before the pixels, with their names. */
  readonly parts?: readonly (readonly [name: string, content: Buffer])[];
}

/** Where each pass of an interlaced PNG begins, and its steps. */
const PASSES = [
  { x: 0, y: 0, across: 8, down: 8 },
  { x: 4, y: 0, across: 8, down: 8 },
  { x: 0, y: 4, across: 4, down: 8 },
  { x: 2, y: 0, across: 4, down: 4 },
  { x: 0, y: 2, across: 2, down: 4 },
  { x: 1, y: 0, across: 2, down: 2 },
  { x: 0, y: 1, across: 1, down: 2 },
];

/** A PNG, packed row by row: a large one costs no memory here. */
export async function png(form: PngForm): Promise<Buffer> {
  const { width, height, bits = 8, alpha = false, interlaced = false, parts = [] } = form;
  const pixelBytes = (alpha ? 4 : 3) * (bits / 8);
  const packed: Buffer[] = [];
  const deflate = zlib.createDeflate({ level: 9 });
  deflate.on('data', (chunk: Buffer) => packed.push(chunk));
  const passes = interlaced ? PASSES : [{ x: 0, y: 0, across: 1, down: 1 }];
  for (const { x, y, across, down } of passes) {
    const black = new Uint8Array(Math.ceil((width - x) / across) * pixelBytes);
    for (let line = y; line < height; line += down) {
      const row = Buffer.concat([Buffer.alloc(1), form.row?.(line) ?? black]);
      if (!deflate.write(row)) await new Promise((resolve) => deflate.once('drain', resolve));
    }
  }
  await new Promise<void>((resolve) => deflate.once('end', resolve).end());
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    part('IHDR', header(width, height, bits, alpha, interlaced)),
    ...parts.map(([name, content]) => part(name, content)),
    part('IDAT', Buffer.concat(packed)),
    part('IEND', Buffer.alloc(0)),
  ]);
}

function header(width: number, height: number, bits: number, alpha: boolean, interlaced = false): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([bits, alpha ? 6 : 2, 0, 0, interlaced ? 1 : 0], 8);
  return bytes;
}

function part(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  return Buffer.concat([word(content.length), named, word(zlib.crc32(named))]);
}

/** Images of a few bytes that say to be far too large. */
export const BOMBS: readonly (readonly [name: string, bytes: Buffer])[] = [
  [
    'bomb.png',
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      part('IHDR', header(60_000, 60_000, 8, true)),
      part('IDAT', zlib.deflateSync(Buffer.alloc(1_000_000))),
      part('IEND', Buffer.alloc(0)),
    ]),
  ],
  ['bomb.gif', Buffer.concat([GIF.subarray(0, 6), Buffer.from([0xff, 0xff, 0xff, 0xff]), GIF.subarray(10)])],
  [
    'bomb.webp',
    Buffer.concat([
      Buffer.from('RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0', 'latin1'),
      Buffer.from([0xff, 0xff, 0x3f, 0xff, 0xff, 0x3f]),
      Buffer.alloc(8),
    ]),
  ],
  ['bomb.jpg', Buffer.concat([JPEG.subarray(0, 140), tall(JPEG.subarray(140))])],
];

/** The frame of {@link JPEG} with 65,500 × 65,500 pixels. */
function tall(rest: Buffer): Buffer {
  const bytes = Buffer.from(rest);
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(65_500, at + 5);
  bytes.writeUInt16BE(65_500, at + 7);
  return bytes;
}
