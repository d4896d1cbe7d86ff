/** The thread that reads one PDF file: such files come from anywhere and may keep it busy for long. */
import { parentPort, workerData } from 'node:worker_threads';
import { getDocumentProxy } from 'unpdf';
import { z } from 'zod';

const MAX_PAGES = 500;

const jobSchema = z.object({ bytes: z.instanceof(Uint8Array), maxCharacters: z.number() });

async function readText(): Promise<{ text: string; pages: number }> {
  const { bytes, maxCharacters } = jobSchema.parse(workerData);
  const document = await getDocumentProxy(bytes);
  let text = '';
  for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES); number += 1) {
    if (text.length > maxCharacters) break;
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items) {
      if ('str' in item) text += `${item.str}${item.hasEOL ? '\n' : ''}`;
    }
    text += '\n\n';
    page.cleanup();
  }
  return { text: text.trim(), pages: document.numPages };
}

readText().then(
  (result) => parentPort?.postMessage(result),
  () => parentPort?.postMessage(null),
);
