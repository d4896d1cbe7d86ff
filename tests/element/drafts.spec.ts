/** What is typed and not sent survives a reload of the page, where the host wants that. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { composer, mount, say } from './helpers.ts';

const attachments = { enabled: true };

async function reload(page: Page) {
  await page.reload();
  await page.waitForFunction(() => 'harness' in window);
  await page.evaluate(() => window.harness.define());
}

test('the message box, its files and the queue come back after a reload; the queue is held', async ({
  page,
  server,
}) => {
  const thread = server.addThread({ title: 'Plans' });
  await mount(page, server.url, { initialThread: thread.id, composer: { attachments } });
  await say(page, 'gate, please');
  await expect(page.getByRole('button', { name: 'Stop responding' })).toBeVisible();
  await say(page, 'waits for its turn');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles([{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
  await expect(page.getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
  // Typed at the last moment: the page goes before any pause.
  await composer(page).fill('half a thought');
  await reload(page);
  server.openGate();
  await mount(page, server.url, { initialThread: thread.id, composer: { attachments } });
  await expect(composer(page)).toHaveValue('half a thought');
  await expect(page.getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
  const queue = page.getByRole('region', { name: 'Waiting messages (1)' });
  await expect(queue).toContainText('Kept from before.');
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'tests/artifacts/element/drafts-restored.png' });
  // A file of before can still be taken from the server.
  await page.getByRole('button', { name: 'Remove notes.txt' }).click();
  await expect
    .poll(() => server.seen.filter(({ body }) => body.type === 'attachments.delete').length)
    .toBe(1);
  await queue.getByRole('button', { name: 'Send now' }).click();
  await expect(queue).toHaveCount(0);
  await expect(page.getByRole('article').filter({ hasText: 'You said: waits for its turn' })).toHaveCount(1);
});

test('each thread has its own, and what was sent is no draft any more', async ({ page, server }) => {
  const [one, two] = [server.addThread({ title: 'One' }), server.addThread({ title: 'Two' })];
  await mount(page, server.url, { initialThread: one.id });
  await composer(page).fill('for one');
  await page.evaluate((id) => window.harness.methods().setThreadId(id), two.id);
  await expect(composer(page)).toHaveValue('');
  await composer(page).fill('for two');
  await reload(page);
  await mount(page, server.url, { initialThread: one.id });
  await expect(composer(page)).toHaveValue('for one');
  await composer(page).press('Enter');
  await expect(page.getByRole('article')).toHaveCount(2);
  await reload(page);
  await mount(page, server.url, { initialThread: one.id });
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(composer(page)).toHaveValue('');
  await page.evaluate((id) => window.harness.methods().setThreadId(id), two.id);
  await expect(composer(page)).toHaveValue('for two');
});

test('stays in memory where the host wants that', async ({ page, server }) => {
  const options = { drafts: 'memory' } as object;
  await mount(page, server.url, options);
  await composer(page).fill('secret');
  await page.waitForTimeout(600);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('secret');
  await reload(page);
  await mount(page, server.url, options);
  await expect(composer(page)).toHaveValue('');
});

test('works without complaint where the tab keeps nothing', async ({ page, server }) => {
  await page.evaluate(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('not here', 'SecurityError');
      },
    });
  });
  await mount(page, server.url);
  await composer(page).fill('typed all the same');
  await page.waitForTimeout(600);
  await composer(page).press('Enter');
  await expect(page.getByRole('article')).toHaveCount(2);
  expect(await page.evaluate(() => window.harness.errors)).toEqual([]);
});
