import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { systemBrowser } from './scripts/lib/browsers.mjs';

/** Starts a Chromium of the system, else Playwright's own. */
const started = (kind: 'quick' | 'usual') => {
  const executablePath = systemBrowser(kind);
  return executablePath === undefined ? {} : { executablePath };
};

const chromium: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  locale: 'en-GB',
  viewport: { width: 1280, height: 800 },
  launchOptions: {
    ...started('quick'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

/**
 * Pictures are compared only where letters and edges are drawn in one way: no hinting, no subpixels, one colour profile.
 * Fonts come with the project; see tests/element/visual/stage.ts. The pictures were taken by a Chromium with a window.
 */
const still: PlaywrightTestConfig['use'] = {
  ...chromium,
  viewport: { width: 800, height: 900 },
  deviceScaleFactor: 1,
  timezoneId: 'UTC',
  contextOptions: { reducedMotion: 'reduce' },
  launchOptions: {
    ...chromium.launchOptions,
    ...started('usual'),
    args: [
      ...(chromium.launchOptions?.args ?? []),
      '--font-render-hinting=none',
      '--disable-lcd-text',
      '--disable-font-subpixel-positioning',
      '--force-color-profile=srgb',
    ],
  },
};

export default defineConfig({
  outputDir: 'tests/artifacts/playwright',
  workers: 2,
  retries: 0,
  // Room for a busy machine: what is there sooner is not waited for.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  projects: [
    { name: 'browser', testDir: 'tests/e2e', fullyParallel: true, use: chromium },
    {
      name: 'element',
      testDir: 'tests/element',
      testIgnore: '**/element/visual/**',
      fullyParallel: true,
      use: chromium,
    },
    {
      name: 'visual',
      testDir: 'tests/element/visual',
      fullyParallel: true,
      timeout: 120_000,
      snapshotPathTemplate: '{testDir}/baselines/{arg}{ext}',
      expect: {
        timeout: 20_000,
        // Colours may differ by a rounding; more than a few pixels that do are a change. See mutations.spec.ts.
        toHaveScreenshot: { animations: 'disabled', caret: 'hide', threshold: 0.012, maxDiffPixels: 12 },
      },
      use: still,
    },
    {
      name: 'electron',
      testDir: 'tests/electron',
      // A folder of its own: it runs beside the others, and each run empties the folder of its projects at its start.
      outputDir: 'tests/artifacts/playwright-desktop',
      workers: 1,
      timeout: 90_000,
    },
  ],
});
