/** The thread that decodes images: they come from anywhere, and what they break must end with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { jobSchema, type Prepared, startSchema } from './image-job.ts';
import { prepareImage } from './prepare-image.ts';
import { loadCodec } from './vips.ts';

const start = startSchema.parse(workerData);
const codec = loadCodec(start.codec, start.wasmPages);
// Without this a codec that cannot be loaded would be reported twice.
codec.catch(() => undefined);

parentPort?.on('message', (message: unknown) => {
  void answer(message);
});

/** A codec that cannot be loaded ends the thread, which is reported to whoever waits. */
async function answer(message: unknown): Promise<void> {
  const job = jobSchema.parse(message);
  const prepared: Prepared = prepareImage(await codec, job);
  parentPort?.postMessage(prepared);
}
