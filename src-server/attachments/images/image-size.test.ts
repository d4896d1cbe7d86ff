import { describe, expect, it } from 'vitest';
import { imageSize } from './image-size.ts';

const u16 = (value: number) => [value >> 8, value & 255];
const le16 = (value: number) => [value & 255, value >> 8];
const latin = (text: string) => [...Buffer.from(text, 'latin1')];

const png = (width: number, height: number) => {
  const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.alloc(8)]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
const frame = [0xff, 0xc2, ...u16(11), 8, ...u16(600), ...u16(800), 1, 1, 0x11, 0];
const jpeg = (...before: number[]) => Buffer.from([0xff, 0xd8, ...before, ...frame]);
/** One comment, then one frame of this size; both begin with a table of two colours. */
const gif = (width: number, height: number) =>
  Buffer.from([
    ...latin('GIF89a'),
    ...[...le16(10), ...le16(20), 0x80, 0, 0, 1, 2, 3, 4, 5, 6],
    ...[0x21, 0xfe, 2, 65, 66, 0],
    ...[0x2c, ...le16(0), ...le16(0), ...le16(width), ...le16(height), 0x80, 1, 2, 3, 4, 5, 6, 2, 1, 9, 0],
    0x3b,
  ]);
const webp = (kind: string, ...body: number[]) =>
  Buffer.concat([Buffer.from(`RIFF....WEBP${kind}....`), Buffer.from(body), Buffer.alloc(20)]);

describe('the size of an image', () => {
  it.each<[string, Buffer, string, number, number]>([
    ['PNG', png(70_000, 80_000), 'image/png', 70_000, 80_000],
    ['JPEG', jpeg(), 'image/jpeg', 800, 600],
    ['JPEG behind other segments', jpeg(0xff, 0xe1, 0, 4, 0xff, 0xc0, 0xff), 'image/jpeg', 800, 600],
    ['JPEG with a table, which is no frame', jpeg(0xff, 0xc4, 0, 3, 9), 'image/jpeg', 800, 600],
    ['GIF', gif(5, 5), 'image/gif', 10, 20],
    ['GIF with a frame beyond its canvas', gif(60_000, 50_000), 'image/gif', 60_000, 50_000],
    ['WebP, extended', webp('VP8X', 0, 0, 0, 0, 0xff, 0xff, 0, 1, 0, 0), 'image/webp', 65_536, 2],
    ['WebP, lossless', webp('VP8L', 0x2f, 0xff, 0xff, 0xff, 0x0f), 'image/webp', 16_384, 16_384],
    ['WebP, lossy', webp('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, ...le16(300), ...le16(200)), 'image/webp', 300, 200],
  ])('is read from its header: %s', (_what, bytes, type, width, height) => {
    expect(imageSize(bytes, type)).toEqual({ width, height });
  });

  it.each([
    ['no pixels', png(0, 5), 'image/png'],
    ['no header', Buffer.from('\x89PNG\r\n\x1a\n'.padEnd(40, '.'), 'latin1'), 'image/png'],
    ['a JPEG without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xda, ...Buffer.alloc(20)]), 'image/jpeg'],
    ['a segment of no length', jpeg(0xff, 0xe0, 0, 0), 'image/jpeg'],
    ['an unknown WebP', webp('NOPE'), 'image/webp'],
    ['text', Buffer.from('hello'), 'text/plain'],
  ])('is unknown: %s', (_what, bytes, type) => {
    expect(imageSize(bytes, type)).toBeNull();
  });

  it('is never an exception, wherever the bytes end', () => {
    const images = { 'image/png': png(1, 1), 'image/jpeg': jpeg(), 'image/gif': gif(1, 1) };
    const all = { ...images, 'image/webp': webp('VP8L', 0x2f, 1, 2, 3, 4) };
    for (const [type, bytes] of Object.entries(all)) {
      for (let end = 0; end <= bytes.length; end += 1) {
        expect(() => imageSize(bytes.subarray(0, end), type)).not.toThrow();
      }
    }
  });
});
