/** kill -9 in the middle of uploads: what was acknowledged is whole, and of the rest nothing stays. */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { signIn } from '../support/client.ts';
import { ADMINISTRATOR, type Headless, makeDataDir, startHeadless } from '../support/headless.ts';
import { png } from '../support/images.ts';
import { attachmentOf, uploads } from '../support/uploads.ts';

const dataDir = makeDataDir();
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const UPLOADERS = 3;
/** Of an image: itself, its preview, and what models get. */
const MOST_FILES = 3;

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Paths of everything that uploads write. */
function written(): { sealed: string[]; partial: string[] } {
  const all = fs.readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  return {
    sealed: all.filter((name) => /files[\\/][0-9a-f]{64}$/.test(name)),
    partial: all.filter((name) => /files[\\/]\..*\.part$/.test(name)),
  };
}

const start = () => startHeadless({ dataDir, env: { ATTACHMENT_MAX_BYTES: '20000000' } });

/** Uploads one file after the other, in both ways, until the server is gone. */
async function uploadUntilGone(
  foyer: Headless,
  worker: number,
  acknowledged: (id: string, hash: string, files: number) => void,
): Promise<void> {
  const client = await signIn(foyer.url, ADMINISTRATOR);
  const up = uploads(foyer.url, client);
  try {
    for (let turn = worker; ; turn += 1) {
      const isImage = turn % UPLOADERS === 0;
      const bytes = isImage
        ? await png({ width: 200, height: 100, row: () => randomBytes(600) })
        : randomBytes(4_000_000);
      const isDirect = turn % 2 === 0;
      let response: Response;
      if (isDirect) response = await up.direct(bytes, 'direct');
      else {
        const announced = await attachmentOf(await up.announce('announced', bytes.length, 'image/png'));
        response = await up.send(announced.upload_descriptor!, bytes);
      }
      const { id } = await attachmentOf(response);
      acknowledged(id, hashOf(bytes), isImage ? MOST_FILES : 1);
    }
  } catch {
    // The process is gone: what was acknowledged before that counts.
  }
}

it('keeps what was acknowledged, and the sweep removes the rest', async () => {
  const hashes = new Map<string, string>();
  let files = 0;
  let leftovers = 0;
  const rounds = 4;
  for (let round = 0; round < rounds; round += 1) {
    const before = written().partial.length;
    const foyer = await start();
    let acknowledgements = 0;
    let kill: NodeJS.Timeout | undefined;
    await Promise.all(
      Array.from({ length: UPLOADERS }, (_empty, worker) =>
        uploadUntilGone(foyer, worker, (id, hash, count) => {
          hashes.set(id, hash);
          files += count;
          acknowledgements += 1;
          // Counted from here and not from the start: a slow machine has something to lose too.
          if (acknowledgements === 4) kill = setTimeout(() => void foyer.kill(), 10 + round * 35);
        }),
      ),
    );
    clearTimeout(kill);
    await foyer.kill();
    leftovers += written().partial.length - before;
  }
  expect(hashes.size).toBeGreaterThanOrEqual(rounds * 4);
  // Otherwise nothing was under way, and this test would say nothing.
  expect(leftovers).toBeGreaterThan(0);

  const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
  for (const name of [...written().sealed, ...written().partial]) {
    fs.utimesSync(path.join(dataDir, name), longAgo, longAgo);
  }
  const foyer = await start();
  const client = await signIn(foyer.url, ADMINISTRATOR);
  const up = uploads(foyer.url, client);
  // The first upload after a start lets the sweep begin.
  const { id: last } = await attachmentOf(await up.direct(Buffer.from('after the crash'), 'last.txt'));
  await expect.poll(() => written().partial.length, { timeout: 20_000 }).toBe(0);
  for (const [id, hash] of hashes) {
    const response = await up.get(`/api/attachments/${id}`);
    expect(response.status).toBe(200);
    expect(hashOf(new Uint8Array(await response.arrayBuffer()))).toBe(hash);
    const preview = await up.get(`/api/attachments/${id}/preview`);
    expect(preview.status).toBe(200);
    await preview.arrayBuffer();
  }

  // Only what was recorded and not acknowledged any more can be there beside it.
  const more = written().sealed.length - files - 1;
  expect(more).toBeGreaterThanOrEqual(0);
  expect(more).toBeLessThanOrEqual(rounds * UPLOADERS * MOST_FILES);
  for (const attachment_id of [...hashes.keys(), last]) {
    expect((await client.operation('attachments.delete', { attachment_id })).status).toBe(200);
  }
  expect(written().sealed.length).toBe(more);
  expect(await foyer.stop()).toBe(0);
}, 180_000);
