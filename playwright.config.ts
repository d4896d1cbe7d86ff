import fs from 'node:fs';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';

/** A Chromium of the system where there is one, else Playwright's own. */
const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  fs.existsSync(file),
);

const chromium: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  locale: 'en-GB',
  viewport: { width: 1280, height: 800 },
  launchOptions: {
    ...(system === undefined ? {} : { executablePath: system }),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

export default defineConfig({
  outputDir: 'tests/artifacts/playwright',
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  projects: [
    { name: 'browser', testDir: 'tests/e2e', fullyParallel: true, use: chromium },
    { name: 'element', testDir: 'tests/element', fullyParallel: true, use: chromium },
    { name: 'electron', testDir: 'tests/electron', workers: 1, timeout: 45_000 },
  ],
});
