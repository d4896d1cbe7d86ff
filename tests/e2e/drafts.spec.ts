/** A half-written message survives a reload, sealed in the history of the person who wrote it. */
import { signIn } from '../support/client.ts';
import { ADMINISTRATOR, artifact, composer, expect, send, signInAs, test } from './fixtures.ts';

const BOB = { email: 'bob@example.org', password: 'another good password' };

test('what was typed is there after a reload, and nobody else sees it', async ({
  connected,
  page,
  browser,
}) => {
  const client = await signIn(connected.url, ADMINISTRATOR);
  expect((await client.rest('POST', '/api/admin/users', BOB)).status).toBe(201);
  await signIn(connected.url, BOB);
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'Tell me about lobbies [burst:3]');
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Stop responding' })).toBeHidden();
  await composer(page).fill('A thought about stairs');
  const saved = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().includes('/api/drafts/thr_'),
  );
  expect((await saved).status()).toBe(204);
  // The last words are typed at the moment of leaving.
  await composer(page).pressSequentially(', and doors');
  await page.reload();
  await expect
    .poll(() => composer(page).evaluate((box) => ('value' in box ? box.value : box.textContent)))
    .toBe('A thought about stairs, and doors');
  expect(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain('stairs');
  await page.screenshot({ path: artifact('draft-restored') });

  const context = await browser.newContext();
  const other = await context.newPage();
  await signInAs(other, connected.url, BOB);
  const drafts = await other.evaluate(async () => (await fetch('/api/drafts')).json());
  expect(drafts).toEqual({ drafts: {} });
  await expect(other.getByText('stairs')).toHaveCount(0);
  await context.close();

  await composer(page).press('Enter');
  await expect(page.getByRole('article')).toHaveCount(4);
  await expect.poll(async () => (await client.rest('GET', '/api/drafts')).json()).toEqual({ drafts: {} });
});
