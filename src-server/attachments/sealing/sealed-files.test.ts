/** Files that are sealed in pieces: what comes back, what is noticed, and how little memory it takes. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamagedFileError, type SealedFiles, sealedFiles } from './index.ts';
import { HEADER_BYTES, PIECE_BYTES, sealedBytes, TAG_BYTES } from './sealed-format.ts';

let folder: string;
let files: SealedFiles;
const key = randomBytes(32);
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-sealed-'));
  files = sealedFiles(folder, key);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function readAll(from: SealedFiles, name: string): Promise<Buffer> {
  const file = await from.open(name);
  const pieces: Buffer[] = [];
  for await (const piece of file.read()) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  expect(bytes.length).toBe(file.size);
  return bytes;
}

describe('what was written', () => {
  it.each([0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES, 200_001])(
    'comes back, %i bytes, however they arrived',
    async (size) => {
      const bytes = randomBytes(size);
      const name = await files.write(bytes);
      expect(await readAll(files, name)).toEqual(bytes);
      expect(fs.statSync(path.join(folder, name)).size).toBe(sealedBytes(size));
      const draft = await files.draft();
      for (let at = 0; at < size; at += 40_009) await draft.write(bytes.subarray(at, at + 40_009));
      const finished = await draft.finish();
      const pieces: Buffer[] = [];
      for await (const piece of finished.read()) pieces.push(piece);
      expect(Buffer.concat(pieces)).toEqual(bytes);
      expect(await finished.keep()).toBe(name);
      expect(fs.readdirSync(folder)).toEqual([name]);
    },
  );

  it('is kept once and tells nothing, and each person has another name for it', async () => {
    const bytes = Buffer.from('a secret that is long enough to be found');
    const name = await files.write(bytes);
    const before = fs.readFileSync(path.join(folder, name));
    expect(await files.write(bytes)).toBe(name);
    expect(fs.readFileSync(path.join(folder, name))).toEqual(before);
    expect(before.includes('secret')).toBe(false);
    const others = sealedFiles(path.join(folder, 'other'), randomBytes(32));
    expect(await others.write(bytes)).not.toBe(name);
  });

  it('takes the place of a damaged file of the same bytes', async () => {
    const name = await files.write(Buffer.from('bytes'));
    fs.truncateSync(path.join(folder, name), 20);
    expect(await files.write(Buffer.from('bytes'))).toBe(name);
    expect((await readAll(files, name)).toString()).toBe('bytes');
  });

  it('is gone when it is discarded, before and after its end', async () => {
    const early = await files.draft();
    await early.write(Buffer.from('x'));
    await early.discard();
    const late = await files.draft();
    await (await late.finish()).discard();
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('damage is noticed', () => {
  const PIECE = PIECE_BYTES + TAG_BYTES;
  const at = (index: number) => HEADER_BYTES + index * PIECE;
  const swap = (sealed: Buffer, a: number, b: number) => {
    const first = Buffer.from(sealed.subarray(at(a), at(a) + PIECE));
    sealed.copyWithin(at(a), at(b), at(b) + PIECE);
    first.copy(sealed, at(b));
    return sealed;
  };
  const flip = (position: number) => (sealed: Buffer) => {
    sealed[position] = (sealed[position] ?? 0) ^ 1;
    return sealed;
  };

  it.each<[string, (sealed: Buffer) => Buffer]>([
    ['a bit of the magic', flip(0)],
    ['a bit of the salt', flip(10)],
    ['a bit of the header', flip(60)],
    ['a bit of the first piece', flip(at(0) + 5)],
    ['a bit of the last piece', flip(at(3) + 5)],
    ['a bit of a tag', flip(at(1) - 1)],
    ['pieces in another order', (sealed) => swap(sealed, 0, 1)],
    ['a piece twice', (sealed) => sealed.copyWithin(at(1), at(0), at(1))],
    ['the last piece missing', (sealed) => sealed.subarray(0, at(3))],
    ['a whole piece missing', (sealed) => Buffer.concat([sealed.subarray(0, at(1)), sealed.subarray(at(2))])],
    ['one byte missing', (sealed) => sealed.subarray(0, -1)],
    ['one byte more', (sealed) => Buffer.concat([sealed, Buffer.alloc(1)])],
    ['nothing but the beginning of a header', (sealed) => sealed.subarray(0, 30)],
    ['an empty file', () => Buffer.alloc(0)],
  ])('%s', async (_what, damage) => {
    const name = await files.write(randomBytes(3 * PIECE_BYTES + 100));
    const file = path.join(folder, name);
    fs.writeFileSync(file, damage(fs.readFileSync(file)));
    await expect(readAll(files, name)).rejects.toThrow(DamagedFileError);
    expect(fs.existsSync(file)).toBe(true);
  });

  it('the file of another name, pieces of another file, and another key', async () => {
    const [one, two] = [await files.write(randomBytes(10)), await files.write(randomBytes(10))];
    const [first, second] = [one, two].map((name) => path.join(folder, name)) as [string, string];
    await expect(readAll(sealedFiles(folder, randomBytes(32)), one)).rejects.toThrow(DamagedFileError);
    const sealed = fs.readFileSync(first);
    fs.writeFileSync(
      first,
      Buffer.concat([sealed.subarray(0, at(0)), fs.readFileSync(second).subarray(at(0))]),
    );
    await expect(readAll(files, one)).rejects.toThrow(DamagedFileError);
    fs.copyFileSync(second, first);
    await expect(readAll(files, one)).rejects.toThrow(DamagedFileError);
    await expect(files.open('../../etc/passwd')).rejects.toThrow('not the name');
  });
});

it('sweeps what nobody needs, and what a crash left half written', async () => {
  const [needed, other] = [await files.write(Buffer.from('a')), await files.write(Buffer.from('b'))];
  fs.writeFileSync(path.join(folder, `.${'0'.repeat(32)}.part`), 'half');
  fs.writeFileSync(path.join(folder, 'not-ours.txt'), 'x');
  await files.sweep((name) => name === needed, 60_000);
  expect(fs.readdirSync(folder)).toHaveLength(4);
  await files.sweep((name) => name === needed, 0);
  expect(fs.readdirSync(folder).sort()).toEqual([needed, 'not-ours.txt'].sort());
  expect(other).not.toBe(needed);
});

it('holds little of 100 MB, in both directions', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const piece = randomBytes(1_048_576);
  const before = process.memoryUsage();
  let most = 0;
  let looks = 0;
  /** Only what is still held counts: when the collector comes by itself is its own affair. */
  const look = () => {
    looks += 1;
    if (looks % 10 !== 0) return;
    collect();
    const { arrayBuffers } = process.memoryUsage();
    most = Math.max(most, arrayBuffers - before.arrayBuffers);
  };
  const draft = await files.draft();
  for (let count = 0; count < 100; count += 1) {
    await draft.write(piece);
    look();
  }
  const name = await (await draft.finish()).keep();
  const file = await files.open(name);
  let size = 0;
  for await (const bytes of file.read()) {
    size += bytes.length;
    if (size % 1_048_576 === 0) look();
  }
  expect(size).toBe(100 * 1_048_576);
  expect(looks).toBe(200);
  expect(most / 1e6, 'of 104').toBeLessThan(50);
}, 60_000);
