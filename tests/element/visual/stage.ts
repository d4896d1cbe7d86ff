/**
 * Where the pictures are taken: one page with the built element, fonts of the project, a clock that stands still, and no
 * motion. Every picture is compared with `baselines/`; `npm run baselines` makes them anew.
 */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { buildDiagramPage } from '../../../scripts/lib/diagram-page.mjs';
import { violations } from '../axe.ts';
import { bundle, type Files } from '../element-bundle.ts';
import { type FakeChatKit, startFakeChatKit } from '../fake-chatkit.ts';
import type { PlainOptions } from './page.ts';
import { PICTURES } from './pictures.ts';

type Json = Record<string, unknown>;
export type Locale = 'en' | 'fr' | 'ar';
type Scheme = 'light' | 'dark';

/** The moment at which every picture is taken. */
export const NOW = '2026-05-20T10:00:00Z';

/** The looks of every board: French changes words, not colours, and Arabic the sides, in whichever scheme. */
export const LOOKS: readonly (readonly [Locale, readonly Scheme[]])[] = [
  ['en', ['light', 'dark']],
  ['fr', ['light']],
  ['ar', ['dark']],
];

/** The looks of what has no words of the element itself, so that French would be the same picture again. */
export const WORDLESS_LOOKS: typeof LOOKS = LOOKS.filter(([locale]) => locale !== 'fr');

/** The looks of what is small and has few words. */
export const FEW_LOOKS: readonly (readonly [Locale, readonly Scheme[]])[] = [
  ['en', ['light', 'dark']],
  ['ar', ['light']],
];

/** Chooses the words of a language; French content is English where none is given. */
export type Words = (en: string, ar: string, fr?: string) => string;
export const wordsOf =
  (locale: Locale): Words =>
  (en, ar, fr) =>
    ({ en, ar, fr: fr ?? en })[locale];

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Chat</title><link rel="stylesheet" href="/stage.css">
<style>html, body, openai-chatkit { height: 100%; margin: 0; }</style></head>
<body><openai-chatkit></openai-chatkit><script type="module" src="/stage.js"></script></body></html>`;

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
};

const MACHINE = fileURLToPath(new URL('./baselines/machine.json', import.meta.url));

/** What the baselines were made with. */
interface Machine {
  chromium: string;
  measures: Record<string, number>;
}

function recordedMachine(): Machine | null {
  return fs.existsSync(MACHINE) ? (JSON.parse(fs.readFileSync(MACHINE, 'utf8')) as Machine) : null;
}

/** What a person should do about pictures that differ. */
function advice(recorded: Machine | null, here: Machine): string {
  const then =
    'Look at the pictures in tests/artifacts/playwright. Where the new look is meant, run `npm run baselines`, look at every picture that git shows as changed, and commit them.';
  if (recorded === null) return `There is no baselines/machine.json. ${then}`;
  if (JSON.stringify(recorded.measures) !== JSON.stringify(here.measures)) {
    return `The fonts of this machine's node_modules are not those of the baselines (${JSON.stringify(here.measures)} instead of ${JSON.stringify(recorded.measures)}): run \`npm ci\`, and install the packages of .ci/run ("system": fonts-noto-core). If @fontsource-variable was updated on purpose: ${then}`;
  }
  if (recorded.chromium !== here.chromium) {
    return `The baselines were made with Chromium ${recorded.chromium}, this is ${here.chromium}. If every picture differs a little, the browser draws in another way: install the packages of .ci/run (Debian's chromium) and run again. ${then}`;
  }
  return then;
}

export class Stage {
  readonly page: Page;
  readonly server: FakeChatKit;
  /** What the last picture showed. */
  clip = { x: 0, y: 0, width: 0, height: 0 };
  #options: PlainOptions = {};
  #serial = 0;

  constructor(page: Page, server: FakeChatKit) {
    this.page = page;
    this.server = server;
  }

  /** Adds a thread with fixed ids and times, and answers its id. */
  thread(title: string, items: Json[], fields: Json = {}): string {
    this.#serial += 1;
    const id = `thr_${this.#serial}`;
    const thread = { id, title, created_at: NOW, status: { type: 'active' }, ...fields };
    const filled = items.map((item, index) => ({
      id: `${id}_${index}`,
      thread_id: id,
      created_at: NOW,
      ...item,
    }));
    this.server.threads.set(id, { ...thread, items: filled });
    return id;
  }

  /** Gives the element these options and no others, and opens a thread (null: a new one). */
  async open(options: PlainOptions, thread: string | null = null): Promise<void> {
    this.#options = { locale: 'en', ...options };
    await this.page.evaluate(
      async ([options, thread]) => {
        window.stage.open({ initialThread: thread, ...options });
        await window.stage.element().hideHistory();
        // One that cannot be opened says so on the page.
        await window.stage
          .element()
          .setThreadId(thread)
          .catch(() => {});
      },
      [this.#options, thread] as const,
    );
    await this.page.mouse.move(0, 0);
  }

  /** Changes single options of an open element. */
  async change(options: PlainOptions): Promise<void> {
    this.#options = { ...this.#options, ...options };
    await this.page.evaluate((options) => window.stage.open(options), this.#options);
  }

  /** Makes the window as tall as the conversation, at most `most` pixels. */
  async fit(width = 800, most = 4_000): Promise<void> {
    await this.page.setViewportSize({ width, height: 900 });
    await this.page.waitForTimeout(50);
    for (let round = 0; round < 4; round += 1) {
      const missing = await this.page.locator('.ck-scroll:visible').evaluate((scroll) => {
        const content = scroll.firstElementChild;
        const needed = content instanceof HTMLElement ? content.offsetHeight : 0;
        return needed - scroll.clientHeight;
      });
      const height = this.page.viewportSize()?.height ?? 0;
      if (missing === 0) break;
      await this.page.setViewportSize({ width, height: Math.min(most, Math.max(200, height + missing)) });
    }
  }

  /** Compares a part of the page with its picture. */
  async shoot(name: string, part: 'page' | 'transcript' | 'foot' = 'page'): Promise<void> {
    await this.page.evaluate(() => document.fonts.ready);
    // What loads when it comes into view is in view now.
    await this.page.waitForFunction(() => {
      const root = window.stage.element().shadowRoot;
      if (root === null || root.querySelector('.ckw-chart-wait') !== null) return false;
      const seen = [...root.querySelectorAll('img')].filter((image) => {
        const { top, bottom } = image.getBoundingClientRect();
        return bottom > 0 && top < window.innerHeight;
      });
      return seen.every(({ complete }) => complete);
    });
    const selector = { page: 'openai-chatkit', transcript: '.ck-scroll:visible', foot: '.ck-foot' }[part];
    const box = await this.page.locator(selector).boundingBox();
    if (box === null) throw new Error(`nothing to see of ${selector}`);
    const width = this.page.viewportSize()?.width ?? 0;
    this.clip = { x: 0, y: Math.floor(box.y), width, height: Math.ceil(box.height) };
    await expect.soft(this.page).toHaveScreenshot(`${name}.png`, { clip: this.clip });
  }

  /** The picture in every scheme of a language; English is also read by axe. */
  async schemes(
    name: string,
    locale: Locale,
    schemes: readonly Scheme[],
    part: 'page' | 'transcript' | 'foot' = 'page',
  ): Promise<void> {
    for (const scheme of schemes) {
      await this.change({ theme: scheme });
      await this.shoot(`${name}-${locale}-${scheme}`, part);
      if (locale !== 'fr')
        expect.soft(await violations(this.page), `axe: ${name} ${locale} ${scheme}`).toEqual([]);
    }
  }
}

interface WorkerThings {
  files: Files;
}

export const test = base.extend<{ stage: Stage }, WorkerThings>({
  files: [
    async ({ browserName: _ }, use) => {
      const files = await bundle('visual/page.ts', 'stage', {
        define: { 'process.env.NODE_ENV': '"production"', 'import.meta.env': '{}' },
        minify: true,
      });
      await use([...files, { path: '/chatkit-diagram.html', body: Buffer.from(await buildDiagramPage()) }]);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  stage: async ({ page, files, browser }, use, testInfo) => {
    const server = await startFakeChatKit();
    // The frame of diagrams has a policy of its own, in the page.
    await page.route('**/chatkit-diagram.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: files.find(({ path }) => path === '/chatkit-diagram.html')?.body ?? '',
      }),
    );
    for (const { path, body } of files) {
      server.serve(path, TYPES[path.split('.').at(-1) ?? ''] ?? 'text/html', body);
    }
    for (const [path, svg] of Object.entries(PICTURES)) server.serve(path, 'image/svg+xml', svg);
    server.serve('/', 'text/html', PAGE);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.clock.setFixedTime(NOW);
    await page.goto(new URL('/', server.url).href);
    await page.waitForFunction(() => 'stage' in window);
    const here: Machine = {
      chromium: browser.version().split('.')[0] ?? '',
      measures: await page.evaluate(() => window.stage.measures()),
    };
    if (['all', 'changed'].includes(testInfo.config.updateSnapshots)) {
      fs.mkdirSync(new URL('./baselines/', import.meta.url), { recursive: true });
      fs.writeFileSync(MACHINE, `${JSON.stringify(here, null, 2)}\n`);
    }
    await use(new Stage(page, server));
    errors.push(...(await page.evaluate(() => window.stage.broken)));
    await server.close();
    expect.soft(errors).toEqual([]);
    if (testInfo.errors.length > 0) throw new Error(advice(recordedMachine(), here));
  },
});

export { expect } from '@playwright/test';
