/** Browser tests run against the built app in a process of its own; no page may ask anything of anybody else. */
import fs from 'node:fs';
import { test as base, expect, type Page } from '@playwright/test';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { ADMINISTRATOR, type Headless, makeDataDir, startHeadless } from '../support/headless.ts';

export { ADMINISTRATOR, expect };

interface Fixtures {
  /** Foyer with an administrator and the offline guide. */
  readonly foyer: Headless;
  /** A model server; use {@link connected} for a Foyer that talks to it. */
  readonly model: FakeOpenAI;
  /** Foyer with an administrator and the fake model server. */
  readonly connected: Headless;
  /** Foyer as it is after installing. */
  readonly fresh: Headless;
}

export const test = base.extend<Fixtures>({
  foyer: async ({}, use) => provide(use, startHeadless({ dataDir: makeDataDir() })),
  fresh: async ({}, use) => provide(use, startHeadless({ dataDir: makeDataDir(), provision: false })),
  model: async ({}, use) => {
    const model = await startFakeOpenAI();
    await use(model);
    await model.close();
  },
  connected: async ({ model }, use) =>
    provide(
      use,
      startHeadless({ dataDir: makeDataDir(), env: { OPENAI_BASE_URL: model.url, OPENAI_API_MODE: 'chat' } }),
    ),
  page: async ({ page }, use) => {
    const elsewhere: string[] = [];
    const problems: string[] = [];
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') elsewhere.push(request.url());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        problems.push(message.text());
    });
    await use(page);
    expect(elsewhere, 'requests to other hosts').toEqual([]);
    expect(problems, 'errors in the page').toEqual([]);
  },
});

async function provide(use: (foyer: Headless) => Promise<void>, starting: Promise<Headless>): Promise<void> {
  const foyer = await starting;
  await use(foyer);
  await foyer.kill();
  fs.rmSync(foyer.dataDir, { recursive: true, force: true });
}

/** Signs in as a person does. */
export async function signInAs(
  page: Page,
  url: string,
  person: { email: string; password: string },
): Promise<void> {
  await page.goto(new URL('/login', url).href);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(composer(page)).toBeVisible();
}

/** The chat's text field. */
export function composer(page: Page) {
  return page.locator('openai-chatkit').getByRole('textbox');
}

/** Writes and sends a message. */
export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** From the chat to the list of conversations. */
export async function openHistory(page: Page): Promise<void> {
  await page.locator('openai-chatkit').getByRole('button', { name: 'History' }).click();
}

/** Where looked-at screenshots go. */
export function artifact(name: string): string {
  return `tests/artifacts/browser/${name}.png`;
}
