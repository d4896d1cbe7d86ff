/** Everything in a page and its browser that could hold a text: the heap, the document, and what is stored. */
import type { Page } from '@playwright/test';

export async function traces(page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page);
  let heap = '';
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    heap += chunk;
  });
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await cdp.detach();
  const stored = await page.evaluate(async () => {
    const names = await caches.keys();
    const databases = await indexedDB.databases();
    const workers = await navigator.serviceWorker.getRegistrations();
    return JSON.stringify([
      document.documentElement.outerHTML,
      { ...localStorage },
      { ...sessionStorage },
      names,
      databases,
      workers.length,
    ]);
  });
  return heap + stored;
}
