/** The stores that every case runs on, and filling them. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { memoryStore, type Store } from '../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../src-server/context.ts';
import { openHistories } from '../../src-server/history/index.ts';
import { attachmentSchema, threadItemSchema, threadMetadataSchema } from '../../src-shared/chatkit/index.ts';
import type { Seed } from './cases.ts';

export type StoreKind = 'memory' | 'sqlite';

export interface OpenStore {
  readonly store: Store<RequestContext>;
  close(): Promise<void>;
}

export const PERSON: RequestContext = {
  userId: `usr_${'a'.repeat(24)}`,
  role: 'user',
  locale: 'en',
  signal: new AbortController().signal,
};

export function openStore(kind: StoreKind): OpenStore {
  if (kind === 'memory') return { store: memoryStore(), close: () => Promise.resolve() };
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-conformance-'));
  const key = randomBytes(32);
  const root = path.resolve(import.meta.dirname, '..', '..');
  const histories = openHistories({
    dataDir,
    migrationsDir: path.join(root, 'src-server', 'database', 'history', 'migrations'),
    dataKey: () => key,
  });
  return {
    store: histories.store,
    close: async () => {
      await histories.close();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Puts in what a case starts with. Where no time is given, threads are seconds apart and items minutes. */
export async function seedStore(store: Store<RequestContext>, seed: Seed): Promise<void> {
  for (const attachment of seed.attachments) {
    await store.saveAttachment(attachmentSchema.parse(attachment), PERSON);
  }
  for (const [index, thread] of seed.threads.entries()) {
    await store.saveThread(threadMetadataSchema.parse({ created_at: timeAt(index), ...thread }), PERSON);
  }
  for (const [index, item] of seed.items.entries()) {
    const complete = threadItemSchema.parse({ created_at: timeAt((index + 1) * 60), ...item });
    await store.addThreadItem(item.thread_id, complete, PERSON);
  }
}

/** Seconds after the first of January 2001, without an offset, as the recordings have it. */
function timeAt(seconds: number): string {
  return new Date(Date.UTC(2001, 0, 1) + seconds * 1_000).toISOString().slice(0, 19);
}
