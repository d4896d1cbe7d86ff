/** Bombs, broken files and secrets, sent to the built server: it refuses, stays small, and tells nobody. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFakeOpenAI } from '../fake-openai/server.ts';
import { type Client, signIn } from '../support/client.ts';
import { ADMINISTRATOR, type Headless, startHeadless } from '../support/headless.ts';
import { BOMBS, JPEG, photograph, png } from '../support/images.ts';
import { pdfBomb } from '../support/pdf-bomb.ts';
import { attachmentOf, codeOf, messageWith, uploads } from '../support/uploads.ts';

// Threads take a while to begin on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const CANARY = 'canary-93ab17c2';

let model: Awaited<ReturnType<typeof startFakeOpenAI>>;
let foyer: Headless;
let client: Client;
let up: ReturnType<typeof uploads>;
beforeAll(async () => {
  model = await startFakeOpenAI();
  foyer = await startHeadless({
    env: {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'sk-test',
      OPENAI_API_MODE: 'chat',
      ATTACHMENT_MAX_BYTES: '100000000',
    },
  });
  client = await signIn(foyer.url, ADMINISTRATOR);
  up = uploads(foyer.url, client);
}, 120_000);
afterAll(async () => {
  await foyer.stop();
  await model.close();
  fs.rmSync(foyer.dataDir, { recursive: true, force: true });
});

/** Of the whole process with all its threads, in MB. */
function memory(): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(foyer.process.pid)]).toString()) / 1_000;
}

/** The most memory while something is done. */
async function mostMemoryWhile(work: () => Promise<void>): Promise<number> {
  let most = memory();
  const timer = setInterval(() => {
    most = Math.max(most, memory());
  }, 50);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return most;
}

const ask = async (...ids: string[]): Promise<string> => {
  for await (const event of client.stream('threads.create', { input: messageWith(...ids) })) {
    if (event.type === 'error') throw new Error(JSON.stringify(event));
  }
  return JSON.stringify(model.requests.at(-1)?.body);
};

describe('bombs', () => {
  it('of every format of images are refused, again and again, without growing', async () => {
    const small = memory();
    const most = await mostMemoryWhile(async () => {
      for (let round = 0; round < 3; round += 1) {
        for (const [name, bytes] of BOMBS) {
          const response = await up.direct(bytes, name);
          expect(response.status, name).toBe(422);
          expect(await codeOf(response), name).toBe('too_many_pixels');
        }
      }
    });
    expect(most - small).toBeLessThan(200);
  }, 120_000);

  it('the largest picture that is allowed is taken, and its memory is given back', async () => {
    const picture = await png({ width: 8_000, height: 8_000 });
    const start = memory();
    const after: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const taken = await attachmentOf(await up.direct(picture, 'large.png'));
      expect(taken.type).toBe('image');
      // An image of nobody ends the thread at once: what it used is free.
      expect(await codeOf(await up.direct(Buffer.from('GIF89a'), 'broken.gif'))).toBe('unreadable_image');
      after.push(memory());
    }
    expect(Math.max(...after) - start).toBeLessThan(250);
    expect((after.at(-1) ?? 0) - (after.at(0) ?? 0)).toBeLessThan(60);
  }, 120_000);

  it('in PDF are refused; the next PDF is read', async () => {
    const bomb = await pdfBomb('BT /F1 24 Tf 72 720 Td (again and again) Tj ET\n', 1_024);
    expect(bomb.length).toBeLessThan(10_000_000);
    const start = memory();
    const most = await mostMemoryWhile(async () => {
      const response = await up.direct(bomb, 'bomb.pdf');
      expect(response.status).toBe(422);
      // On a busy machine time runs out before the memory does.
      expect(['unpacks_too_large', 'pdf_too_slow']).toContain(await codeOf(response));
    });
    expect(most - start).toBeLessThan(900);
    const { id } = await attachmentOf(
      await up.direct(await pdfBomb('BT /F1 24 Tf (A fine page) Tj ET\n', 0), 'a.pdf'),
    );
    expect(await ask(id)).toContain('a.pdf');
  }, 120_000);

  it('a file of 90 MB goes through the server piece by piece', async () => {
    const start = memory();
    const bytes = Buffer.alloc(90_000_000, 1);
    const most = await mostMemoryWhile(async () => {
      const { id } = await attachmentOf(await up.direct(bytes, 'large.bin'));
      const back = await up.get(`/api/attachments/${id}`);
      expect(back.headers.get('content-length')).toBe('90000000');
      let size = 0;
      for await (const piece of back.body!) size += piece.length;
      expect(size).toBe(90_000_000);
    });
    expect(most - start).toBeLessThan(80);
  }, 120_000);

  it('leave the server alive and nothing behind', async () => {
    expect((await client.rest('GET', '/api/health')).status).toBe(200);
    const temporary = fs
      .readdirSync(foyer.dataDir, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.part'));
    expect(temporary).toEqual([]);
    expect(foyer.output()).not.toMatch(/VIPS|WARNING|failed/);
  });
});

describe('a photograph', () => {
  it('loses its place, time and texts before anybody sees it; its owner gets it back whole', async () => {
    const original = photograph(JPEG, 6, CANARY);
    expect(original.includes(CANARY)).toBe(true);
    const taken = await attachmentOf(await up.direct(original, 'IMG_0001.jpg'));
    const request = await ask(taken.id);
    const given = /data:image\/jpeg;base64,([\w+/=]+)/.exec(request)?.[1] ?? '';
    const preview = await up.get(`/api/attachments/${taken.id}/preview`);
    const large = await up.get(`/api/attachments/${taken.id}/image`);
    expect(preview.headers.get('content-type')).toBe('image/webp');
    const seen = [Buffer.from(given, 'base64'), await preview.arrayBuffer(), await large.arrayBuffer()];
    for (const bytes of seen.map((part) => Buffer.from(part as ArrayBuffer))) {
      expect(bytes.length).toBeGreaterThan(100);
      for (const trace of [CANARY, 'Exif', 'EXIF', 'http:', 'MM\0*'])
        expect(bytes.includes(trace)).toBe(false);
    }
    const back = await up.get(`/api/attachments/${taken.id}`);
    expect(Buffer.from(await back.arrayBuffer())).toEqual(original);
  });

  it('and everything else is unreadable on the disk', async () => {
    await attachmentOf(await up.direct(Buffer.from(`a note: ${CANARY}`), `${CANARY}.txt`));
    const files = fs.readdirSync(foyer.dataDir, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /files[\\/][0-9a-f]{64}$/.test(name)).length).toBeGreaterThan(4);
    for (const name of files) {
      const file = path.join(foyer.dataDir, name);
      if (!fs.statSync(file).isFile()) continue;
      const bytes = fs.readFileSync(file);
      for (const trace of [CANARY, 'IMG_0001', 'Exif\0', 'WEBPVP8', 'IHDR']) {
        expect(bytes.includes(trace), `${trace} in ${name}`).toBe(false);
      }
    }
    expect(foyer.output()).not.toContain(CANARY);
  });
});
