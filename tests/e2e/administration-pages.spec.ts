/** The pages that look after the installation: reached by keyboard, accessible, at home in narrow windows. */
import fs from 'node:fs';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, composer, expect, signInAs, test } from './fixtures.ts';

/** No violation of axe, and nothing to scroll sideways to. */
async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
  const sideways = await page.evaluate(() => {
    const content = document.getElementById('content');
    return content === null ? -1 : content.scrollWidth - content.clientWidth;
  });
  expect(sideways).toBe(0);
}

async function addBob(page: Page, url: string): Promise<void> {
  const created = await page.request.post(new URL('/api/admin/users', url).href, {
    data: { email: 'bob@example.org', password: 'a good long password' },
  });
  expect(created.status()).toBe(201);
}

test('the audit log says what happened, is filtered, checked, and taken along', async ({ foyer, page }) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await addBob(page, foyer.url);
  await page.getByRole('link', { name: 'Manage' }).click();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('row', { name: /Account created.*ada@.*bob@/ })).toBeVisible();

  await page.getByLabel('Kind').selectOption('Signing in and out');
  await expect(page.getByRole('row', { name: /Account created/ })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Signed in/ })).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByLabel('Person').fill('bob');
  // What a browser proposes is drawn by itself, outside of the page.
  await expect(page.locator('datalist option')).toHaveAttribute('value', 'bob@example.org');
  await page.getByLabel('Person').fill('bob@example.org');
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'bob@example.org' }).click();
  await expect(page.getByLabel('Person')).toHaveValue('bob@example.org');
  await expect(page.locator('tbody tr')).toHaveCount(1);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  const lines = fs
    .readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('user.created');

  await page.getByRole('button', { name: 'Check the log' }).click();
  await expect(page.getByText(/The log is as it was written\. Rows checked: \d/)).toBeVisible();
  const database = new Database(`${foyer.dataDir}/foyer.db`);
  database.exec("UPDATE audit SET actor_id = 'usr_somebody' WHERE sequence = 2");
  database.close();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText('Row 2 was altered.')).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: artifact('audit-altered'), fullPage: true });
});

test('a session is ended from afar, at once', async ({ foyer, page, browser }) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await addBob(page, foyer.url);
  const other = await browser.newContext();
  const data = { email: 'bob@example.org', password: 'a good long password' };
  const signedIn = await other.request.post(new URL('/api/auth/login', foyer.url).href, { data });
  expect(signedIn.ok()).toBe(true);
  const me = async () => (await other.request.get(new URL('/api/users/me', foyer.url).href)).status();
  expect(await me()).toBe(200);
  await page.goto(new URL('/admin/sessions', foyer.url).href);
  await page.getByRole('button', { name: /^End the session of bob@/ }).click();
  await expect(page.getByRole('status')).toContainText('was ended');
  await expect(page.getByRole('row', { name: /bob@/ })).toHaveCount(0);
  expect(await me()).toBe(401);
  await other.close();

  await page.getByRole('button', { name: 'End all sessions of ada@example.org' }).first().click();
  await expect(page.getByRole('dialog')).toContainText('your own account');
  await page.getByRole('dialog').getByRole('button', { name: 'End all sessions' }).click();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
});

test('storage is measured, the database checked, and the licences are there', async ({ foyer, page }) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await page.goto(new URL('/admin/storage', foyer.url).href);
  await expect(page.getByRole('row', { name: /ada@example\.org/ })).toBeVisible();
  await page.getByRole('button', { name: 'Check the database' }).click();
  await expect(page.getByText('The database is sound.')).toBeVisible();
  await page.goto(new URL('/admin/about', foyer.url).href);
  await page.getByRole('button', { name: 'Show the packages' }).click();
  await page.getByLabel('Find a package').fill('react-dom');
  await page.locator('summary', { hasText: /^react-dom / }).click();
  await expect(page.locator('pre')).toContainText('Permission is hereby granted');
  await expectAccessible(page);
});

for (const [colorScheme, locale] of [
  ['light', 'fr-FR'],
  ['dark', 'en-GB'],
] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale, reducedMotion: 'reduce' });

    for (const width of [1_280, 400]) {
      test(`every page is accessible and fits ${width} px`, async ({ foyer, page }) => {
        await page.goto(new URL('/login', foyer.url).href);
        await page.locator('input[type=email]').fill(ADMINISTRATOR.email);
        await page.locator('input[type=password]').fill(ADMINISTRATOR.password);
        await page.locator('form [type=submit]').click();
        await expect(composer(page)).toBeVisible();
        await page.setViewportSize({ width, height: 850 });
        for (const name of ['audit', 'sessions', 'storage', 'about', 'settings', 'policies']) {
          await page.goto(new URL(`/admin/${name}`, foyer.url).href);
          await page.locator('main table, main dl, main form').first().waitFor();
          await expectAccessible(page);
          await page.screenshot({
            path: artifact(`${name}-${locale}-${colorScheme}-${width}`),
            fullPage: true,
          });
        }
        if (width > 1_000) return;
        // The pages fold into one button, which the keyboard opens.
        const toggle = page.locator('nav button[aria-expanded]');
        await toggle.focus();
        await page.keyboard.press('Enter');
        await expect(toggle).toHaveAttribute('aria-expanded', 'true');
        await expectAccessible(page);
        await page.screenshot({ path: artifact(`administration-menu-${locale}-${colorScheme}`) });
        await page.locator('nav a[href="/admin/audit"]').click();
        await expect(toggle).toHaveAttribute('aria-expanded', 'false');
      });
    }
  });
}
