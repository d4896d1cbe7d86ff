/** One thread that searches for everybody, one search after the other; there only while somebody searches. */
import { Worker } from 'node:worker_threads';
import type { FoundThread } from '../../../src-shared/api/index.ts';
import { type SearchJob, searchAnswerSchema } from './search-job.ts';

/** Thrown when a search has failed; nothing of it is in the message. */
export class SearchFailedError extends Error {
  override readonly name = 'SearchFailedError';
}

export interface SearchThread {
  /**
   * @param job.key is copied
   * @throws {SearchFailedError}
   */
  find(job: Omit<SearchJob, 'id'>): Promise<FoundThread[]>;
  /** Ends the thread; what is being looked for fails. */
  close(): Promise<void>;
}

/** Milliseconds without a search after which the thread ends: whoever types goes on sooner. */
const IDLE_MS = 30_000;

/** JavaScript objects of the thread, in MiB. */
const MAX_HEAP_MB = 64;

interface Waiting {
  readonly resolve: (threads: FoundThread[]) => void;
  readonly reject: (error: Error) => void;
}

/** @param workerFile the built `search-worker`, or `src-server/history/search/search-worker.ts` */
export function searchThread(workerFile: string, idleMs = IDLE_MS): SearchThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const gone = worker;
    worker = null;
    for (const { reject } of waiting.values()) reject(new SearchFailedError('the search was ended'));
    waiting.clear();
    gone?.removeAllListeners();
    // A thread that is ended can still fail, and a failure that nobody hears of would end the process.
    gone?.on('error', () => undefined);
    await gone?.terminate();
  };

  const heard = (message: unknown) => {
    const answer = searchAnswerSchema.safeParse(message).data;
    if (answer === undefined) {
      void end();
      return;
    }
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('threads' in answer) asked?.resolve(answer.threads);
    else asked?.reject(new SearchFailedError(`the search failed: ${answer.failure}`));
    if (waiting.size === 0) idle = setTimeout(() => void end(), idleMs).unref();
  };

  const begin = (): Worker => {
    const begun = new Worker(workerFile, {
      env: {},
      argv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    begun.unref();
    begun.on('message', heard);
    begun.once('error', () => void end());
    begun.once('exit', () => void end());
    return begun;
  };

  return {
    find(job) {
      clearTimeout(idle);
      worker ??= begin();
      const id = ++last;
      const to = worker;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        to.postMessage({ ...job, id });
      });
    },
    close: end,
  };
}
