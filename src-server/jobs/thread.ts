/** Threads that get nothing of the process but what they are given. */
import { Worker } from 'node:worker_threads';

export interface ThreadOptions {
  /** The thread, as it is built or as it is written. */
  readonly file: string;
  /** JavaScript objects of the thread, in MiB. */
  readonly heapMb: number;
  /** Belongs to the thread. Default: nothing. */
  readonly workerData?: unknown;
}

/** Starts a thread that sees no environment and keeps no process from its end. */
export function startThread({ file, heapMb, workerData }: ThreadOptions): Worker {
  const worker = new Worker(file, {
    workerData,
    env: {},
    argv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  worker.unref();
  return worker;
}

/** Ends a thread, of which nothing more is heard. */
export async function endThread(worker: Worker): Promise<void> {
  worker.removeAllListeners();
  // A thread that is ended can still fail, and a failure that nobody hears of would end the process.
  worker.on('error', () => undefined);
  await worker.terminate();
}
