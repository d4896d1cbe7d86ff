/** PDF files through the real thread: their text, and what becomes of hostile ones. */
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { pdfWith } from '../../../tests/support/files.ts';
import { pdfBomb } from '../../../tests/support/pdf-bomb.ts';
import { pdfReader } from './pdf-text.ts';

// Threads take a while to begin on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const readPdf = pdfReader(path.join(import.meta.dirname, 'pdf-worker.ts'));
const read = (bytes: Uint8Array, signal = new AbortController().signal) =>
  readPdf(new Uint8Array(bytes), 1_000, signal);

it('reads text, also packed text, and counts pages', async () => {
  expect(await read(pdfWith('forty-two'))).toEqual({ state: 'read', text: 'forty-two', pages: 1 });
  const packed = await pdfBomb('BT /F1 24 Tf (ten) Tj ET\n', 1);
  expect(await read(packed)).toMatchObject({ state: 'read', pages: 1, text: expect.stringContaining('ten') });
});

it('says so when there is nothing to read', async () => {
  expect(await read(Buffer.from('%PDF-1.7\nnothing'))).toEqual({ state: 'unreadable' });
});

it.each([' ', 'BT /F1 24 Tf 72 720 Td (again and again) Tj ET\n'])(
  'knows a bomb of %j soon, and reads the next file',
  async (line) => {
    const bomb = await pdfBomb(line, 600);
    const [first, next] = await Promise.all([read(bomb), read(pdfWith('next'))]);
    expect(first).toEqual({ state: 'bomb' });
    expect(next).toMatchObject({ state: 'read', text: 'next' });
  },
  60_000,
);

it('ends with the request that it works for, and lets go of one that waits', async () => {
  const gone = new AbortController();
  const both = [read(pdfWith('a'), gone.signal), read(pdfWith('b'), gone.signal)];
  gone.abort();
  expect(await Promise.all(both)).toEqual([{ state: 'cancelled' }, { state: 'cancelled' }]);
});

it('ends when its time is over', async () => {
  const impatient = pdfReader(path.join(import.meta.dirname, 'pdf-worker.ts'), 1);
  const outcome = await impatient(new Uint8Array(pdfWith('a')), 1_000, new AbortController().signal);
  expect(outcome).toEqual({ state: 'timeout' });
});
