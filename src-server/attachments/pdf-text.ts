/** Reads the text of PDF files, page by page, within limits. */

const MAX_PAGES = 500;
const MAX_MS = 10_000;

/**
 * @returns the text of the first pages, up to so many characters; null when the file cannot be read
 */
export async function pdfText(
  bytes: Uint8Array,
  maxCharacters: number,
): Promise<{ readonly text: string; readonly pages: number } | null> {
  const { getDocumentProxy } = await import('unpdf');
  const deadline = performance.now() + MAX_MS;
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes));
    try {
      let text = '';
      for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES); number += 1) {
        if (text.length > maxCharacters || performance.now() > deadline) break;
        const page = await document.getPage(number);
        const { items } = await page.getTextContent();
        for (const item of items) {
          if ('str' in item) text += `${item.str}${item.hasEOL ? '\n' : ''}`;
        }
        text += '\n\n';
        page.cleanup();
      }
      return { text: text.trim(), pages: document.numPages };
    } finally {
      await document.loadingTask.destroy();
    }
  } catch {
    return null;
  }
}
