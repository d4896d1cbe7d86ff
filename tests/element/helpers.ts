import type { UseChatKitOptions } from '@openai/chatkit-react';
import type { Locator, Page } from '@playwright/test';
import type { Heard } from './page/harness.tsx';

/** Options as far as they can travel into the page; functions are added there. */
export type PlainOptions = Omit<UseChatKitOptions, 'api'>;

export async function mount(
  page: Page,
  url: string,
  options: PlainOptions = {},
  how: { strict?: boolean; props?: Record<string, unknown>; first?: 'send' } = {},
): Promise<void> {
  await page.evaluate(
    ([url, options, how]) =>
      window.harness.mount({ api: { url, domainKey: 'local' }, locale: 'en', ...options }, how),
    [url, options, how] as const,
  );
}

export async function update(page: Page, url: string, options: PlainOptions = {}): Promise<void> {
  await page.evaluate(
    ([url, options]) => window.harness.update({ api: { url, domainKey: 'local' }, locale: 'en', ...options }),
    [url, options] as const,
  );
}

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Waits until nothing runs any more. */
export async function answered(page: Page): Promise<void> {
  await page
    .getByRole('status')
    .getByText(/Response (?:ready|stopped)/)
    .waitFor({ state: 'attached' });
}

export const heard = (page: Page): Promise<Heard[]> => page.evaluate(() => window.harness.heard);
export const heardNames = async (page: Page): Promise<string[]> =>
  (await heard(page)).map(({ name }) => name);
export const errors = (page: Page): Promise<string[]> => page.evaluate(() => window.harness.errors);
