/** One person with two windows, and a Foyer that goes away in the middle of an answer. */
import { ADMINISTRATOR, composer, expect, send, signInAs, test } from './fixtures.ts';

const stop = { name: 'Stop responding' };

test('what was written in another window is there when one comes back, also while it is being answered', async ({
  connected,
  page,
  context,
}) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'From the first window [burst:3]');
  await expect(page.getByText('word2')).toBeVisible();
  const second = await context.newPage();
  await second.goto(connected.url);
  await second.locator('openai-chatkit').getByRole('button', { name: 'History' }).click();
  await second.getByRole('button', { name: /^From the first window/ }).click();
  await expect(second.getByText('word2')).toBeVisible();
  await send(second, 'From the second window [slow:80]');
  await expect(second.getByText('You asked')).toBeVisible();

  await expect(page.getByText('From the second window')).toHaveCount(0);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.getByText('From the second window [slow:80]')).toBeVisible();
  await expect(page.getByText('That is all.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', stop)).toBeHidden();
  await expect(page.getByText('That is all.')).toHaveCount(1);
});

test('a Foyer that goes away in the middle of an answer says so, and keeps what is being written', async ({
  connected,
  context,
}) => {
  // A page of its own: the browser's complaints about the connection are what this is about.
  const page = await context.newPage();
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'Tell me about stairs [slow:300]');
  await expect(page.getByText('You asked')).toBeVisible();
  await connected.kill();
  await expect(page.getByText('The connection is lost. Connecting again…')).toBeVisible();
  await composer(page).fill('What I write meanwhile');
  await expect(page.getByRole('alert').filter({ hasText: 'The server could not be reached' })).toBeVisible({
    timeout: 40_000,
  });
  await expect(composer(page)).toHaveValue('What I write meanwhile');
});
