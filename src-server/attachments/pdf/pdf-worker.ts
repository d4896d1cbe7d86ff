/** The thread that reads one PDF file: such files come from anywhere, may keep it busy for long, and may be bombs. */
import { parentPort, workerData } from 'node:worker_threads';
import { getDocumentProxy } from 'unpdf';
import { limitAllocations } from './allocation-budget.ts';
import { type PdfResult, pdfJobSchema } from './pdf-job.ts';

const MAX_PAGES = 500;

async function readText(): Promise<{ text: string; pages: number }> {
  const { bytes, maxCharacters } = pdfJobSchema.parse(workerData);
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

const answer = (result: PdfResult) => parentPort?.postMessage(result);

// The first answer counts, and ends the thread.
limitAllocations(pdfJobSchema.parse(workerData).budgetBytes, () => answer({ state: 'bomb' }));

// The reader starts work that nobody waits for, which may fail too.
process.on('unhandledRejection', () => answer({ state: 'unreadable' }));

readText().then(
  (read) => answer({ state: 'read', ...read }),
  () => answer({ state: 'unreadable' }),
);
