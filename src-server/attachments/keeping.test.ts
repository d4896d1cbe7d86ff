/** What is kept and what is refused, with the bytes on a real disk. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import { memoryStore, type Store } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import { openAttachments, TICKET_HEADER } from './attachments.ts';
import { type SealedFiles, sealedFiles } from './sealing/index.ts';
import { bytesOf, imageStub } from './testing/stubs.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-keeping-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const context: RequestContext = {
  userId: 'usr_a',
  role: 'user',
  locale: 'en',
  signal: new AbortController().signal,
};

/** A room over a store whose saving takes a while, as on a busy disk; `saving` is told when it begins. */
function room(
  now = Date.now,
  saving: () => void = () => undefined,
  images = imageStub(),
  changed: Partial<SealedFiles> = {},
) {
  const store: Store<RequestContext> = memoryStore();
  const known = new Map<string, Attachment>();
  const slow: Store<RequestContext> = {
    ...store,
    saveAttachment: async (attachment, of) => {
      saving();
      await new Promise((resolve) => setTimeout(resolve, 20));
      known.set(attachment.id, attachment);
      await store.saveAttachment(attachment, of);
    },
    deleteAttachment: async (id, of) => {
      known.delete(id);
      await store.deleteAttachment(id, of);
    },
  };
  const files = { ...sealedFiles(folder, randomBytes(32)), ...changed };
  const attachments = openAttachments({
    store: slow,
    files: () => files,
    records: () =>
      [...known.values()].map((attachment) => ({ attachment, threadExists: false, inDraft: false })),
    origin: () => 'http://127.0.0.1:1',
    readPdf: async () => ({ state: 'unreadable' }),
    people: () => [],
    images,
    limits: { bytes: 1_000, perMessage: 4 },
    clock: { now, every: () => () => undefined },
  });
  return { attachments, known, store: slow };
}

const png = (width: number, height: number) => {
  const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.alloc(8)]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};

it.each([
  ['too_many_pixels', 422],
  ['too_heavy', 422],
  ['unreadable', 422],
  ['timeout', 422],
  ['unavailable', 503],
] as const)('an image that is %s is refused, and nothing of it is written', async (state, status) => {
  const { attachments, known } = room(Date.now, undefined, imageStub({ state }));
  await expect(attachments.add('a.png', [png(8, 8)], context)).rejects.toMatchObject({ status });
  expect(known.size).toBe(0);
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('of an image, what is shown and what models get is kept beside it, and goes with it', async () => {
  const { attachments, store } = room();
  const { id } = await attachments.add('a.png', [png(8, 8)], context);
  expect(fs.readdirSync(folder)).toHaveLength(3);
  expect(await bytesOf(attachments.open(id, 'original', context))).toEqual(png(8, 8));
  expect((await bytesOf(attachments.open(id, 'preview', context))).toString()).toBe('small');
  expect((await bytesOf(attachments.open(id, 'image', context))).toString()).toBe('large');
  await attachments.store.deleteAttachment(id, context);
  await store.deleteAttachment(id, context);
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('bytes that arrive longer or shorter than announced, or break off, leave nothing', async () => {
  const { attachments, store } = room();
  const announce = async (size: number) => {
    const made = await attachments.store.createAttachment!({ name: 'a', size, mime_type: 'x/y' }, context);
    await store.saveAttachment(made, context);
    return { id: made.id, ticket: made.upload_descriptor!.headers[TICKET_HEADER]! };
  };
  const broken = async function* () {
    yield Buffer.from('abc');
    throw new Error('the line broke');
  };
  for (const bytes of [[Buffer.from('abc')], [Buffer.from('abc'), Buffer.from('def')], broken(), []]) {
    const { id, ticket } = await announce(5);
    await expect(attachments.redeem(id, ticket, context).upload(bytes)).rejects.toThrow();
    expect(() => attachments.redeem(id, ticket, context)).toThrow();
  }
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('a full disk is said to be full', async () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const { attachments, known } = room(Date.now, undefined, imageStub(), {
    draft: async () => {
      const draft = await sealedFiles(folder, randomBytes(32)).draft();
      return { ...draft, write: () => Promise.reject(full) };
    },
  });
  await expect(attachments.add('a.txt', [Buffer.from('a')], context)).rejects.toMatchObject({
    status: 507,
    code: 'disk_full',
  });
  expect(known.size).toBe(0);
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('an attachment that is taken back while its bytes come stays away', async () => {
  const { attachments, store } = room();
  const made = await attachments.store.createAttachment!({ name: 'a', size: 6, mime_type: 'x/y' }, context);
  await store.saveAttachment(made, context);
  const permission = attachments.redeem(made.id, made.upload_descriptor!.headers[TICKET_HEADER]!, context);
  const bytes = async function* () {
    yield Buffer.from('abc');
    await store.deleteAttachment(made.id, context);
    yield Buffer.from('def');
  };
  await expect(permission.upload(bytes())).rejects.toThrow();
  await expect(store.loadAttachment(made.id, context)).rejects.toThrow();
  expect(fs.readdirSync(folder)).toEqual([]);
});

it('bytes stay when they are uploaded again while their first record is deleted', async () => {
  let saving: () => void = () => undefined;
  const { attachments, store } = room(Date.now, () => saving());
  const bytes = Buffer.from('the same bytes');
  const first = await attachments.add('a.txt', [bytes], context);
  const written = new Promise<void>((resolve) => {
    saving = resolve;
  });
  const again = attachments.add('b.txt', [bytes], context);
  await written;
  await attachments.store.deleteAttachment(first.id, context);
  await store.deleteAttachment(first.id, context);
  const { id } = await again;
  expect(await bytesOf(attachments.open(id, 'original', context))).toEqual(bytes);
});

it('clearing up goes on past a record that was not made here', async () => {
  let time = Date.UTC(2026, 0, 1);
  const { attachments, known, store } = room(() => time);
  await store.saveAttachment(
    { type: 'file', id: 'atc_foreign', name: 'x', mime_type: 'text/plain' },
    context,
  );
  await attachments.add('a.txt', [Buffer.from('never sent')], context);
  time += 25 * 60 * 60_000;
  await attachments.sweep(context);
  expect([...known.keys()]).toEqual(['atc_foreign']);
});

it('keeps images that models make with their thread, and gives them back to models', async () => {
  const { attachments, known } = room();
  const bytes = png(8, 8);
  const url = await attachments.addImage(bytes, 'thr_1', context);
  const [image] = known.values();
  expect(image).toMatchObject({ type: 'image', thread_id: 'thr_1' });
  expect(url).toBe(`/api/attachments/${image?.id}/image`);
  const asData = `data:image/jpeg;base64,${Buffer.from('large').toString('base64')}`;
  expect(await attachments.imageForModel(url, context)).toBe(asData);
  expect(await attachments.imageForModel('https://example.com/a.png', context)).toBe(
    'https://example.com/a.png',
  );
  expect(await attachments.imageForModel('/api/attachments/atc_0/preview', context)).toBeNull();
});
