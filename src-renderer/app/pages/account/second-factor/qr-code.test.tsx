import decodeQR from 'qr/decode.js';
import { expect, it } from 'vitest';
import { find, render } from '../../../testing/render.tsx';
import { QrCode } from './qr-code.tsx';

/** How many pixels of the picture a square gets: what a camera sees is larger than one. */
const SCALE = 4;

it('draws what a reader reads, with white around it', async () => {
  const text =
    'otpauth://totp/Foyer:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Foyer&algorithm=SHA1&digits=6&period=30';
  await render(<QrCode text={text} label="the code" />);
  const svg = find<HTMLElement>('svg');
  const size = Number(svg.getAttribute('viewBox')?.split(' ')[2]);
  const dark = [...(svg.querySelector('path')?.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)h1v1h-1z/g)];
  const width = size * SCALE;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of dark) {
    for (let pixel = 0; pixel < SCALE * SCALE; pixel += 1) {
      const column = Number(x) * SCALE + (pixel % SCALE);
      const row = Number(y) * SCALE + Math.floor(pixel / SCALE);
      data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  expect(decodeQR({ width, height: width, data })).toBe(text);
  expect(Math.min(...dark.flatMap(([, x, y]) => [Number(x), Number(y)]))).toBe(4);
});
