/** The keys that concern the chat as a whole, and how the chat looks from right to left. */
import fs from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { answered, composer, mount, say } from './helpers.ts';

test('Ctrl+/ lists the keys; the focus comes back; F6 goes to and fro', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'long plan');
  await answered(page);
  await composer(page).focus();
  await page.keyboard.press('Control+/');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog.getByText('Send the message')).toBeVisible();
  await page.keyboard.press('F6');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.locator('.ck-scroll')).toBeFocused();
  await page.keyboard.press('F6');
  await expect(composer(page)).toBeFocused();
});

test('keys copy the last answer and its code, go to the message, and begin a new chat', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await mount(page, server.url);
  await composer(page).focus();
  await page.keyboard.press('Control+Shift+C');
  await expect(page.getByRole('status')).toContainText('nothing to copy');
  await say(page, 'long plan');
  await answered(page);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('Control+Shift+C');
  await expect(page.getByRole('status')).toContainText('Copied');
  expect(await clipboard()).toMatch(/^## A steady morning[\s\S]*to check the sum\.\n$/);
  await page.keyboard.press('Control+Shift+Semicolon');
  await expect.poll(clipboard).toMatch(/^export function minutes[\s\S]*}$/);
  await page.locator('.ck-scroll').focus();
  await page.keyboard.press('Shift+Escape');
  await expect(composer(page)).toBeFocused();
  await page.locator('.ck-scroll').focus();
  await page.keyboard.press('Control+Shift+O');
  await expect(page.getByText('What can I help with today?')).toBeVisible();
  await expect(composer(page)).toBeFocused();
});

for (const scheme of ['light', 'dark'] as const) {
  for (const locale of ['en', 'fr', 'ar'] as const) {
    test(`pictures in ${scheme} ${locale}, with nothing cut off at 320 px`, async ({ page, server }) => {
      const folder = 'tests/artifacts/element';
      await fs.mkdir(folder, { recursive: true });
      const shot = (name: string) => page.screenshot({ path: `${folder}/${name}-${scheme}-${locale}.png` });
      server.addThread({ title: 'Garden plan', ageDays: 3 });
      await page.setViewportSize({ width: 720, height: 760 });
      await mount(page, server.url, {
        theme: scheme,
        locale,
        startScreen: { prompts: [{ label: 'Plan my week', prompt: 'steps', icon: 'calendar' }] },
        disclaimer: { text: 'Check **important** facts.' },
        threadItemActions: { feedback: true, retry: true },
      });
      await page.getByRole('textbox').waitFor();
      await shot('start');
      const done = async (count: number) => {
        await expect(page.getByRole('article')).toHaveCount(count);
        await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      };
      await page.evaluate(() => window.harness.methods().sendUserMessage({ text: 'steps please' }));
      await expect(page.getByText('Bring a light jacket.')).toBeVisible();
      await page.evaluate(() => window.harness.methods().sendUserMessage({ text: 'error please' }));
      await expect(page.getByRole('alert')).toBeVisible();
      expect(await page.getByRole('article').count()).toBeGreaterThan(0);
      await done(await page.getByRole('article').count());
      await shot('thread');
      const hint = page.getByText('Everything received so far is kept.');
      if (locale === 'ar') await expect(hint).toHaveCSS('unicode-bidi', 'plaintext');
      await page.setViewportSize({ width: 320, height: 640 });
      await shot('narrow');
      const wide = await page.evaluate(() => {
        const chat = window.harness.element().shadowRoot?.querySelector('.ck');
        return (chat?.scrollWidth ?? 0) - (chat?.clientWidth ?? 0);
      });
      expect(wide).toBe(0);
      await page.setViewportSize({ width: 720, height: 760 });
      await page.evaluate(() => window.harness.methods().showHistory());
      await expect(page.getByText('Garden plan')).toBeVisible();
      await shot('history');
    });
  }
}
