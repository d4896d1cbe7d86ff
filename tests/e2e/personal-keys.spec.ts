/** A key of one's own, from the limits to the page "Account" and to the model server. */
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, expect, send, signInAs, test } from './fixtures.ts';

const KEY = 'sk-canary-of-my-own';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('is allowed, entered, used and removed', async ({ connected, model, page }) => {
      await signInAs(page, connected.url, ADMINISTRATOR);
      await page.goto(new URL('/admin/policies', connected.url).href);
      await page.getByRole('button', { name: 'Edit the limits of Administrators' }).click();
      await page
        .getByRole('group', { name: 'Own keys for connections' })
        .getByText('Allowed', { exact: true })
        .click();
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: artifact(`own-keys-limits-${colorScheme}`) });
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('own keys', { exact: false }).first()).toBeVisible();

      await page.goto(new URL('/account', connected.url).href);
      const section = page.getByRole('region', { name: 'Own keys' });
      await section.getByRole('button', { name: 'Set key: Main connection' }).click();
      await section.getByLabel('Your key', { exact: true }).fill(KEY);
      await section.screenshot({ path: artifact(`own-keys-form-${colorScheme}`) });
      await section.getByRole('button', { name: 'Test and save' }).click();
      await expect(section.getByRole('status')).toContainText('is set');
      await section.getByRole('button', { name: 'Test: Main connection' }).click();
      await expect(section.getByRole('status')).toContainText('The server answers.');
      expect(await violations(page)).toEqual([]);
      await section.screenshot({ path: artifact(`own-keys-${colorScheme}`) });
      await page.setViewportSize({ width: 400, height: 900 });
      await section.screenshot({ path: artifact(`own-keys-narrow-${colorScheme}`) });
      const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      expect(await page.evaluate(sideways)).toBe(0);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await page.content()).not.toContain(KEY);

      await page.goto(connected.url);
      await send(page, 'Whose key is this?');
      await expect.poll(() => model.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
      await page.goto(new URL('/admin/usage', connected.url).href);
      await expect(page.getByRole('columnheader', { name: 'Own key' })).toBeVisible();
      await page.screenshot({ path: artifact(`own-keys-usage-${colorScheme}`) });

      await page.goto(new URL('/account', connected.url).href);
      await section.getByRole('button', { name: 'Remove: Main connection' }).click();
      await expect(section.getByText('No own key')).toBeVisible();
    });
  });
}
