/**
 * Measures the built element in Chromium: an answer of 32 kB that streams in, typing meanwhile, a thread of 10,000
 * items, memory and size. Prints a table; `--json FILE` also writes the figures.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page } from 'playwright';
import { systemBrowser } from '../lib/browsers.mjs';
import { chatPageScripts, gzipSize, staticClosure } from './lib/bundle.ts';
import { sampleMarkdown, startElementServer } from './lib/element-server.ts';
import { longestTask, mainThreadTime } from './lib/main-thread.ts';
import { type Figure, quantile, report } from './lib/report.ts';

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });
const dir = path.resolve(import.meta.dirname, '..', '..', 'out', 'renderer');
const DELTAS = 1_024;
const PER_SECOND = 200;
const ITEMS = 10_000;
const OPENINGS = 7;
const KEYS = 120;

const server = await startElementServer(dir);
const system = systemBrowser('usual');
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(system === undefined ? {} : { executablePath: system }),
});
try {
  report(
    [
      ...sizes(),
      ...(await withPage(measureStream)),
      ...(await withPage(measureTyping)),
      ...(await withPage(measureThread)),
    ],
    options.json,
  );
} finally {
  await browser.close();
  await server.close();
}

function sizes(): Figure[] {
  const kB = (files: readonly string[]) => gzipSize(dir, files) / 1_000;
  const element = staticClosure(dir, ['chatkit.js']);
  const drawn = ['Transcript', 'Markdown'].map(
    (name) =>
      `assets/${fs.readdirSync(path.join(dir, 'assets')).find((file) => file.startsWith(`ck-${name}-`))}`,
  );
  return [
    {
      name: 'chat page: scripts before first use, gzip',
      value: kB(chatPageScripts(dir)),
      unit: 'kB',
      target: 220,
    },
    { name: 'chatkit.js with its static parts, gzip', value: kB(element), unit: 'kB', target: 220 },
    {
      name: 'chatkit.js with all that draws an answer, gzip',
      value: kB(staticClosure(dir, ['chatkit.js', ...drawn])),
      unit: 'kB',
      target: null,
    },
  ];
}

async function withPage(measure: (page: Page, cdp: CDPSession) => Promise<Figure[]>): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
  const cdp = await page.context().newCDPSession(page);
  try {
    await page.goto(server.url);
    await page.getByRole('textbox').waitFor();
    return await measure(page, cdp);
  } finally {
    await page.close();
  }
}

async function measureStream(page: Page, cdp: CDPSession): Promise<Figure[]> {
  // Compiles what is hot, and loads the parts.
  server.setPace({ text: sampleMarkdown(4_000), deltas: 64, perSecond: PER_SECOND });
  await ask(page, 'warm up');
  await page.waitForTimeout(1_500);
  const text = sampleMarkdown(32 * 1_024);
  server.setPace({ text, deltas: DELTAS, perSecond: PER_SECOND });
  const before = await mainThreadTime(cdp);
  await ask(page, 'measure');
  const total = (await mainThreadTime(cdp)) - before;
  // Once more: watching tasks costs time of its own.
  const worst = await longestTask(cdp, () => ask(page, 'again'));
  const memory = await heap(cdp);
  return [
    { name: `32 kB in ${DELTAS} deltas: main thread, all`, value: total, unit: 'ms', target: 1_500 },
    { name: '32 kB: longest task of the page', value: worst.longest, unit: 'ms', target: null },
    { name: '32 kB: longest frame callback (commit)', value: worst.longestFrame, unit: 'ms', target: 16 },
    { name: 'memory of the page after it', value: memory, unit: 'MB', target: null },
  ];
}

async function measureTyping(page: Page): Promise<Figure[]> {
  server.setPace({ text: sampleMarkdown(64 * 1_024), deltas: 4_096, perSecond: PER_SECOND });
  await page.evaluate('bench.watchKeys()');
  const asked = ask(page, 'talk').catch(() => {});
  await page.locator('.ck-md').last().waitFor();
  await page.getByRole('textbox').focus();
  await page.waitForTimeout(1_000);
  await page.evaluate('bench.latencies.length = 0');
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press('abcdefgh '[key % 9] ?? 'a');
    await page.waitForTimeout(60);
  }
  const latencies = await page.evaluate<number[]>('bench.latencies');
  await page.close();
  await asked;
  return [
    {
      name: 'typing while 200 deltas/s stream, p50',
      value: quantile(latencies, 0.5),
      unit: 'ms',
      target: null,
    },
    {
      name: 'typing while 200 deltas/s stream, p95',
      value: quantile(latencies, 0.95),
      unit: 'ms',
      target: 32,
    },
  ];
}

async function measureThread(page: Page, cdp: CDPSession): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = 0; round <= OPENINGS; round += 1) {
    const time = await page.evaluate<number>(`bench.open('long-${ITEMS}', 'item-${ITEMS - 1}')`);
    if (round > 0) times.push(time);
  }
  await page.locator('.ck-scroll').hover();
  const scrolling = await longestTask(cdp, async () => {
    for (let step = 0; step < 150; step += 1) {
      await page.mouse.wheel(0, -1_200);
      await page.waitForTimeout(30);
    }
  });
  const items = await page.locator('[data-item]').count();
  const memory = await heap(cdp);
  const of = `thread of ${ITEMS.toLocaleString('en')} items`;
  return [
    { name: `${of}: open to the last message, p50`, value: quantile(times, 0.5), unit: 'ms', target: 250 },
    { name: `${of}: the same, worst`, value: Math.max(...times), unit: 'ms', target: null },
    {
      name: `scrolling up to ${items} items: longest task`,
      value: scrolling.longest,
      unit: 'ms',
      target: 50,
    },
    { name: `memory of the page with ${items} items`, value: memory, unit: 'MB', target: null },
  ];
}

/** Sends a message and waits for the end of the answer. */
async function ask(page: Page, text: string): Promise<void> {
  await page.evaluate(`bench.ask(${JSON.stringify(text)})`);
}

/** Used memory of scripts after a collection, in MB. */
async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
