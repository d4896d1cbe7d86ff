import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import { memoryStore, type Store } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import { openAttachments } from './attachments.ts';
import { sealedFiles } from './sealing/index.ts';
import { sniff } from './sniff.ts';
import { bytesOf, imageStub } from './testing/stubs.ts';
import { uploadTickets } from './tickets.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-files-'));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const context: RequestContext = {
  userId: 'usr_a',
  role: 'user',
  locale: 'en',
  signal: new AbortController().signal,
};

describe('the kind of a file', () => {
  it.each<[string, Buffer, string, string, string]>([
    ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1'), 'x.txt', 'image', 'image/png'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'x', 'image', 'image/jpeg'],
    ['a WebP', Buffer.from('RIFF1234WEBPVP8 '), 'x', 'image', 'image/webp'],
    ['text about GIF', Buffer.from('GIF8 was'), 'x.txt', 'text', 'text/plain'],
    ['something like WebP', Buffer.from('ABCD1234WEBP\0\0'), 'x', 'other', 'application/octet-stream'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'x.png', 'pdf', 'application/pdf'],
    ['a ZIP', Buffer.from('PK\x03\x04'), 'x.docx', 'other', 'application/zip'],
    ['SVG, which is a program', Buffer.from('<svg onload="x()"/>'), 'x.svg', 'text', 'image/svg+xml'],
    ['French', Buffer.from('déjà vu'), 'x.csv', 'text', 'text/csv'],
    ['Latin-1', Buffer.from('d\xe9j\xe0', 'latin1'), 'x.txt', 'other', 'application/octet-stream'],
    ['zeros', Buffer.alloc(9), 'x.txt', 'other', 'application/octet-stream'],
  ])('is found in its bytes: %s', (_what, bytes, name, kind, mimeType) => {
    expect(sniff(bytes, name)).toEqual({ kind, mimeType });
  });
});

describe('tickets', () => {
  it('work once, for one person and one file, and not for long', () => {
    let time = 0;
    const tickets = uploadTickets(1_000, () => time);
    const ticket = { userId: 'u', attachmentId: 'a', size: 1 };
    const secret = tickets.issue(ticket);
    expect(tickets.redeem(secret, 'v', 'a')).toBeNull();
    expect(tickets.redeem(secret, 'u', 'b')).toBeNull();
    expect(tickets.redeem(secret, 'u', 'a')).toMatchObject(ticket);
    expect(tickets.redeem(secret, 'u', 'a')).toBeNull();
    const late = tickets.issue(ticket);
    time = 1_000;
    expect(tickets.redeem(late, 'u', 'a')).toBeNull();
  });
});

describe('orphans', () => {
  it('go after a day, or with their thread; what was sent, or stands in a draft, stays', async () => {
    const inDrafts = new Set<string>();
    let time = Date.UTC(2026, 0, 1);
    const store: Store<RequestContext> = memoryStore();
    const known = new Map<string, Attachment>();
    const watched: Store<RequestContext> = {
      ...store,
      saveAttachment: async (attachment, of) => {
        known.set(attachment.id, attachment);
        await store.saveAttachment(attachment, of);
      },
      deleteAttachment: async (id, of) => {
        known.delete(id);
        await store.deleteAttachment(id, of);
      },
    };
    const files = sealedFiles(folder, randomBytes(32));
    const attachments = openAttachments({
      store: watched,
      files: () => files,
      records: () =>
        [...known.values()].map((attachment) => ({
          attachment,
          threadExists: attachment.thread_id === 'thr_1',
          inDraft: inDrafts.has(attachment.id),
        })),
      origin: () => 'http://127.0.0.1:1',
      limits: { bytes: 1_000, perMessage: 4 },
      readPdf: async () => ({ state: 'unreadable' }),
      people: () => [],
      images: imageStub(),
      clock: { now: () => time, every: () => () => undefined },
    });
    const add = async (text: string, thread_id: string | null) => {
      const attachment = await attachments.add(`${text}.txt`, [Buffer.from(text)], context);
      await watched.saveAttachment({ ...attachment, thread_id }, context);
      return attachment.id;
    };
    const sent = await add('sent', 'thr_1');
    const gone = await add('gone', 'thr_deleted');
    const unsent = await add('unsent', null);
    await attachments.sweep(context);
    const drafted = await add('drafted', null);
    inDrafts.add(drafted);
    expect([...known.keys()]).toEqual([sent, unsent, drafted]);
    expect(gone).not.toBe(sent);
    time += 25 * 60 * 60_000;
    await attachments.sweep(context);
    expect([...known.keys()]).toEqual([sent, drafted]);
    inDrafts.clear();
    await attachments.sweep(context);
    expect([...known.keys()]).toEqual([sent]);
    expect((await bytesOf(attachments.open(sent, 'original', context))).toString()).toBe('sent');
  });
});
