/** axe on every page, in both colour schemes: no violation at all. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { ADMINISTRATOR, expect, send, signInAs, test } from './fixtures.ts';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  // Half-faded texts have no contrast worth measuring.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const result = await axe.run();
    return result.violations.map(
      (v) => `${v.id}: ${v.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
  });
}

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
