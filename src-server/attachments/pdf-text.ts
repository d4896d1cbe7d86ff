/** The text of PDF files, read in a thread of its own, within limits. */
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

const MAX_MS = 15_000;
const MAX_HEAP_MB = 256;

const resultSchema = z.object({ text: z.string(), pages: z.int() }).nullable();
export type PdfText = z.infer<typeof resultSchema>;

/** @returns the text of the first pages, up to so many characters; null when the file cannot be read */
export type ReadPdf = (bytes: Uint8Array, maxCharacters: number) => Promise<PdfText>;

/** @param workerFile `pdf-worker`, as it is built or as it is written */
export function pdfReader(workerFile: string): ReadPdf {
  return (bytes, maxCharacters) =>
    new Promise((resolve) => {
      const worker = new Worker(workerFile, {
        workerData: { bytes: new Uint8Array(bytes), maxCharacters },
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
        stdout: true,
        stderr: true,
      });
      const end = (result: PdfText) => {
        clearTimeout(timer);
        resolve(result);
        void worker.terminate();
      };
      const timer = setTimeout(end, MAX_MS, null);
      worker.once('message', (message: unknown) => end(resultSchema.safeParse(message).data ?? null));
      worker.once('error', () => end(null));
      worker.once('exit', () => end(null));
    });
}
