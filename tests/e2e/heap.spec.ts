/**
 * What a page still holds after somebody else has signed in: nothing that was written, attached or typed before, no key,
 * no password. Locking and switching people have their own tests (locking.spec.ts); this one is about signing out.
 */
import type { Page } from '@playwright/test';
import { addPerson } from '../support/browser.ts';
import { canary } from '../support/canaries.ts';
import { ADMINISTRATOR, composer, expect, test } from './fixtures.ts';
import { traces } from './traces.ts';

const BEN = { email: 'ben@example.org', password: 'another good password' };
const OF_ANN = {
  message: canary('message').text,
  answer: canary('answer').text,
  draft: canary('draft').text,
  file: canary('name of a file').text,
  content: canary('content of a file').text,
  title: canary('title').text,
  key: `sk-${canary('key').text}`,
};

/** The form that is there; the page is not loaded anew by the test. */
async function signInHere(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const left = async (page: Page): Promise<string[]> => {
  const found = await traces(page);
  return Object.entries(OF_ANN)
    .filter(([, text]) => found.includes(text))
    .map(([kind]) => kind);
};

test('signing out leaves nothing of one person, and no key, for the next', async ({
  connected,
  model,
  page,
}) => {
  test.setTimeout(120_000);
  await addPerson(connected.url, ADMINISTRATOR, BEN);
  await page.goto(new URL('/login', connected.url).href);
  await signInHere(page, ADMINISTRATOR);
  const chat = page.locator('openai-chatkit');
  await expect(composer(page)).toBeVisible();
  const uploaded = page.waitForResponse((response) => /\/api\/attachments/.test(response.url()));
  await chat
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name: `${OF_ANN.file}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from(OF_ANN.content),
    });
  expect((await uploaded).status()).toBe(200);
  const answer = Buffer.from(`So ${OF_ANN.answer} it is.`).toString('base64url');
  await composer(page).fill(`${OF_ANN.message} [say:${answer}]`);
  await expect(async () => {
    // Refused for as long as the upload is not complete.
    await composer(page).press('Enter');
    await expect(chat.getByRole('article')).not.toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  await expect(chat.getByText(OF_ANN.answer)).toBeVisible();
  await chat.getByRole('button', { name: 'History' }).click();
  await chat
    .getByRole('button', { name: /^Rename/ })
    .first()
    .click();
  await chat.getByLabel('New title').fill(OF_ANN.title);
  await chat.getByLabel('New title').press('Enter');
  await expect(chat.getByRole('button', { name: new RegExp(`^${OF_ANN.title}`) })).toBeVisible();
  await page.keyboard.press('Escape');
  await composer(page).pressSequentially(OF_ANN.draft);

  // Through the app's own links, so that the page stays the same one.
  await page.getByRole('link', { name: 'Manage' }).click();
  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('button', { name: 'Add connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('House');
  await dialog.getByLabel('Server address').fill(model.url);
  await dialog.getByLabel('Key (optional)').fill(OF_ANN.key);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'House' })).toBeVisible();
  // It was there: otherwise nothing would be found later for the wrong reason.
  expect(await left(page)).toEqual(expect.arrayContaining(['message', 'answer', 'title']));

  await page.getByRole('button', { name: /^Account: ada/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await signInHere(page, BEN);
  await expect(page.getByRole('button', { name: /^Account: ben/ })).toBeVisible();
  await expect(composer(page)).toBeVisible();
  await expect.poll(() => left(page), { timeout: 20_000 }).toEqual([]);
  const found = await traces(page);
  expect(found.includes(ADMINISTRATOR.password)).toBe(false);
});
