import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { buildDiagramPage } from '../../scripts/lib/diagram-page.mjs';
import { bundle } from './element-bundle.ts';
import { type FakeChatKit, startFakeChatKit } from './fake-chatkit.ts';

interface Fixtures {
  /** A page with the harness loaded and nothing mounted. */
  bare: Page;
  /** The same with the element defined. */
  page: Page;
  server: FakeChatKit;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

/** The page and the element as one bundle: a development server would send them as hundreds of files to each test. */
async function bundledPage(): Promise<ReadonlyMap<string, Buffer>> {
  const files = await bundle('page/harness.tsx', 'harness', {
    define: { 'process.env.NODE_ENV': '"development"', 'import.meta.env': '{}' },
    minify: true,
  });
  return new Map([
    ...files.map(({ path, body }) => [path, body] as const),
    ['/', fs.readFileSync(new URL('./page/index.html', import.meta.url))],
    ['/chatkit-diagram.html', Buffer.from(await buildDiagramPage())],
  ]);
}

/** Each worker serves the page itself; each test has an own ChatKit endpoint. */
export const test = base.extend<Fixtures, { address: string }>({
  address: [
    async ({ browserName: _ }, use) => {
      const files = await bundledPage();
      const server = http.createServer((request, response) => {
        const name = new URL(request.url ?? '/', 'http://page').pathname;
        const body = files.get(name);
        const type = TYPES[path.extname(name)] ?? 'text/html';
        response.writeHead(body === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` });
        response.end(body);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  server: async ({ browserName: _ }, use) => {
    const server = await startFakeChatKit();
    await use(server);
    await server.close();
  },
  bare: async ({ address, context }, use) => {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'harness' in window);
    await use(page);
  },
  page: async ({ bare }, use) => {
    await bare.evaluate(() => window.harness.define());
    await use(bare);
  },
});

export { expect } from '@playwright/test';
