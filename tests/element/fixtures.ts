import { fileURLToPath } from 'node:url';
import { test as base, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import { buildDiagramPage } from '../../scripts/lib/diagram-page.mjs';
import { type FakeChatKit, startFakeChatKit } from './fake-chatkit.ts';

interface Fixtures {
  /** A page with the harness loaded and nothing mounted. */
  bare: Page;
  /** The same with the element defined. */
  page: Page;
  server: FakeChatKit;
}

/** Builds the page of the frame for diagrams when it is first asked for. */
function diagramPage(): Plugin {
  let page: Promise<string> | null = null;
  return {
    name: 'diagram-page',
    configureServer({ middlewares }) {
      middlewares.use('/chatkit-diagram.html', (_request, response, next) => {
        const built = page ?? buildDiagramPage();
        page = built;
        built.then((html) => response.setHeader('content-type', 'text/html').end(html), next);
      });
    },
  };
}

/** Each worker serves the page itself; each test has an own ChatKit endpoint. */
export const test = base.extend<Fixtures, { vite: ViteDevServer }>({
  vite: [
    async ({ browserName: _ }, use, { parallelIndex }) => {
      const server = await createServer({
        configFile: false,
        root: fileURLToPath(new URL('./page', import.meta.url)),
        cacheDir: fileURLToPath(
          new URL(`../../node_modules/.vite/element-${parallelIndex}`, import.meta.url),
        ),
        plugins: [react(), diagramPage()],
        logLevel: 'error',
        // Found only when first needed, which would reload the page in the middle of a test.
        optimizeDeps: {
          include: [
            '@shikijs/core',
            '@shikijs/engine-javascript',
            'katex',
            'lexical',
            '@lexical/history',
            '@lexical/plain-text',
          ],
        },
        server: { host: '127.0.0.1', port: 0, hmr: false, watch: null, fs: { strict: false } },
      });
      await server.listen();
      await use(server);
      await server.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  server: async ({ browserName: _ }, use) => {
    const server = await startFakeChatKit();
    await use(server);
    await server.close();
  },
  bare: async ({ vite, context }, use) => {
    const page = await context.newPage();
    await page.goto(vite.resolvedUrls?.local[0] ?? '');
    await page.waitForFunction(() => 'harness' in window);
    await use(page);
  },
  page: async ({ bare }, use) => {
    await bare.evaluate(() => window.harness.define());
    await use(bare);
  },
});

export { expect } from '@playwright/test';
