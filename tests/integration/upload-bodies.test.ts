/** Bodies of uploads on the wire: what is asked before they are read, and when reading ends. */
import fs from 'node:fs';
import net from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import { type Client, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { attachmentOf, codeOf, uploads } from '../support/uploads.ts';

// Threads take a while to begin on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const LIMIT = 1_000_000;

let foyer: TestFoyer;
let client: Client;
let up: ReturnType<typeof uploads>;
beforeAll(async () => {
  foyer = await startFoyer({ env: { ATTACHMENT_MAX_BYTES: String(LIMIT) } });
  client = await signIn(foyer.url, ADMINISTRATOR);
  up = uploads(foyer.url, client);
});
afterAll(async () => {
  await foyer.remove();
});

/** Temporary and sealed files on the disk. */
const stored = () =>
  fs
    .readdirSync(foyer.dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => /files[\\/](?:[0-9a-f]{64}|\..*\.part)$/.test(name)).length;

/** A request of which only the head is sent at first. */
function open(method: string, address: string, headers: Readonly<Record<string, string>>) {
  const { hostname, port, pathname } = new URL(address, foyer.url);
  const socket = net.connect({ host: hostname, port: Number(port) });
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const lines = Object.entries({ Host: `${hostname}:${port}`, ...up.auth, ...headers });
  socket.write(
    `${method} ${pathname} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  return {
    socket,
    closed,
    received: () => received,
    status: () => expect.poll(() => received.slice(9, 12), { timeout: 10_000 }),
  };
}

const put = (attachment: Attachment, headers: Readonly<Record<string, string>>) => {
  const descriptor = attachment.upload_descriptor!;
  return open('PUT', descriptor.url, { ...descriptor.headers, ...headers });
};

it('a ticket is asked for before a single byte was sent', async () => {
  const announced = await attachmentOf(await up.announce('a.txt', 5_000, 'text/plain'));
  const wrong = put(announced, { 'Foyer-Upload-Ticket': 'wrong', 'Content-Length': '5000' });
  await wrong.status().toBe('403');
  expect(wrong.received()).toContain('"code":"ticket"');
  await wrong.closed;
  const none = open('PUT', announced.upload_descriptor!.url, { 'Content-Length': '5000' });
  await none.status().toBe('403');
  none.socket.destroy();
  expect((await up.send(announced.upload_descriptor!, Buffer.alloc(5_000, 'a'))).status).toBe(200);
});

it('nobody who is not signed in is read at all, and the connection is cut', async () => {
  const request = open('POST', '/api/attachments', {
    Authorization: 'Bearer nobody',
    'Content-Length': '900000',
  });
  await request.status().toBe('401');
  await request.closed;
});

it('a body that says to be too long, or longer than announced, is refused unread', async () => {
  const direct = open('POST', '/api/attachments', { 'Content-Length': String(LIMIT + 1) });
  await direct.status().toBe('413');
  expect(direct.received()).toContain('"code":"too_large"');
  await direct.closed;
  const announced = await attachmentOf(await up.announce('a.txt', 5_000, 'text/plain'));
  const longer = put(announced, { 'Content-Length': '5001' });
  await longer.status().toBe('422');
  expect(longer.received()).toContain('"code":"wrong_size"');
  longer.socket.destroy();
});

/** The two ways of sending a file: how, with which headers, and what comes before its bytes. */
const WAYS = [
  ['raw', {}, Buffer.alloc(0)],
  [
    'in a form',
    { 'Content-Type': 'multipart/form-data; boundary=x' },
    Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'),
  ],
] as const;

it.each(WAYS)(
  'an endless body of no stated length is cut soon after its limit, %s',
  async (_how, headers, first) => {
    const before = stored();
    const request = open('POST', '/api/attachments', { ...headers, 'Transfer-Encoding': 'chunked' });
    const chunk = (bytes: Buffer) =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
    if (first.length > 0) request.socket.write(chunk(first));
    const piece = chunk(Buffer.alloc(65_536, 'a'));
    let sent = 0;
    while (!request.socket.destroyed && sent < 500_000_000) {
      sent += piece.length;
      if (!request.socket.write(piece)) {
        await Promise.race([new Promise((resolve) => request.socket.once('drain', resolve)), request.closed]);
      }
    }
    await request.closed;
    expect(request.received()).toContain('HTTP/1.1 413');
    expect(request.received()).toContain('"code":"too_large"');
    // What lies in the buffers of the system comes on top of the limit and what a client may send after its answer.
    expect(sent).toBeLessThan(40_000_000);
    await expect.poll(stored, { timeout: 10_000 }).toBe(before);
  },
);

it.each(WAYS)(
  'a body that breaks off leaves nothing and is no failure of the server, %s',
  async (_how, headers, first) => {
    const before = stored();
    const lines = foyer.logged.length;
    const request = open('POST', '/api/attachments', { ...headers, 'Content-Length': '500000' });
    request.socket.write(Buffer.concat([first, Buffer.alloc(200_000, 'a')]));
    await expect.poll(stored, { timeout: 10_000 }).toBe(before + 1);
    request.socket.destroy();
    await expect.poll(stored, { timeout: 10_000 }).toBe(before);
    expect(foyer.logged.slice(lines)).toEqual([]);
  },
);

it('a form without a file, with another part, or with no boundary is refused', async () => {
  const form = new FormData();
  form.append('other', new Blob(['x']), 'x.txt');
  const post = (body: FormData | string, headers = {}) =>
    fetch(new URL('/api/attachments', foyer.url), {
      method: 'POST',
      headers: { ...up.auth, ...headers },
      body,
    });
  expect(await codeOf(await post(form))).toBe('no_file');
  expect(await codeOf(await post('x', { 'Content-Type': 'multipart/form-data' }))).toBe('no_file');
  expect((await up.direct(Buffer.from('fine'), 'a.txt')).status).toBe(200);
});

it('what is refused is said in French too', async () => {
  const response = await fetch(new URL('/api/attachments', foyer.url), {
    method: 'POST',
    headers: { ...up.auth, 'Accept-Language': 'fr', 'Content-Type': 'application/octet-stream' },
    body: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
  });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    error: { code: 'unreadable_image', message: expect.stringContaining('illisible') },
  });
});
