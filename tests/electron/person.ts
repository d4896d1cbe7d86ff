/** What a person does in the window. */
import { expect, type Locator, type Page } from '@playwright/test';
import { ADMINISTRATOR } from '../support/headless.ts';

export const ADA = ADMINISTRATOR;

/** Creates Ada at the start, for tests that are not about the first run. */
export const WITH_ADA = { ADMIN_EMAIL: ADA.email, ADMIN_PASSWORD: ADA.password } as const;

export const screenshot = (page: Page, name: string) =>
  page.screenshot({ path: `tests/artifacts/electron/${name}.png` });

export const chat = (page: Page): Locator => page.locator('openai-chatkit');

export const answer = (page: Page): Locator => chat(page).getByRole('article').last();

export const stop = (page: Page): Locator => chat(page).getByRole('button', { name: 'Stop responding' });

export async function signIn(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/login$/);
  await page.getByLabel('E-mail address').fill(ADA.email);
  await page.getByLabel('Password', { exact: true }).fill(ADA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(chat(page).getByRole('textbox')).toBeVisible();
}

export async function ask(page: Page, text: string): Promise<void> {
  await chat(page).getByRole('textbox').fill(text);
  await chat(page).getByRole('textbox').press('Enter');
}

/** Opens the thread whose title starts so. */
export async function openThread(page: Page, title: string): Promise<void> {
  await chat(page).getByRole('button', { name: 'History' }).click();
  await chat(page).getByRole('button', { name: title }).first().click();
}
