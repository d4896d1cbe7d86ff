/** Prepares uploaded images, one at a time, in a thread that lives no longer than it is needed. */
import { Worker } from 'node:worker_threads';
import { collect } from '../collect.ts';
import { inTurn } from '../in-turn.ts';
import { type ImageJob, type Prepared, preparedSchema } from './image-job.ts';
import { IMAGE_LIMITS } from './image-limits.ts';

/** An image whose bytes are at hand piece by piece. */
export interface ImageSource {
  readonly size: number;
  readonly mimeType: ImageJob['mimeType'];
  read(): AsyncIterable<Uint8Array>;
}

/** What became of an image; `timeout`, `unavailable` and `cancelled` say nothing about the image itself. */
export type ImageOutcome = Prepared | { readonly state: 'timeout' | 'unavailable' | 'cancelled' };

export interface ImageWorkshop {
  /**
   * Prepares an image after those that came before.
   *
   * @param owner whose image it is: a thread that has seen one person's image never sees another's
   * @param signal ends the work
   */
  prepare(owner: string, source: ImageSource, signal: AbortSignal): Promise<ImageOutcome>;
  /** Ends the thread; what is under way or comes later is `unavailable`. */
  close(): Promise<void>;
}

export interface ImageWorkshopOptions {
  /** `image-worker`, as it is built or as it is written. */
  readonly worker: string;
  /** `vips-node`, beside its `vips.wasm`. */
  readonly codec: string;
  readonly imageMs?: number;
  readonly wasmPages?: number;
  readonly idleMs?: number;
  readonly log?: (line: string) => void;
}

/** A thread, and whose images it has seen. */
interface Bench {
  readonly owner: string;
  readonly worker: Worker;
}

export function imageWorkshop(options: ImageWorkshopOptions): ImageWorkshop {
  const imageMs = options.imageMs ?? IMAGE_LIMITS.imageMs;
  const idleMs = options.idleMs ?? IMAGE_LIMITS.idleMs;
  let bench: Bench | null = null;
  let idle: NodeJS.Timeout | undefined;
  const oneByOne = inTurn();
  const closing = new AbortController();

  const clear = async (): Promise<void> => {
    clearTimeout(idle);
    const gone = bench;
    bench = null;
    await gone?.worker.terminate();
  };

  const benchOf = async (owner: string): Promise<Bench> => {
    clearTimeout(idle);
    if (bench !== null && bench.owner !== owner) await clear();
    bench ??= { owner, worker: startWorker(options) };
    return bench;
  };

  const work = async (owner: string, source: ImageSource, signal: AbortSignal): Promise<ImageOutcome> => {
    if (closing.signal.aborted) return { state: 'unavailable' };
    if (signal.aborted) return { state: 'cancelled' };
    const bytes = await collect(source);
    const { worker } = await benchOf(owner);
    const outcome = await askWorker(
      worker,
      { bytes, mimeType: source.mimeType },
      [
        { signal, state: 'cancelled' },
        { signal: closing.signal, state: 'unavailable' },
      ],
      imageMs,
    );
    if (outcome.state === 'unavailable') options.log?.('the thread for images ended unexpectedly');
    const isSound = outcome.state === 'ready' || outcome.state === 'too_many_pixels';
    if (isSound) idle = setTimeout(() => void clear(), idleMs).unref();
    else await clear();
    return outcome;
  };

  return {
    prepare: (owner, source, signal) => oneByOne('image', () => work(owner, source, signal)),
    async close() {
      closing.abort();
      await oneByOne('image', clear);
    },
  };
}

function startWorker(options: ImageWorkshopOptions): Worker {
  const { worker, codec, wasmPages = IMAGE_LIMITS.wasmPages } = options;
  const started = new Worker(worker, {
    workerData: { codec, wasmPages },
    // The codec would read all of it, keys and passwords too. Its warnings can repeat what stands in a file.
    env: { VIPS_WARNING: '0' },
    argv: [],
    resourceLimits: { maxOldGenerationSizeMb: IMAGE_LIMITS.heapMb },
    stdout: true,
    stderr: true,
  });
  // Between images nobody listens, and an error without a listener would end the process.
  started.on('error', () => undefined);
  started.unref();
  return started;
}

interface Reason {
  readonly signal: AbortSignal;
  readonly state: 'cancelled' | 'unavailable';
}

/** One image, one answer. The thread is in an unknown state unless the answer is one of its own. */
function askWorker(
  worker: Worker,
  job: ImageJob & { readonly bytes: Uint8Array<ArrayBuffer> },
  reasons: readonly Reason[],
  limitMs: number,
): Promise<ImageOutcome> {
  return new Promise((resolve) => {
    const undo: (() => void)[] = [];
    const end = (outcome: ImageOutcome) => {
      for (const step of undo) step();
      resolve(outcome);
    };
    const on = (event: 'message' | 'exit', listener: (value: unknown) => void) => {
      worker.once(event, listener);
      undo.push(() => worker.off(event, listener));
    };
    on('message', (answer) => end(preparedSchema.safeParse(answer).data ?? { state: 'unavailable' }));
    on('exit', () => end({ state: 'unavailable' }));
    for (const { signal, state } of reasons) {
      const stop = () => end({ state });
      signal.addEventListener('abort', stop, { once: true });
      undo.push(() => signal.removeEventListener('abort', stop));
      if (signal.aborted) return stop();
    }
    const timer = setTimeout(end, limitMs, { state: 'timeout' });
    undo.push(() => clearTimeout(timer));
    worker.postMessage(job, [job.bytes.buffer]);
  });
}
