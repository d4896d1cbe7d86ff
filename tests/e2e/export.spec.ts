/** Conversations are saved as files: one from the history, all from the account. */
import fs from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { unzip } from '../support/zip.ts';
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, expect, openHistory, send, signInAs, test } from './fixtures.ts';

async function saved(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

test('one conversation from the history, and all of them from the account', async ({ connected, page }) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'Where do tulips grow? [burst:3]');
  await expect(page.getByText('word2')).toBeVisible();
  await openHistory(page);
  const row = page.getByRole('listitem').filter({ hasText: 'Where do tulips grow' });
  await row.hover();
  await page.screenshot({ path: artifact('export-history') });
  const one = await saved(page, row.getByRole('link', { name: /^Save “Where do tulips grow.*” as a file$/ }));
  expect(one.name).toMatch(/^[\d-]{10} Where do tulips grow .*\(\w{8}\)\.md$/);
  expect(one.bytes.toString()).toMatch(/## You ·[\s\S]*tulips[\s\S]*## Answer ·[\s\S]*word2/);

  await page.goto(new URL('/account', connected.url).href);
  const section = page.getByRole('region', { name: 'Your conversations as files' });
  await section.scrollIntoViewIfNeeded();
  await page.screenshot({ path: artifact('export-account') });
  const all = await saved(page, section.getByRole('link', { name: 'Save all conversations' }));
  expect(all.name).toMatch(/^Foyer [\d-]{10}\.zip$/);
  const files = unzip(all.bytes);
  expect([...files.keys()]).toContainEqual(`conversations/${one.name}`);
  expect(await violations(page)).toEqual([]);
});

test.describe('narrow, dark, French', () => {
  test.use({ viewport: { width: 400, height: 800 }, colorScheme: 'dark', locale: 'fr-FR' });

  test('both are there and fit', async ({ connected, page }) => {
    await page.goto(new URL('/login', connected.url).href);
    await page.getByLabel('Adresse e-mail').fill(ADMINISTRATOR.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(ADMINISTRATOR.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await send(page, 'Une conversation dont le titre est bien trop long pour une ligne [burst:3]');
    await expect(page.getByText('word2')).toBeVisible();
    await page.locator('openai-chatkit').getByRole('button', { name: 'Historique' }).click();
    await page.getByRole('listitem').hover();
    await expect(page.getByRole('link', { name: /dans un fichier/ })).toBeVisible();
    await page.screenshot({ path: artifact('export-history-fr-dark-400') });
    await page.goto(new URL('/account', connected.url).href);
    const link = page.getByRole('link', { name: 'Tout enregistrer' });
    await link.scrollIntoViewIfNeeded();
    await page.screenshot({ path: artifact('export-account-fr-dark-400') });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
