/** In the place of the image thread: answers with the number of variables that tell something, as the width. */
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', () => {
  const told = Object.keys(process.env).filter((name) => name !== 'VIPS_WARNING');
  const empty = { bytes: new Uint8Array(), mimeType: 'image/png' };
  parentPort?.postMessage({ state: 'ready', preview: empty, image: empty, width: told.length, height: 0 });
});
