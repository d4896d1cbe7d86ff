/** Conversations as files of the host: where the history offers them, and what a host may say. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';

async function mountWith(page: Page, url: string, answer: string, extra: Record<string, unknown> = {}) {
  await page.evaluate(
    ([url, answer, extra]) => {
      const addressOf = (threadId: string) => {
        if (answer === 'throw') throw new Error('not now');
        return answer.replace('ID', threadId);
      };
      const options = { api: { url, domainKey: 'local' }, locale: 'en', ...extra, export: { addressOf } };
      window.harness.mount(options as never);
    },
    [url, answer, extra] as const,
  );
  await page.getByRole('button', { name: 'History', exact: true }).click();
}

test('each conversation is saved by a link of its own, which the keys reach', async ({ page, server }) => {
  const { id } = server.addThread({ title: 'Tulips', ageDays: 1 });
  server.addThread({ title: '', ageDays: 2 });
  await mountWith(page, server.url, '/files/ID');
  const save = page.getByRole('link', { name: 'Save “Tulips” as a file' });
  await expect(save).toHaveAttribute('href', new RegExp(`/files/${id}$`));
  await expect(page.getByRole('link', { name: 'Save “Untitled conversation” as a file' })).toHaveCount(1);
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Rename “Tulips”' }).focus();
  await page.keyboard.press('Tab');
  await expect(save).toBeFocused();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).url()).toMatch(new RegExp(`/files/${id}$`));
  await expect(page.getByRole('heading', { name: 'History' }), 'nothing else happens').toBeVisible();
});

test('without the option, and where the host says nothing usable, there is no link', async ({
  page,
  server,
}) => {
  server.addThread({ title: 'Tulips', ageDays: 1 });
  for (const answer of [
    'throw',
    'javascript:alert(1)',
    'data:text/plain,x',
    'file:///etc/passwd',
    'http://[',
  ]) {
    await mountWith(page, server.url, answer);
    await expect(page.getByRole('button', { name: 'Rename “Tulips”' })).toHaveCount(1);
    await expect(page.getByRole('link')).toHaveCount(0);
    await page.evaluate(() => window.harness.unmount());
  }
});
