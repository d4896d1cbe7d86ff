/** Quoting selected words of a message. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { answer, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, mount, say, update } from './helpers.ts';

const quote = (page: Page) => page.getByRole('button', { name: 'Quote', exact: true });

/** Selects from one text of the transcript to another, as a pointer would. */
async function select(page: Page, from: string, to: string): Promise<void> {
  // Pressing on words that are selected would drag them.
  await page.locator('.ck-header').click();
  const start = await page.getByText(from).first().boundingBox();
  const end = await page.getByText(to).first().boundingBox();
  if (start === null || end === null) throw new Error('nothing to select');
  await page.mouse.move(start.x + 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width - 4, end.y + end.height / 2, { steps: 4 });
  await page.mouse.up();
}

test.beforeEach(async ({ page, server }) => {
  const thread = server.addThread({ title: 'Garden' });
  thread.items.push(
    userMessage(thread.id, 'What grows in the shade?'),
    answer(thread.id, 'Ferns grow well.\n\nHostas do **too**, in moist soil.'),
  );
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Ferns grow well.')).toBeVisible();
});

test('selected words are quoted, can be taken out, and go along with the message', async ({ page }) => {
  await select(page, 'Ferns grow well.', 'Ferns grow well.');
  await expect(quote(page)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await quote(page).click();
  await expect(quote(page)).toBeHidden();
  await expect(composer(page)).toBeFocused();
  const reply = page.locator('.ck-reply-text');
  await expect(reply).toContainText('Ferns grow well');
  await page.getByRole('button', { name: 'Remove the quoted text' }).click();
  await expect(reply).toBeHidden();

  await select(page, 'Ferns grow well.', 'in moist soil.');
  await quote(page).click();
  const sent = page.waitForRequest((request) => /add_user_message/.test(request.postData() ?? ''));
  await say(page, 'How moist?');
  const { params } = (await sent).postDataJSON() as { params: { input: { quoted_text: string } } };
  expect(params.input.quoted_text).toMatch(/^Ferns[\s\S]*soil/);
  await answered(page);
  await expect(page.locator('.ck-quote').last()).toContainText('Ferns');
});

test('nothing is offered across messages or when the selection goes; Escape hides it and stops nothing', async ({
  page,
}) => {
  await select(page, 'What grows in the shade?', 'Ferns grow well.');
  await page.waitForTimeout(400);
  await expect(quote(page)).toBeHidden();
  await select(page, 'Ferns grow well.', 'Ferns grow well.');
  await expect(quote(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(quote(page)).toBeHidden();
  await select(page, 'Ferns grow well.', 'Ferns grow well.');
  await expect(quote(page)).toBeVisible();
  await composer(page).click();
  await expect(quote(page)).toBeHidden();
});

test('a key quotes what is selected, and says so when nothing is', async ({ page }) => {
  await select(page, 'Ferns grow well.', 'Ferns grow well.');
  await page.keyboard.press('Alt+Shift+Q');
  await expect(page.locator('.ck-reply-text')).toContainText('Ferns grow well');
  await expect(composer(page)).toBeFocused();
  await expect(page.getByRole('status')).toContainText('Quoted in your message.');
  await page.getByRole('button', { name: 'Remove the quoted text' }).click();
  await page.keyboard.press('Alt+Shift+Q');
  await expect(page.getByRole('status')).toContainText('Nothing to quote.');
  await expect(page.locator('.ck-reply-text')).toBeHidden();
  await page.keyboard.press('Control+/');
  const row = page
    .getByRole('dialog')
    .locator('.ck-shortcuts > div', { hasText: 'Quote the selected words' });
  await expect(row).toContainText('Alt+Shift+Q');
  await page.keyboard.press('Escape');
  await expect(composer(page)).toHaveValue('');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`stays inside a narrow window: ${scheme}`, async ({ page, server }) => {
    await page.setViewportSize({ width: 320, height: 560 });
    await update(page, server.url, { theme: scheme });
    await expect(page.locator(`.ck[data-scheme=${scheme}]`)).toBeVisible();
    await select(page, 'Ferns grow well.', 'Ferns grow well.');
    await expect(quote(page)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    const box = await quote(page).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
    await page.screenshot({ path: `tests/artifacts/element/quote-${scheme}.png` });
  });
}
