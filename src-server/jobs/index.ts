/** Long work of the administration, in a thread of its own: one at a time of each kind, watched and cancelled by its page. */
import type { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { progressSchema } from './progress.ts';
import { endThread, startThread } from './thread.ts';

/** How a job stands; the last result stays until the next one begins. Times are ISO 8601. */
export type JobState<Result> =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly done: number; readonly total: number }
  | { readonly state: 'done'; readonly at: string; readonly result: Result }
  | { readonly state: 'failed' | 'cancelled'; readonly at: string };

export interface Job<Result> {
  /** Begins, unless it is running already. `workerData` belongs to the thread. */
  start(workerData: unknown): void;
  state(): JobState<Result>;
  /** Resolves when the thread has ended; harmless when nothing runs. */
  cancel(): Promise<void>;
}

export interface JobOptions<Result> {
  /** The thread, as it is built or as it is written. */
  readonly worker: string;
  readonly result: z.ZodType<Result>;
  readonly log: (line: string) => void;
  readonly now?: () => Date;
}

/** JavaScript objects of one thread, in MiB. */
const MAX_HEAP_MB = 128;

export function openJob<Result>(options: JobOptions<Result>): Job<Result> {
  const at = () => (options.now?.() ?? new Date()).toISOString();
  const answerSchema = z.union([
    progressSchema,
    z.object({ kind: z.literal('result'), result: options.result }),
  ]);
  let state: JobState<Result> = { state: 'idle' };
  let worker: Worker | null = null;

  const end = async (ended: JobState<Result>): Promise<void> => {
    const gone = worker;
    if (gone === null) return;
    worker = null;
    state = ended;
    await endThread(gone);
  };
  const fail = (reason: string) => {
    options.log(`a job of the administration failed: ${reason}`);
    void end({ state: 'failed', at: at() });
  };

  return {
    start(workerData) {
      if (worker !== null) return;
      state = { state: 'running', done: 0, total: 0 };
      worker = startThread({ file: options.worker, heapMb: MAX_HEAP_MB, workerData });
      worker.on('message', (message: unknown) => {
        const answer = answerSchema.safeParse(message);
        if (!answer.success) fail('the thread gave an answer that makes no sense');
        else if (answer.data.kind === 'result')
          void end({ state: 'done', at: at(), result: answer.data.result });
        else state = { state: 'running', done: answer.data.done, total: answer.data.total };
      });
      worker.once('error', (error) => fail(error instanceof Error ? error.message : 'unknown'));
      worker.once('exit', () => fail('the thread ended without an answer'));
    },
    state: () => state,
    cancel: () => end({ state: 'cancelled', at: at() }),
  };
}
