/** Images through the real thread: what comes out of it, what it refuses, and when it ends. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BOMBS, GIF, JPEG, photograph, png, WEBP } from '../../../tests/support/images.ts';
import { imageSize } from './image-size.ts';
import type { ImageType } from './image-types.ts';
import { type ImageWorkshop, type ImageWorkshopOptions, imageWorkshop } from './image-workshop.ts';
import { type Codec, loadCodec } from './vips.ts';

const codecFile = createRequire(import.meta.url).resolve('wasm-vips');
const still = new AbortController().signal;
const CANARY = 'canary-0b6d';

/** Every thread that this process started, and which of them have ended. */
const threads: { hasEnded: boolean }[] = [];
const watch = (worker: Worker) => {
  // The codec's own threads begin in the other thread and are not seen here.
  const thread = { hasEnded: false };
  threads.push(thread);
  worker.once('exit', () => {
    thread.hasEnded = true;
  });
};

// Beginning a thread takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let workshop: ImageWorkshop;
const open = (options: Partial<ImageWorkshopOptions> = {}) => {
  workshop = imageWorkshop({
    worker: path.join(import.meta.dirname, 'image-worker.ts'),
    codec: codecFile,
    ...options,
  });
  return workshop;
};
beforeAll(() => void process.on('worker', watch));
afterAll(() => void process.off('worker', watch));
afterEach(async () => {
  await workshop.close();
  threads.length = 0;
});

const prepare = (bytes: Buffer, mimeType: ImageType, owner = 'usr_a', signal = still) =>
  workshop.prepare(
    owner,
    {
      size: bytes.length,
      mimeType,
      async *read() {
        for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
      },
    },
    signal,
  );

/** The result for a picture that can be read. */
const ready = async (bytes: Buffer, mimeType: ImageType) => {
  const outcome = await prepare(bytes, mimeType);
  if (outcome.state !== 'ready') throw new Error(`the image was ${outcome.state}`);
  return outcome;
};

describe('an image', () => {
  let eyes: Codec;
  beforeAll(async () => {
    eyes = await loadCodec(codecFile, 16_384);
  });
  const fields = (bytes: Uint8Array) => [...eyes.Image.newFromBuffer(bytes).getFields()].join();
  const colour = (bytes: Uint8Array, x: number, y: number): string => {
    const [red = 0, green = 0, blue = 0, alpha = 255] = eyes.Image.newFromBuffer(bytes).getpoint(x, y);
    if (alpha < 128) return 'clear';
    if (red > 150 && green > 150 && blue > 150) return 'white';
    return red > 150 ? 'red' : blue > 150 ? 'blue' : 'dark';
  };

  it.each<[string, Buffer, ImageType, ImageType]>([
    ['JPEG', JPEG, 'image/jpeg', 'image/jpeg'],
    ['WebP', WEBP, 'image/webp', 'image/jpeg'],
    ['GIF', GIF, 'image/gif', 'image/png'],
  ])('of every format is made anew: %s', async (_name, bytes, mimeType, forModel) => {
    open();
    const { preview, image, width, height } = await ready(bytes, mimeType);
    expect([width, height]).toEqual([64, 32]);
    expect([preview.mimeType, image.mimeType]).toEqual(['image/webp', forModel]);
    for (const made of [preview, image]) {
      expect(imageSize(made.bytes, made.mimeType)).toEqual({ width: 64, height: 32 });
      expect([colour(made.bytes, 10, 16), colour(made.bytes, 54, 16)]).toEqual(['red', 'blue']);
    }
  });

  it('is made smaller, and never larger; what is clear stays clear', async () => {
    open();
    const row = new Uint8Array(3_000 * 4).map((_value, index) =>
      index >= 6_000 && index % 4 !== 1 ? 255 : 0,
    );
    const large = await ready(
      await png({ width: 3_000, height: 1_000, row: () => row, alpha: true }),
      'image/png',
    );
    expect([large.width, large.height]).toEqual([3_000, 1_000]);
    expect(imageSize(large.preview.bytes, 'image/webp')).toEqual({ width: 512, height: 171 });
    expect(large.image.mimeType).toBe('image/png');
    expect(imageSize(large.image.bytes, 'image/png')).toEqual({ width: 2_048, height: 683 });
    for (const { bytes } of [large.preview, large.image]) expect(colour(bytes, 10, 10)).toBe('clear');
    expect(colour(large.preview.bytes, 500, 100)).not.toBe('clear');
    const tiny = await ready(await png({ width: 3, height: 2 }), 'image/png');
    expect(imageSize(tiny.preview.bytes, 'image/webp')).toEqual({ width: 3, height: 2 });
  });

  it.each([
    [1, 64, 32, [10, 16], [54, 16]],
    [3, 64, 32, [54, 16], [10, 16]],
    [6, 32, 64, [16, 10], [16, 54]],
    [8, 32, 64, [16, 54], [16, 10]],
  ] as const)(
    'is upright, EXIF orientation %i, and has no secrets',
    async (orientation, width, height, red, blue) => {
      open();
      const original = photograph(JPEG, orientation, CANARY);
      expect(original.includes(CANARY)).toBe(true);
      expect(fields(original)).toContain('GPSLatitude');
      const made = await ready(original, 'image/jpeg');
      expect([made.width, made.height]).toEqual([width, height]);
      for (const { bytes, mimeType } of [made.preview, made.image]) {
        expect(imageSize(bytes, mimeType)).toEqual({ width, height });
        expect([colour(bytes, red[0], red[1]), colour(bytes, blue[0], blue[1])]).toEqual(['red', 'blue']);
        const text = Buffer.from(bytes).toString('latin1');
        for (const trace of [CANARY, 'Exif', 'EXIF', 'xmp', 'XMP', 'ICC']) expect(text).not.toContain(trace);
        expect(fields(bytes)).not.toMatch(/exif|xmp|icc|gps/i);
      }
    },
  );

  it('of 16 bits, in text parts and with the end left out is read all the same', async () => {
    open();
    const text = Buffer.from(`Comment\0${CANARY}`, 'latin1');
    const deep = await png({ width: 40, height: 30, bits: 16, alpha: true, parts: [['tEXt', text]] });
    const { image } = await ready(deep, 'image/png');
    expect(Buffer.from(image.bytes).includes(CANARY)).toBe(false);
    expect(image.bytes[24]).toBe(8);
    const endless = await ready(JPEG.subarray(0, -2), 'image/jpeg');
    expect(colour(endless.image.bytes, 10, 16)).toBe('red');
  });

  it('that is no drawing and large for a PNG becomes JPEG, on white', async () => {
    open();
    let seed = 1;
    const noise = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed >>> 16;
    };
    const row = () => new Uint8Array(2_000 * 4).map((_value, index) => (index % 4 === 3 ? 0 : noise()));
    const { image } = await ready(await png({ width: 2_000, height: 1_000, alpha: true, row }), 'image/png');
    expect(image.mimeType).toBe('image/jpeg');
    expect(colour(image.bytes, 100, 100)).toBe('white');
  }, 60_000);
});

describe('what cannot be read', () => {
  it.each(BOMBS)('%s is refused without being decoded', async (name, bytes) => {
    open();
    const mimeType = `image/${name.slice(5).replace('jpg', 'jpeg')}` as ImageType;
    expect(await prepare(bytes, mimeType)).toEqual({ state: 'too_many_pixels' });
  });

  it('is refused when it takes too much memory, and the next image is read', async () => {
    open({ wasmPages: 4_100 });
    const interlaced = await png({ width: 9_000, height: 7_000, alpha: true, interlaced: true });
    expect(await prepare(interlaced, 'image/png')).toEqual({ state: 'too_heavy' });
    expect((await ready(JPEG, 'image/jpeg')).width).toBe(64);
    expect(threads).toHaveLength(2);
  }, 60_000);

  it('is said to be unreadable, and the next image is read by another thread', async () => {
    open();
    const whole = await png({ width: 300, height: 300, row: (y) => Buffer.alloc(900, y % 251) });
    const flipped = Buffer.from(whole);
    flipped[80] = (flipped[80] ?? 0) ^ 0x55;
    const broken: [Buffer, ImageType][] = [
      [whole.subarray(0, whole.length / 2), 'image/png'],
      [flipped, 'image/png'],
      [whole.subarray(0, 33), 'image/png'],
      [whole, 'image/jpeg'],
      [JPEG.subarray(0, -40), 'image/jpeg'],
      [Buffer.concat([WEBP.subarray(0, 40), Buffer.alloc(70, 0x5a)]), 'image/webp'],
      [GIF.subarray(0, 40), 'image/gif'],
      [Buffer.from('GIF89a'), 'image/gif'],
    ];
    for (const [bytes, mimeType] of broken) {
      expect(await prepare(bytes, mimeType), mimeType).toEqual({ state: 'unreadable' });
    }
    expect((await ready(JPEG, 'image/jpeg')).width).toBe(64);
    expect(threads).toHaveLength(broken.length + 1);
  }, 60_000);
});

describe('the thread', () => {
  it('ends with the time for an image', async () => {
    const large = await png({ width: 6_000, height: 6_000 });
    open({ imageMs: 150 });
    expect(await prepare(large, 'image/png')).toEqual({ state: 'timeout' });
    expect(threads).toEqual([{ hasEnded: true }]);
  }, 60_000);

  it('serves one person only, one image after the other, and ends when nothing is left to do', async () => {
    open({ idleMs: 100 });
    const both = [
      prepare(JPEG, 'image/jpeg'),
      prepare(GIF, 'image/gif'),
      prepare(JPEG, 'image/jpeg', 'usr_b'),
    ];
    expect((await Promise.all(both)).map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    expect(threads).toEqual([{ hasEnded: true }, { hasEnded: false }]);
    await expect.poll(() => threads[1]?.hasEnded, { timeout: 20_000 }).toBe(true);
    expect((await ready(JPEG, 'image/jpeg')).width).toBe(64);
    expect(threads).toHaveLength(3);
  });

  it('ends with the request that it works for; a request that waits is let go', async () => {
    const large = await png({ width: 6_000, height: 6_000 });
    open();
    const gone = new AbortController();
    const [first, second] = [1, 2].map(() => prepare(large, 'image/png', 'usr_a', gone.signal));
    setTimeout(() => gone.abort(), 100);
    expect([await first, await second]).toEqual([{ state: 'cancelled' }, { state: 'cancelled' }]);
    expect(threads).toEqual([{ hasEnded: true }]);
  }, 60_000);

  it('that cannot load its codec is reported, and so is work after the end', async () => {
    const logged: string[] = [];
    open({ codec: path.join(import.meta.dirname, 'nowhere.cjs'), log: (line) => logged.push(line) });
    expect(await prepare(JPEG, 'image/jpeg')).toEqual({ state: 'unavailable' });
    expect(logged).toHaveLength(1);
    await workshop.close();
    expect(await prepare(JPEG, 'image/jpeg')).toEqual({ state: 'unavailable' });
  });

  it('knows nothing of the environment', async () => {
    process.env.FOYER_TEST_SECRET = CANARY;
    const worker = path.join(import.meta.dirname, '..', 'testing', 'environment-worker.ts');
    open({ worker });
    expect(await prepare(JPEG, 'image/jpeg')).toMatchObject({ state: 'ready', width: 0 });
    delete process.env.FOYER_TEST_SECRET;
  });
});
