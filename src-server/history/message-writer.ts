/** Writes messages in a thread of its own, so that neither the model nor anybody else waits for the disk. */
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { NotFoundError } from '../chatkit/index.ts';
import type { MessageJob, MessageJobEnd, MessageRows } from './message-job.ts';

/** JavaScript objects of the thread, in MiB: one message at a time, with room for the largest. */
const MAX_HEAP_MB = 64;
/** Those that have just been made; a larger room for them would only take memory. */
const MAX_YOUNG_HEAP_MB = 1;

const endSchema: z.ZodType<MessageJobEnd> = z.discriminatedUnion('ok', [
  z.object({ number: z.number(), ok: z.literal(true) }),
  z.object({ number: z.number(), ok: z.literal(false), code: z.string(), message: z.string() }),
]);

/** The histories that messages can be written to. Every file has to be up to date, and stay while it is open here. */
export interface MessageWriter {
  /** Comes before the first write to a file. */
  open(file: string, key: Uint8Array): void;
  /**
   * Resolves when everything is on disk; nothing is there when it rejects.
   * @throws {NotFoundError} when the message is for a thread that does not exist
   */
  write(file: string, rows: MessageRows): Promise<void>;
  /** Resolves when what was asked for before is written and the file is closed. */
  close(file: string): Promise<void>;
}

interface Waiting {
  done(): void;
  failed(error: Error): void;
}

/**
 * @param workerFile `message-worker`, as it is built or as it is written. The thread starts with the first file, and
 *   ends with the last
 */
export function messageWriter(workerFile: string): MessageWriter {
  const keys = new Map<string, Uint8Array>();
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let number = 0;

  /** A thread that ended by itself takes what it was asked with it; the next message starts another one. */
  const lost = (ended: Worker) => {
    if (worker !== ended) return;
    worker = null;
    for (const { failed } of waiting.values()) failed(new Error('the thread that writes messages has ended'));
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(workerFile, {
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: MAX_YOUNG_HEAP_MB },
    });
    started.on('message', (message: unknown) => {
      const end = endSchema.parse(message);
      const job = waiting.get(end.number);
      waiting.delete(end.number);
      if (waiting.size === 0) started.unref();
      if (end.ok) job?.done();
      else job?.failed(new Database.SqliteError(end.message, end.code));
    });
    started.once('error', () => lost(started));
    started.once('exit', () => lost(started));
    started.unref();
    for (const [file, key] of keys) tell(started, { kind: 'open', file, key });
    return started;
  };
  const tell = (to: Worker, job: MessageJob) => to.postMessage(job);
  const ask = (job: (number: number) => MessageJob): Promise<void> => {
    worker ??= start();
    const to = worker;
    number += 1;
    const own = number;
    return new Promise((resolve, reject) => {
      waiting.set(own, { done: resolve, failed: reject });
      // Else the process could end before the answer.
      to.ref();
      tell(to, job(own));
    });
  };

  return {
    open(file, key) {
      keys.set(file, key);
      // A thread that starts is told of all files.
      if (worker === null) worker = start();
      else tell(worker, { kind: 'open', file, key });
    },
    async write(file, rows) {
      try {
        await ask((own) => ({ kind: 'write', number: own, file, rows }));
      } catch (error) {
        if (error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') {
          throw new NotFoundError('thread', rows.item.threadId);
        }
        throw error;
      }
    },
    async close(file) {
      if (!keys.delete(file) || worker === null) return;
      const ending = worker;
      await ask((own) => ({ kind: 'close', number: own, file })).catch(() => undefined);
      if (keys.size > 0 || waiting.size > 0 || worker !== ending) return;
      worker = null;
      await ending.terminate();
    },
  };
}
