/** One thread that searches for everybody, one search after the other; there only while somebody searches. */
import type { Worker } from 'node:worker_threads';
import type { FoundThread } from '../../../src-shared/api/index.ts';
import { endThread, startThread } from '../../jobs/thread.ts';
import { type SearchJob, searchAnswerSchema } from './search-job.ts';

/** Thrown when a search has failed; nothing of it is in the message. */
export class SearchFailedError extends Error {
  override readonly name = 'SearchFailedError';
}

export interface SearchThread {
  /**
   * @param job.key is copied
   * @param signal takes it out of the queue; what is being looked for already is looked for to its end
   * @throws {SearchFailedError} also when nobody waits for it any more, or too many of the same history wait
   */
  find(job: SearchJob, signal: AbortSignal): Promise<FoundThread[]>;
  /** Ends the thread; what is being looked for fails. */
  close(): Promise<void>;
}

/** Milliseconds without a search after which the thread ends: whoever types goes on sooner. */
const IDLE_MS = 30_000;

/** JavaScript objects of the thread, in MiB. */
const MAX_HEAP_MB = 64;

/** Of one history; a page has one, and has given up those before. Nobody keeps others from their turn. */
const MAX_WAITING = 4;

interface Waiting {
  readonly job: SearchJob;
  readonly signal: AbortSignal;
  readonly resolve: (threads: FoundThread[]) => void;
  readonly reject: (error: Error) => void;
}

/** @param workerFile the built `search-worker`, or `src-server/history/search/search-worker.ts` */
export function searchThread(workerFile: string, idleMs = IDLE_MS): SearchThread {
  let queue: Waiting[] = [];
  let current: Waiting | null = null;
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const gone = worker;
    const failed = current === null ? queue : [current, ...queue];
    worker = null;
    current = null;
    queue = [];
    for (const { reject } of failed) reject(new SearchFailedError('the search was ended'));
    if (gone !== null) await endThread(gone);
  };

  const goOn = () => {
    for (const given of queue.filter(({ signal }) => signal.aborted))
      given.reject(new SearchFailedError('nobody waits for it'));
    queue = queue.filter(({ signal }) => !signal.aborted);
    if (current !== null) return;
    current = queue.shift() ?? null;
    clearTimeout(idle);
    if (current === null) {
      idle = setTimeout(() => void end(), idleMs).unref();
      return;
    }
    worker ??= begin();
    worker.postMessage(current.job);
  };

  const heard = (message: unknown) => {
    const answer = searchAnswerSchema.safeParse(message).data;
    if (answer === undefined || current === null) {
      void end();
      return;
    }
    const { resolve, reject } = current;
    current = null;
    if ('threads' in answer) resolve(answer.threads);
    else reject(new SearchFailedError(`the search failed: ${answer.failure}`));
    goOn();
  };

  const begin = (): Worker => {
    const begun = startThread({ file: workerFile, heapMb: MAX_HEAP_MB });
    begun.on('message', heard);
    begun.once('error', () => void end());
    begun.once('exit', () => void end());
    return begun;
  };

  return {
    find: (job, signal) =>
      new Promise((resolve, reject) => {
        if (queue.filter(({ job: { file } }) => file === job.file).length >= MAX_WAITING) {
          reject(new SearchFailedError('too many searches at a time'));
          return;
        }
        queue.push({ job, signal, resolve, reject });
        signal.addEventListener('abort', goOn, { once: true });
        goOn();
      }),
    close: end,
  };
}
