/** axe on every page, in both colour schemes: no violation at all. */
import { violations } from './axe.ts';
import { ADMINISTRATOR, expect, send, signInAs, test } from './fixtures.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('sign-in', async ({ foyer, page }) => {
      await page.goto(new URL('/login', foyer.url).href);
      await page.getByLabel('E-mail address').waitFor();
      expect(await violations(page)).toEqual([]);
    });

    test('chat: start, answer, history', async ({ foyer, page }) => {
      await signInAs(page, foyer.url, ADMINISTRATOR);
      expect(await violations(page)).toEqual([]);
      await send(page, 'What can Foyer do?');
      const chat = page.locator('openai-chatkit');
      await expect(chat.getByRole('article')).toHaveCount(2);
      await expect(chat.getByRole('button', { name: 'Stop responding' })).toBeHidden({ timeout: 20_000 });
      expect(await violations(page)).toEqual([]);
      await chat.getByRole('button', { name: 'History' }).click();
      await expect(chat.getByRole('button', { name: /^Delete/ })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test('account', async ({ foyer, page }) => {
      await signInAs(page, foyer.url, ADMINISTRATOR);
      await page.goto(new URL('/account', foyer.url).href);
      await page.getByRole('button', { name: 'Seal my conversations' }).waitFor();
      expect(await violations(page)).toEqual([]);
    });

    test('administration: people, dialog, settings', async ({ foyer, page }) => {
      await signInAs(page, foyer.url, ADMINISTRATOR);
      await page.goto(new URL('/admin', foyer.url).href);
      await expect(page.getByText(ADMINISTRATOR.email).first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Add person' }).first().click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.goto(new URL('/admin/settings', foyer.url).href);
      await page.getByLabel('Server address').waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });
}
