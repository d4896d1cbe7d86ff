/** Conversations are found again by their words, and opened at the message. */
import { signIn } from '../support/client.ts';
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, composer, expect, openHistory, signInAs, test } from './fixtures.ts';

test('finds a message of long ago by a word in it, and opens the conversation there', async ({
  connected,
  page,
}) => {
  const client = await signIn(connected.url, ADMINISTRATOR);
  await client.ask('Which doors open by themselves? [burst:3]');
  const [created] = await client.ask('A word about marquetry [burst:3]');
  if (created?.type !== 'thread.created') throw new Error('no thread');
  for (let turn = 1; turn <= 12; turn += 1) {
    await client.ask(`Turn ${turn} [burst:80]`, created.thread.id);
  }
  await signInAs(page, connected.url, ADMINISTRATOR);
  const chat = page.locator('openai-chatkit');
  await openHistory(page);
  const field = chat.getByRole('searchbox');
  await field.fill('MARQUET');
  const found = chat.getByRole('button', { name: /A word about marquetry/ });
  await expect(found).toHaveCount(1);
  await expect(found.locator('mark').first()).toHaveText('marquetry');
  await expect(chat.getByText('Which doors')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('search') });

  await field.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(chat.getByRole('article').filter({ hasText: 'A word about marquetry' })).toBeInViewport();
  await expect(composer(page)).toBeVisible();
  await page.screenshot({ path: artifact('search-opened') });

  await openHistory(page);
  await expect(field).toHaveValue('MARQUET');
  await field.fill('nothing like it');
  await expect(chat.getByText(/nothing like it/)).toBeVisible();
  await page.screenshot({ path: artifact('search-none') });
  expect(page.url()).not.toContain('nothing');
});
