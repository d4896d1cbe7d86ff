/** Files go from a person to the model, and stay with the conversation. */
import { ADMINISTRATOR, artifact, expect, send, signInAs, test } from './fixtures.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a picture and a text reach the model, and the preview is there after a reload', async ({
  connected,
  model,
  page,
}) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  const chat = page.locator('openai-chatkit');
  const chooser = page.waitForEvent('filechooser');
  await chat.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles([
    { name: 'lobby.png', mimeType: 'image/png', buffer: PNG },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('The doors open at nine.') },
  ]);
  await expect(chat.getByRole('button', { name: 'Remove lobby.png' })).toBeVisible();
  await expect(chat.getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
  await send(page, 'When do the doors open?');
  await expect(chat.getByRole('article')).toHaveCount(2);
  await expect(chat.getByRole('button', { name: 'Stop responding' })).toBeHidden();
  await expect.poll(() => JSON.stringify(model.requests)).toContain('The doors open at nine.');
  expect(JSON.stringify(model.requests)).toContain('data:image/png;base64,');

  await page.reload();
  const picture = chat.getByRole('img', { name: 'lobby.png' });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  expect(await picture.getAttribute('src')).toMatch(/\/api\/attachments\/[^/]+\/preview$/);
  await expect(chat.getByText('notes.txt', { exact: true })).toBeVisible();
  await page.screenshot({ path: artifact('attachments') });
});
