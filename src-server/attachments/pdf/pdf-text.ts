/** The text of PDF files, read one after the other, each in a thread of its own, within limits. */
import { Worker } from 'node:worker_threads';
import { inTurn } from '../in-turn.ts';
import { type PdfResult, pdfResultSchema } from './pdf-job.ts';

/** Milliseconds for one file, from the start of its thread. */
export const MAX_PDF_MS = 15_000;
/** JavaScript objects, in MiB. */
const MAX_HEAP_MB = 256;
/** Arrays of bytes, all that are ever made for one file. */
const BUDGET_BYTES = 256 * 1_048_576;

/**
 * The text of the first pages, up to so many characters and a few more.
 *
 * @param bytes are given away and must not be used any more
 * @param signal ends the work
 */
export type ReadPdf = (
  bytes: Uint8Array<ArrayBuffer>,
  maxCharacters: number,
  signal: AbortSignal,
) => Promise<PdfResult>;

/**
 * @param workerFile `pdf-worker`, as it is built or as it is written
 * @param maxMs milliseconds for one file
 */
export function pdfReader(workerFile: string, maxMs = MAX_PDF_MS): ReadPdf {
  const oneByOne = inTurn();
  return (bytes, maxCharacters, signal) =>
    oneByOne('pdf', async () =>
      signal.aborted
        ? { state: 'cancelled' }
        : readInThread({ workerFile, maxMs }, bytes, maxCharacters, signal),
    );
}

function readInThread(
  { workerFile, maxMs }: { readonly workerFile: string; readonly maxMs: number },
  bytes: Uint8Array<ArrayBuffer>,
  maxCharacters: number,
  signal: AbortSignal,
): Promise<PdfResult> {
  return new Promise((resolve) => {
    const worker = new Worker(workerFile, {
      workerData: { bytes, maxCharacters, budgetBytes: BUDGET_BYTES },
      transferList: [bytes.buffer],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      stdout: true,
      stderr: true,
    });
    const end = (result: PdfResult) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      worker.removeAllListeners('exit');
      // Only when the thread has ended is its memory free for the next one.
      void worker.terminate().then(() => resolve(result));
    };
    const stop = () => end({ state: 'cancelled' });
    const timer = setTimeout(end, maxMs, { state: 'timeout' });
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (message: unknown) =>
      end(pdfResultSchema.safeParse(message).data ?? { state: 'unreadable' }),
    );
    worker.once('error', (error) => {
      const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end({ state: isFull ? 'bomb' : 'unreadable' });
    });
    worker.once('exit', () => end({ state: 'unreadable' }));
  });
}
